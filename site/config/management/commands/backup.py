"""Saves the data and, apart from it, the keys."""

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.backups import Backup, BackupRefused, back_up
from config.durations import in_words


class Command(BaseCommand):
    """`manage.py backup --data FOLDER --keys FOLDER`."""

    help = "Save the data in one folder and the keys in another. Either archive alone is useless."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Two folders, never the same."""
        parser.add_argument("--data", type=Path, required=True)
        parser.add_argument("--keys", type=Path, required=True)
        parser.add_argument(
            "--also", type=Path, action="append", default=[], help="a folder to save with the keys; may be repeated"
        )
        parser.add_argument("--unsealed", action="store_true", help="where nothing is real: whoever finds it reads it")

    def handle(self, *args: str, data: Path, keys: Path, also: list[Path], unsealed: bool, **options: object) -> None:
        """Write both archives, say where they lie, and fail loudly if a key is not among them."""
        try:
            done = back_up(data=data, keys=keys, also=also, unsealed=unsealed)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._say(done)
        if done.lost_keys:
            raise CommandError(
                "\n".join(["A LOST KEY IS LOST TESTIMONY. This backup lacks:", *done.lost_keys]), returncode=2
            )

    def _say(self, done: Backup) -> None:
        self.stdout.write(f"Saved {sum(done.rows.values())} rows in {done.data} ({done.seconds:.1f} s)")
        self.stdout.write(f"Saved the keys in {done.keys}")
        self.stdout.write("Move the keys to another place now: without them the data cannot be read, by anyone, ever.")
        older = f"The backup before it is {in_words(done.since_last)} older: as much" if done.since_last else None
        self.stdout.write(f"{older or 'It is the first: until now everything'} could have been lost (RPO).")
        self.stdout.write("What comes in from now on is in no backup.")
        for path in done.removed:
            self.stdout.write(f"Deleted {path.name}: it was more than {settings.HEARD_BACKUP_DAYS} days old.")
