"""Tries a backup by restoring it into a folder, and a database, of its own."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from config.archives import private_folder
from config.environment import Part
from config.models import LastTime, remember

OWN_PLACES = ("HEARD_KEYS", "HEARD_SECRETS")


class Command(BaseCommand):
    """`manage.py rehearse_restore --data FOLDER --keys FOLDER --key FILE`."""

    help = "Restore the newest backup into a folder of its own, compare, open one text of each month, and remove it."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What `restore` takes; on PostgreSQL also an empty database to restore into."""
        parser.add_argument("--data", type=Path, help="the folder of the data archives")
        parser.add_argument("--keys", type=Path, help="the folder of the key archives")
        parser.add_argument("--key", type=Path, help="the file of the private key, if the backup is sealed")
        parser.add_argument("--elsewhere", action="store_true", help="only write down that it was done elsewhere today")
        parser.add_argument(
            "--database", default="", help="postgres://... of an empty database, for PostgreSQL backups"
        )

    def handle(self, *args: str, elsewhere: bool, **options: Any) -> None:
        """Run `restore` as an operator would, in a process that knows only the temporary folder."""
        if not elsewhere:
            self._rehearse(**{name: options[name] for name in ("data", "keys", "key", "database")})
        try:
            remember(LastTime.Deed.REHEARSAL)
        except DatabaseError:
            self.stdout.write(
                "There is no installation here to write it down in: do it with --elsewhere on the server."
            )

    def _rehearse(self, data: Path | None, keys: Path | None, key: Path | None, database: str) -> None:
        if data is None or keys is None:
            raise CommandError("Name both folders: --data FOLDER --keys FOLDER")
        command = [sys.executable, "manage.py", "restore", "--data", str(data.resolve()), "--keys", str(keys.resolve())]
        command += ["--key", str(key.resolve())] if key else []
        with tempfile.TemporaryDirectory(dir=private_folder(settings.VAR)) as folder:
            done = subprocess.run(  # noqa: S603 - our own words
                command, cwd=settings.ROOT, env=self._apart(Path(folder), database), check=False
            )
        if done.returncode != 0:
            raise CommandError(
                "The rehearsal failed; what went wrong is said above. This backup must not be relied on."
            )
        self.stdout.write(
            "The rehearsal went well. What it unpacked is removed" + (f"; drop {database}." if database else ".")
        )

    def _apart(self, folder: Path, database: str) -> dict[str, str]:
        known = {name: value for name, value in os.environ.items() if name not in OWN_PLACES}
        apart = {"HEARD_VAR": str(folder / "var"), "HEARD_DATABASE": database, "HEARD_PART": Part.ALL}
        # Development makes the secrets a process cannot start without; those of the backup then take their place.
        return {**known, **apart, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
