"""The command that turns one file of `{"id", "text"}` lines into another: subclasses say what becomes of a line."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from feedback.jsonl import Line, count_lines, rewrite_many


class LinewiseCommand(BaseCommand):
    """Writes every good line changed, names the bad ones by number, never by text, and then ends with status 1."""

    doing: str  # what the progress bar says
    at_once = 1  # lines given to `change_all` together
    requires_system_checks: list[str] = []

    @abstractmethod
    def change(self, line: Line) -> Mapping[str, Any]:
        """What is written for a line."""

    def change_all(self, lines: Sequence[Line]) -> Iterable[Mapping[str, Any]]:
        """What is written for some lines, in their order; for subclasses that are faster with many at a time."""
        return map(self.change, lines)

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes the file to read and the file to write."""
        parser.add_argument("source", type=Path, metavar="IN")
        parser.add_argument("target", type=Path, metavar="OUT")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - the signature of a command
        """Goes line by line; the file to write appears only when it is complete."""
        source, target = options["source"], options["target"]
        try:
            with tqdm(total=count_lines(source), unit=" lines", desc=self.doing) as bar:
                bad = rewrite_many(source, target, self.change_all, seen=bar.update, at_once=self.at_once)
        except OSError as error:
            msg = f"{error.filename}: {error.strerror}."
            raise CommandError(msg) from None
        for line in bad:
            self.stderr.write(f"line {line.number}: {line.reason}")
        if bad:
            msg = f"{len(bad)} of the lines could not be used; the others are in {target}."
            raise CommandError(msg)
