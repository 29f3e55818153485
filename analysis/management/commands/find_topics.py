"""`manage.py find_topics IN.jsonl OUT.json`: what many statements have in common."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from feedback.jsonl import BadLine, count_lines, read_lines, text_written_whole


class Command(BaseCommand):
    """Writes one JSON document: topics with words and stability, and the topic of each id; bad lines are left out."""

    help = (
        'Find topics in a file of {"id", "text"} lines, one statement each; a line without an id has its number for '
        "one. OUT names the topic of each id (-1: none) and, for each topic, its size, words, stability and nearest "
        "statements. The same file and seed give the same OUT. Bad lines are told by number and left out."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take both files, how many topics, and the seed."""
        parser.add_argument("source", type=Path, metavar="IN")
        parser.add_argument("target", type=Path, metavar="OUT")
        parser.add_argument("--topics", type=int, metavar="N", help="make so many; left out, as many as recur")
        parser.add_argument("--seed", type=int, default=0, metavar="S", help="a number from 0 up (0)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, find and write."""
        from analysis.topics import Settings
        from analysis.topics.files import topics_of

        if not 0 <= options["seed"] < 2**31:
            msg = f"The seed is a whole number from 0 to {2**31 - 1}."
            raise CommandError(msg)
        way = Settings(seed=options["seed"], topics=options["topics"])
        quiet = options["verbosity"] == 0
        try:
            said = self._read(options["source"], quiet=quiet)
            with (
                tqdm(total=len(said), unit=" texts", desc="Reading meaning", disable=quiet) as encoding,
                tqdm(total=way.runs, unit=" runs", desc="Looking for topics", disable=quiet) as clustering,
            ):
                found = topics_of(said, settings.HEARD_MODELS_DIR, way, encoding.update, clustering.update)
            with text_written_whole(options["target"]) as file:
                file.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        except OSError as error:
            msg = f"{error.filename}: {error.strerror}."
            raise CommandError(msg) from None
        except ValueError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{len(found['topics'])} topics in {found['statements']['used']} statements. {found['note']}")

    def _read(self, path: Path, *, quiet: bool) -> list[Any]:
        from analysis.topics.files import Said

        said = []
        with tqdm(total=count_lines(path), unit=" lines", desc="Reading lines", disable=quiet) as bar:
            for line in read_lines(path, or_number=True):
                bar.update()
                if isinstance(line, BadLine):
                    self.stderr.write(f"line {line.number}: {line.reason}; left out.")
                else:
                    said.append(Said(line.id, line.text))
        return said
