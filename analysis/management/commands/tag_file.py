"""Tags a file of {"id", "text"} lines."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from feedback.jsonl import Line, count_lines, rewrite


class Command(BaseCommand):
    """Writes {"id", "themes"} for every good line; names the bad lines by number and ends with status 1."""

    help = "Tag a file of {id, text} lines with themes, valence and evidence. Offsets are code points."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Takes the file to read and the file to write."""
        parser.add_argument("source", type=Path, metavar="IN")
        parser.add_argument("target", type=Path, metavar="OUT")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tags line by line; the file to write appears only when it is complete."""
        source, target = options["source"], options["target"]
        try:
            with tqdm(total=count_lines(source), unit=" lines", desc="Tagging") as bar:
                bad = rewrite(source, target, tagged, seen=bar.update)
        except OSError as error:
            msg = f"{error.filename}: {error.strerror}."
            raise CommandError(msg) from None
        for line in bad:
            self.stderr.write(f"line {line.number}: {line.reason}")
        if bad:
            msg = f"{len(bad)} of the lines could not be used; the others are in {target}."
            raise CommandError(msg)


def tagged(line: Line) -> Mapping[str, Any]:
    """What is written for a line: each theme with its valence, its score, who says so, and the words that show it."""
    from analysis.codebook import load
    from analysis.pipeline import analyse

    themes = [
        {
            "theme": tag.theme,
            "valence": tag.valence,
            "score": tag.score,
            "source": tag.source,
            "start": tag.start,
            "end": tag.end,
            "text": line.text[tag.start : tag.end],
        }
        for tag in analyse(line.text, load()).tags
    ]
    return {"id": line.id, "themes": themes}
