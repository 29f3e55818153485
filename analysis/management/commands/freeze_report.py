"""`manage.py freeze_report`: freeze a theme report of a consultation and print where it is read."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts.models import User
from feedback.models import Consultation


class Command(BaseCommand):
    """Freezes a release under the name and the rights of a member of staff."""

    help = "Freeze a theme report: figures through the disclosure gate, never changed afterwards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the consultation, the period, the breakdown and who releases."""
        parser.add_argument("--consultation", required=True, help="its id, or its exact title")
        parser.add_argument("--title", required=True)
        parser.add_argument("--quarters", required=True, help="such as 2026-Q3,2026-Q4")
        parser.add_argument("--breakdown", default="", help="such as crime-type; left out, nothing is split")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="a publisher")

    def handle(self, *args: Any, **options: Any) -> None:
        """Freeze it, or say what to ask for instead."""
        from analysis.report.assembling import Disclosive
        from analysis.report.releasing import CannotRelease, freeze

        try:
            release = freeze(
                _consultation(options["consultation"]),
                title=options["title"],
                quarters=[part.strip() for part in options["quarters"].split(",") if part.strip()],
                breakdown=options["breakdown"],
                by=_person(options["by"]),
            )
        except (CannotRelease, Disclosive, PermissionDenied) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Release {release.number}: {reverse('analysis:report', args=[release.pk])}")


def _consultation(name: str) -> Consultation:
    try:
        return Consultation.objects.get(pk=UUID(name))
    except (ValueError, Consultation.DoesNotExist):
        found = Consultation.objects.filter(title=name)
    if len(found) != 1:
        raise CommandError(f"{len(found)} consultations are called “{name}”. Give the id of one.")
    return found[0]


def _person(username: str) -> User:
    person = User.objects.filter(username=username).first()
    if person is None:
        raise CommandError(f"Nobody has the username “{username}”.")
    return person
