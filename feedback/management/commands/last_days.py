"""`python manage.py last_days`: when each consultation's last day of use is, what goes after it and what has gone."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet, Sum

from feedback.models import Consultation, Contribution

# The least number that is said as it is; a smaller one could point at somebody.
LEAST = 10


class Command(BaseCommand):
    """Prints counts and changes nothing; the worker removes, by itself, on the day after."""

    help = "Say, for each consultation, what will be removed after its last day of use. Changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """The consultations in the order of their last days."""
        consultations = sorted(Consultation.objects.all(), key=lambda one: (one.last_day_of_use, one.title))
        for consultation in consultations:
            self._tell(consultation)
        if not consultations:
            self.stdout.write("There is no consultation.")

    def _tell(self, consultation: Consultation) -> None:
        left = Contribution.objects.filter(consultation=consultation, removed_on__isnull=True)
        going, kept = left.filter(may_future=False), left.filter(may_future=True)
        word = "was" if consultation.is_past_use else "is"
        self.stdout.write(f"{consultation.title}: the last day of use {word} {consultation.last_day_of_use}.")
        self.stdout.write(f"  Contributions to be removed after it: {_said(going)}.")
        self.stdout.write(f"  Contributions kept for later work: {_said(kept)}.")
        waiting = going.filter(pk__in=Contribution.objects.awaiting_safeguarding().order_by().values("pk"))
        self.stdout.write(f"  Kept until a safeguarding lead has dealt with them: {_said(waiting)}.")
        gone = consultation.removals.aggregate(number=Sum("contributions"))["number"] or 0
        self.stdout.write(f"  Contributions removed so far: {few(gone)}.")


def few(number: int) -> str:
    """A count that points at nobody: none, fewer than 10, or the number rounded to 5."""
    if not number:
        return "none"
    return f"fewer than {LEAST}" if number < LEAST else f"about {5 * round(number / 5)}"


def _said(contributions: QuerySet[Contribution]) -> str:
    return few(contributions.count())
