"""Brings an installation up to date: tables, keys, static files and, where one runs, the demonstration."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`manage.py prepare`: safe to run again at any time."""

    help = "Apply migrations, make this month's keys, collect static files, load the demonstration where one runs."

    def handle(self, *args: str, **options: object) -> None:
        """Run each step, saying which."""
        self.say("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("make_keys")
        self.say("Collecting static files ...")
        call_command("collectstatic", verbosity=0, interactive=False)
        if settings.HEARD_DEMO:
            call_command("load_demo")

    def say(self, line: str) -> None:
        """One line at once, so that a wait never looks like a fault."""
        self.stdout.write(line)
        self.stdout.flush()
