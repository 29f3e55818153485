"""Removes what was made of a contribution for counting and for quoting, when its contributor ends that use.

Released figures stay, as they do after a withdrawal. That a release counted the contribution stays too, without what
it added: so a later release still knows that one contribution has changed, and the receipt can say which reports it
was in.
"""

from collections import Counter

from analysis.models import (
    Coding,
    MachineReading,
    PassageReading,
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
    when_removed(remove_everything)


def forget_counting(contribution: Contribution) -> None:
    """Delete every reading and coding with its tags, and the quotes, which only stand beside what is counted."""
    MachineReading.objects.filter(sealed_text__contribution=contribution).delete()
    PassageReading.objects.filter(passage__contribution=contribution).delete()
    Coding.objects.filter(passage__contribution=contribution).delete()
    TopicStatement.objects.filter(passage__contribution=contribution).delete()
    WatchStatement.objects.filter(passage__contribution=contribution).delete()
    ReleasedContribution.objects.filter(contribution=contribution).update(fingerprint="")
    forget_quotes(contribution)


def remove_everything(contribution: Contribution) -> Counter[str]:
    """The same after the last day of use, with how many rows of each table went."""
    removed: Counter[str] = Counter()
    for rows in (
        MachineReading.objects.filter(sealed_text__contribution=contribution),
        PassageReading.objects.filter(passage__contribution=contribution),
        Coding.objects.filter(passage__contribution=contribution),
        TopicStatement.objects.filter(passage__contribution=contribution),
        WatchStatement.objects.filter(passage__contribution=contribution),
        ReleasedQuote.objects.filter(passage__contribution=contribution),
    ):
        removed.update(rows.delete()[1])
    forget_counting(contribution)
    return removed


def forget_quotes(contribution: Contribution) -> None:
    """Delete the quotes: no report shows these words from now on."""
    ReleasedQuote.objects.filter(passage__contribution=contribution).delete()
