"""Moves an installation from SQLite to PostgreSQL."""

import argparse
import os
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from tqdm import tqdm

from config import environment, moving


class Command(BaseCommand):
    """`manage.py move_to_postgres postgres://user@host/name`."""

    help = (
        "Copy everything into an empty PostgreSQL database and compare counts and checksums. Stop the site first. A "
        "password belongs in the secret `database-password`, not on the command line."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("address", help="postgres://... of an empty database, as HEARD_DATABASE will name it")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        """Make the tables there, move every row in one transaction, and print each table's count and checksum."""
        begun = time.monotonic()
        try:
            moved = self._move(address)
        except (moving.MoveRefused, environment.SettingMissing) as refusal:
            raise CommandError(str(refusal)) from refusal
        except OperationalError as problem:
            raise CommandError(f"A database did not answer ({type(problem).__name__}). Nothing was moved.") from problem
        self._there(address, "update_index", "-v0")
        for table in moved:
            if table.rows:
                self.stdout.write(f"{table.rows:>10}  {table.sha256[:16]}  {table.table}")
        rows = sum(table.rows for table in moved)
        took = time.monotonic() - begun
        self.stdout.write(f"Moved {rows} rows of {len(moved)} tables in {took:.1f} s; counts and checksums agree.")
        self.stdout.write(
            "Now set HEARD_DATABASE to this address for every process and start them. When you are content,"
        )
        self.stdout.write(f"delete {connection.settings_dict['NAME']}: what is withdrawn from now on is still in it.")

    def _move(self, address: str) -> list[moving.Moved]:
        target = moving.connect(environment.database(address, settings.VAR))
        moving.check_source(connection)
        moving.check_target(target)
        self.stdout.write("Making the tables ...")
        self._there(address, "migrate", "-v0", "--no-input")
        total = sum(moving.counts(connection).values())
        with tqdm(total=total, unit="row", disable=None, desc="Moving") as bar:

            def advance(table: str, number: int) -> None:
                bar.set_postfix_str(table, refresh=False)
                bar.update(number)

            return moving.move(connection, target, progress=advance)

    def _there(self, address: str, *arguments: str) -> None:
        # In a process of its own: migrations of libraries write to the settings’ database, whatever they are told.
        given = {**os.environ, "HEARD_DATABASE": address}
        command = [sys.executable, "manage.py", *arguments, "--skip-checks"]
        if subprocess.run(command, cwd=settings.ROOT, env=given, check=False).returncode != 0:  # noqa: S603 - our own words
            raise CommandError(f"`{arguments[0]}` failed on the target; what went wrong is said above.")
