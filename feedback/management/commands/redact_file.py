"""Redacts a file of {"id", "text"} lines."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from feedback.jsonl import Line, count_lines, rewrite


class Command(BaseCommand):
    """Writes {"id", "text", "spans"} for every good line; names the bad lines by number and ends with status 1."""

    help = "Redact a file of {id, text} lines. Spans are [start, end, kind] in code points of the untouched text."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes the file to read and the file to write."""
        parser.add_argument("source", type=Path, metavar="IN")
        parser.add_argument("target", type=Path, metavar="OUT")

    def handle(self, *args: Any, **options: Any) -> None:
        """Redacts line by line; the file to write appears only when it is complete."""
        source, target = options["source"], options["target"]
        try:
            with tqdm(total=count_lines(source), unit=" lines", desc="Redacting") as bar:
                bad = rewrite(source, target, redacted, seen=bar.update)
        except OSError as error:
            msg = f"{error.filename}: {error.strerror}."
            raise CommandError(msg) from None
        for line in bad:
            self.stderr.write(f"line {line.number}: {line.reason}")
        if bad:
            msg = f"{len(bad)} of the lines could not be used; the others are in {target}."
            raise CommandError(msg)


def redacted(line: Line) -> Mapping[str, Any]:
    """What is written for a line: its redacted text, and where in the original something was hidden."""
    from feedback.redaction import redact

    result = redact(line.text)
    spans = [[span.start, span.end, span.kind] for span in result.spans]
    return {"id": line.id, "text": result.text, "spans": spans}
