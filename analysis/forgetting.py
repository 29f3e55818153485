"""Removes what was made of a contribution for counting and for quoting, when its contributor ends that use.

Released figures stay, as they do after a withdrawal. That a release counted the contribution stays too, without what
it added: so a later release still knows that one contribution has changed, and the receipt can say which reports it
was in.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from analysis.models import (
    Coding,
    LearnedFrom,
    MachineReading,
    PassageReading,
    PassageVector,
    ReleasedContribution,
    ReleasedQuote,
    TopicStatement,
    WatchStatement,
)
from feedback.derived import when_ended, when_removed
from feedback.models import Contribution, Use


def register() -> None:
    """Have it forgotten whenever a use ends, and removed after the last day of use."""
    when_ended(Use.STATISTICS, forget_counting)
    when_ended(Use.QUOTE, forget_quotes)
    when_ended(Use.PARAPHRASE, forget_likeness)
    when_ended(Use.QUOTE, forget_likeness)
    when_removed(forget_counting)


def forget_counting(contribution: Contribution) -> Counter[str]:
    """Delete every reading and coding with its tags, and the quotes, which only stand beside what is counted.

    What models learned stays until the next time they learn, which follows by itself: see `analysis.relearning`.

    Returns:
        How many rows of each table went.
    """
    removed: Counter[str] = Counter()
    for rows in _counted(contribution):
        removed.update(rows.delete()[1])
    ReleasedContribution.objects.filter(contribution=contribution).update(fingerprint="")
    return removed + forget_quotes(contribution)


def forget_quotes(contribution: Contribution) -> Counter[str]:
    """Delete the quotes: no report shows these words from now on. Returns how many rows went."""
    return Counter(ReleasedQuote.objects.filter(passage__contribution=contribution).delete()[1])


def forget_likeness(contribution: Contribution) -> None:
    """Delete what says which passages are alike, once their contributor allows neither describing nor quoting."""
    if not (contribution.may_paraphrase or contribution.may_quote):
        PassageVector.objects.filter(passage__contribution=contribution).delete()


def _counted(contribution: Contribution) -> Iterator[QuerySet[Any]]:
    yield LearnedFrom.objects.filter(contribution=contribution)
    yield MachineReading.objects.filter(sealed_text__contribution=contribution)
    for table in (PassageReading, Coding, TopicStatement, WatchStatement):
        yield table._default_manager.filter(passage__contribution=contribution)
