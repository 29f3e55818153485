"""Saves the data and, apart from it, the keys."""

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from config.backups import BackupRefused, back_up


class Command(BaseCommand):
    """`manage.py backup --data FOLDER --keys FOLDER`."""

    help = "Save the data in one folder and the keys in another. Either archive alone is useless."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Two folders, never the same."""
        parser.add_argument("--data", type=Path, required=True)
        parser.add_argument("--keys", type=Path, required=True)

    def handle(self, *args: str, data: Path, keys: Path, **options: object) -> None:
        """Write both archives and say where they lie."""
        try:
            done = back_up(data=data, keys=keys)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Saved {sum(done.rows.values())} rows in {done.data}")
        self.stdout.write(f"Saved the keys in {done.keys}")
        self.stdout.write("Move the keys to another place now: without them the data cannot be read, by anyone, ever.")
