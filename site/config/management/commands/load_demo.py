"""Loads the fictional demonstration into an empty installation."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.demo.loading import is_loaded, load


class Command(BaseCommand):
    """`manage.py load_demo`."""

    help = "Load a fictional office with people, a survey, contributions and a report. Never in a real installation."

    def handle(self, *args: str, **options: object) -> None:
        """Load it unless something is here already."""
        if not settings.HEARD_DEMO:
            raise CommandError(
                "This is a real installation. The demonstration is loaded by `make run` on a fresh machine."
            )
        if is_loaded():
            self.stdout.write("There is data here already; the demonstration was not loaded again.")
            return
        load(self.say)

    def say(self, line: str) -> None:
        """One line at once, so that a wait never looks like a fault."""
        self.stdout.write(line)
        self.stdout.flush()
