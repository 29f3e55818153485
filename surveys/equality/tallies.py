"""Raw tallies of who answered, for `analysis` alone: nothing here is protected, so nothing here may be shown."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Sum

from feedback.models import Organisation
from surveys.dated import EqualityCount
from surveys.tallies import Tally


def who_answered(organisation: Organisation, halves: Sequence[str]) -> dict[str, Tally]:
    """For each question about people its counts over these half-years ("2026-H2"), and how many answered it.

    The bases differ from question to question and from the number of contributions, and nothing joins any of them.
    """
    rows = EqualityCount.objects.filter(organisation=organisation, half__in=halves).values("question", "value")
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows.annotate(times=Sum("count")).order_by("question", "value"):
        counts[row["question"]][row["value"]] = row["times"]
    return {question: Tally(sum(values.values()), values) for question, values in counts.items()}
