"""`python manage.py sweep`: read now what the worker would read at its next turn."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from analysis.roundtables import tag_again
from analysis.sweep import sweep


class Command(BaseCommand):
    """Reads unread texts and passages once, with a progress bar."""

    help = "Read every text and reviewed passage not yet read, and say what was left out and why."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--again`."""
        parser.add_argument(
            "--again",
            action="store_true",
            help="Also read anew what was read with another codebook or another version of the method.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep and print counts."""
        with tqdm(unit="text", disable=options["verbosity"] == 0, leave=False) as bar:
            done = sweep(again=options["again"], progress=lambda at, of: _show(bar, at, of))
        self.stdout.write(f"Read {done.texts} sealed texts and {done.passages} reviewed passages.")
        if options["again"]:
            self.stdout.write(f"Tagged {tag_again()} parts of published records again.")
        for reason, count in sorted(done.left_out.items()):
            self.stdout.write(f"Left out, {reason}: {count}.")


def _show(bar: Any, done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)
