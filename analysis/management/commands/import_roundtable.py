"""`python manage.py import_roundtable FILE`: record a roundtable from plain text, a published one or a live one."""

import re
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from accounts.models import User
from analysis.roundtables import NotReadable, decoded, import_historic
from feedback.intake import InvalidSubmission
from feedback.models import Consultation, PartKind, Use
from feedback.roundtables import AlreadyRecorded, NothingSaid, record_live

REFUSALS = (AlreadyRecorded, NothingSaid, NotReadable, InvalidSubmission, PermissionDenied)


class Command(BaseCommand):
    """Records one file: published text is kept and tagged, live words are sealed."""

    help = (
        "Record a roundtable from plain text. With --historic: a published record, kept readable, tagged, and never "
        "counted with live voices. Without: the notes of a live meeting, sealed paragraph by paragraph."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file, the meeting, and for a live one whose words they are."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--title", required=True)
        parser.add_argument("--date", required=True, help="the day it was held, as YYYY-MM-DD")
        parser.add_argument("--historic", action="store_true", help="a published record from the past")
        live = parser.add_argument_group("a live meeting")
        live.add_argument("--consultation", help="its id, or its exact title")
        live.add_argument("--people", type=int, help="how many people spoke")
        live.add_argument(
            "--consents", default="", help=f"what they agreed to, with commas between: {', '.join(Use)}. None is none."
        )
        live.add_argument("--by", metavar="USERNAME", help="the moderator who records it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Record the file, or say in one sentence why not."""
        held_on = _day(options["date"])
        try:
            content = options["file"].read_bytes()
        except OSError as problem:
            raise CommandError(f"The file cannot be read: {problem.strerror}.") from None
        record = self._record_historic if options["historic"] else self._record_live
        try:
            record(content, held_on, options)
        except REFUSALS as refusal:
            raise CommandError(str(refusal)) from None

    def _record_historic(self, content: bytes, held_on: date, options: dict[str, Any]) -> None:
        with tqdm(unit="part", disable=options["verbosity"] == 0, leave=False) as bar:
            done = import_historic(
                content, title=options["title"], held_on=held_on, progress=lambda at, of: _show(bar, at, of)
            )
        self.stdout.write(f'Recorded "{done.roundtable.title}" as published historic evidence.')
        for kind in PartKind:
            self.stdout.write(f"  {kind.label}: {done.parts[kind.value]}")
        self.stdout.write(f"Statements tagged: {done.tagged}. Read without finding a theme: {done.without_theme}.")
        self.stdout.write("Headings, recommendations, annexes and page furniture were left out of tagging.")

    def _record_live(self, content: bytes, held_on: date, options: dict[str, Any]) -> None:
        for needed in ("consultation", "people", "by"):
            if not options[needed]:
                raise CommandError(f"A live meeting needs --{needed}. For a published record say --historic.")
        paragraphs = [part for part in re.split(r"\n\s*\n", decoded(content)) if part.strip()]
        record_live(
            title=options["title"],
            held_on=held_on,
            consultation=_consultation(options["consultation"]),
            paragraphs=paragraphs,
            people=options["people"],
            consents=_uses(options["consents"]),
            by=_person(options["by"]),
        )
        self.stdout.write(f"Sealed {len(paragraphs)} paragraphs. Nothing of them is kept readable; delete the file.")


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise CommandError("The date must be a day written as YYYY-MM-DD, such as 2020-03-04.") from None
    if day > timezone.localdate():
        raise CommandError("The date lies in the future. Give the day on which it was held.")
    return day


def _uses(written: str) -> frozenset[Use]:
    try:
        return frozenset(Use(part.strip()) for part in written.split(",") if part.strip())
    except ValueError:
        raise CommandError(f"--consents takes {', '.join(Use)}, with commas between.") from None


def _consultation(named: str) -> Consultation:
    try:
        wanted = Consultation.objects.filter(pk=UUID(named))
    except ValueError:
        wanted = Consultation.objects.filter(title=named)
    if wanted.count() != 1:
        raise CommandError(
            "There must be exactly one consultation of this id or title. Check the title, or use the id."
        )
    return wanted.get()


def _person(username: str) -> User:
    found = User.objects.filter(username=username).first()
    if found is None:
        raise CommandError("Nobody has this user name. Name a moderator with --by.")
    return found


def _show(bar: Any, done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)
