"""Removes the closed answers of a contribution that may not be used any more."""

from collections.abc import Mapping

from feedback.derived import when_removed
from feedback.models import Contribution
from surveys.models import Response


def register() -> None:
    """Have them removed after the last day of use."""
    when_removed(remove_answers)


def remove_answers(contribution: Contribution) -> Mapping[str, int]:
    """Delete the response with its answers, and say how many rows of each table went."""
    return Response.objects.filter(contribution=contribution).delete()[1]
