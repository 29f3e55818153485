"""Brings back the newest backup into an empty installation."""

import argparse
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.archives import ArchiveRefused
from config.backups import BackupRefused, Places, age, restore, unreadable
from config.dumps import row_counts
from config.durations import in_words


class Command(BaseCommand):
    """`manage.py restore --data FOLDER --keys FOLDER --key FILE`."""

    help = "Bring back the newest backup whose keys are there too. Refuses to touch an installation that exists."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The folders that `backup` wrote to, and the key they were sealed to."""
        parser.add_argument("--data", type=Path, required=True)
        parser.add_argument("--keys", type=Path, required=True)
        parser.add_argument("--key", type=Path, help="the file of the private key, if the backup is sealed")

    def handle(self, *args: str, data: Path, keys: Path, key: Path | None, **options: object) -> None:
        """Unpack, then compare every table's row count with the saved one and open one text of each month."""
        begun = time.monotonic()
        connection.close()
        try:
            manifest = restore(data=data, keys=keys, key=key, places=Places.in_settings())
        except (BackupRefused, ArchiveRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        counts = row_counts()
        differing = sorted(label for label, count in manifest["rows"].items() if counts.get(label) != count)
        if differing:
            raise CommandError(f"Restored, but these tables differ from what was saved: {', '.join(differing)}.")
        self.stdout.write(
            f"Restored {sum(manifest['rows'].values())} rows saved {manifest['made']}; every count agrees."
        )
        self.stdout.write(f"It took {time.monotonic() - begun:.1f} seconds (RTO, without fetching the archives).")
        self.stdout.write(f"What came in after it, in the last {in_words(age(manifest['made']))}, is not there (RPO).")
        if problems := unreadable():
            raise CommandError("\n".join(["A LOST KEY IS LOST TESTIMONY. Restored, but:", *problems]), returncode=2)
        self.stdout.write("One text of each month was opened to prove its key. Now: make run")
