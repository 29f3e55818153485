"""Says at the command line what the health page says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.health import signs


class Command(BaseCommand):
    """`manage.py health`: ends with 1 if something is not well, so that a timer can send a message."""

    help = "Print whether the worker, the keys, what waits, the disk, the certificate and the backups are well."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every sign, and what to do about those that are not well."""
        found = signs()
        for sign in found:
            self.stdout.write(f"{'ok    ' if sign.is_well else 'UNWELL'} {sign.title}: {sign.says}")
            if not sign.is_well:
                self.stdout.write(f"       {sign.advice}")
        unwell = sum(not sign.is_well for sign in found)
        if unwell:
            raise CommandError(f"{unwell} of {len(found)} signs are not well.")
