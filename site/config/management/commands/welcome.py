"""Says where to go and, in a demonstration, who to sign in as."""

import argparse

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.models import Role
from config.demo.people import sign_ins, sign_ins_file

PAGES = (
    ("", "the public site: start here to answer the survey"),
    ("reports/", "theme reports"),
    ("staff/", "staff: sign in here with any role below"),
)


class Command(BaseCommand):
    """`manage.py welcome ADDRESS`."""

    help = "Print the addresses to open and the demonstration sign-ins."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Where the site is being served."""
        parser.add_argument("address")

    def handle(self, *args: str, address: str, **options: object) -> None:
        """Print the two lists."""
        self.stdout.write("\nHeard is running. Stop it with Ctrl-C.\n")
        for path, says in PAGES:
            self.stdout.write(f"  {address}{path:<10} {says}")
        if settings.HEARD_DEMO and sign_ins_file().exists():
            self.stdout.write("\nThis is a demonstration: the office, the people and all they say are fictional.")
            self.stdout.write(f"  {'Role':<28} {'User name':<26} Password")
            for role, password in sign_ins().items():
                self.stdout.write(f"  {Role(role).label:<28} {'demo-' + role:<26} {password}")
        self.stdout.write("")
        self.stdout.flush()
