"""Imports answers from a CSV file: a dry run unless told to apply, all or nothing unless told to skip bad rows."""

import hashlib
import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from feedback.keys import KeyProblem
from feedback.models import Batch
from feedback.retention import undo_batch
from surveys.definition import from_json
from surveys.importing.checking import Plan, check
from surveys.importing.loading import AlreadyImported, load
from surveys.importing.reading import Unreadable, read
from surveys.models import SurveyVersion

# More faults than anyone mends in one go; the counts below them are complete.
FAULTS_PRINTED = 200


class Command(BaseCommand):
    """`import_responses FILE.csv --survey CODE [--apply] [--skip-bad]`, `import_responses --undo BATCH`."""

    help = "Check a CSV file of answers against a survey and, with --apply, store them as one batch."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file and what to do with it."""
        parser.add_argument("file", nargs="?", type=Path, help="Comma-separated, UTF-8, question keys as column names.")
        parser.add_argument("--survey", help="The code of a published survey.")
        parser.add_argument("--apply", action="store_true", help="Store the answers. Without it nothing is stored.")
        parser.add_argument("--skip-bad", action="store_true", help="Leave rows with faults out instead of refusing.")
        parser.add_argument("--label", default="", help="What to call the batch.")
        parser.add_argument("--undo", type=UUID, metavar="BATCH", help="Delete everything an earlier import stored.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Undo, or check and perhaps store."""
        if options["undo"]:
            self._undo(options["undo"])
        elif options["file"] is None or not options["survey"]:
            raise CommandError("Name a file and, with --survey, the code of the survey it answers.")
        else:
            self._import(options)

    def _undo(self, pk: UUID) -> None:
        batch = Batch.objects.filter(pk=pk).first()
        if batch is None:
            raise CommandError("There is no such batch.")
        self.stdout.write(f"{undo_batch(batch, None)} contributions deleted.")

    def _import(self, options: dict[str, Any]) -> None:
        version = SurveyVersion.objects.filter(survey__code=options["survey"]).order_by("-number").first()
        if version is None:
            raise CommandError(f"No published survey has the code {options['survey']}.")
        data = _bytes(options["file"])
        try:
            plan = check(read(data), from_json(version.definition), today=timezone.localdate())
        except Unreadable as problem:
            raise CommandError(str(problem)) from None
        self._report(plan, version)
        self._refuse(plan, skip_bad=options["skip_bad"])
        if not options["apply"]:
            self.stdout.write("Nothing was stored. Add --apply to store the good rows.")
            return
        self._store(plan, version, options["label"], hashlib.sha256(data).hexdigest())

    def _report(self, plan: Plan, version: SurveyVersion) -> None:
        for fault in plan.faults[:FAULTS_PRINTED]:
            self.stderr.write(str(fault))
        if len(plan.faults) > FAULTS_PRINTED:
            self.stderr.write(f"… and {len(plan.faults) - FAULTS_PRINTED} more faults.")
        self.stdout.write(
            f"Version {version.number} of the survey. {plan.rows} rows: {len(plan.entries)} good, "
            f"{plan.bad_rows} with faults. {plan.blank} blank rows passed over."
        )
        by_column = Counter(fault.column or "(whole row)" for fault in plan.faults)
        if by_column:
            self.stdout.write("Faults by column: " + ", ".join(f"{n} {name}" for name, n in by_column.most_common()))
        if plan.columns_missing:
            self.stdout.write("No column for: " + ", ".join(plan.columns_missing))

    def _refuse(self, plan: Plan, *, skip_bad: bool) -> None:
        if plan.heading_faults:
            raise CommandError("The column names must be put right first. Nothing was stored.")
        if plan.faults and not skip_bad:
            raise CommandError("Nothing was stored. Mend the faults, or add --skip-bad to leave those rows out.")
        if not plan.entries:
            raise CommandError("There is no good row. Nothing was stored.")

    def _store(self, plan: Plan, version: SurveyVersion, label: str, sha256: str) -> None:
        named = label or f"{version.survey.code}, {timezone.localdate().isoformat()}"
        entries = tqdm(plan.entries, desc="Sealing", unit="row", file=sys.stderr)
        try:
            batch = load(entries, version, label=named, sha256=sha256)
        except (AlreadyImported, KeyProblem) as problem:
            raise CommandError(f"{problem} Nothing was stored.") from None
        left_out = f" {plan.bad_rows} rows were left out." if plan.bad_rows else ""
        self.stdout.write(f"{len(plan.entries)} contributions stored as batch {batch.pk}.{left_out}")
        self.stdout.write(f"To take them back: import_responses --undo {batch.pk}")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"The file cannot be read: {error.strerror}.") from None
