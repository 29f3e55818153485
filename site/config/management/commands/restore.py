"""Brings back the newest backup into an empty installation."""

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.backups import BackupRefused, restore, row_counts


class Command(BaseCommand):
    """`manage.py restore --data FOLDER --keys FOLDER`."""

    help = "Bring back the newest backup whose keys are there too. Refuses to touch an installation that exists."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The folders that `backup` wrote to."""
        parser.add_argument("--data", type=Path, required=True)
        parser.add_argument("--keys", type=Path, required=True)

    def handle(self, *args: str, data: Path, keys: Path, **options: object) -> None:
        """Unpack, then compare every table's row count with the one that was saved."""
        connection.close()
        try:
            manifest = restore(data=data, keys=keys, var=settings.VAR)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        missing = {name: count for name, count in manifest["rows"].items() if row_counts().get(name) != count}
        if missing:
            raise CommandError(f"Restored, but these tables differ from what was saved: {', '.join(sorted(missing))}.")
        self.stdout.write(f"Restored {sum(manifest['rows'].values())} rows saved {manifest['made']}. Now: make run")
