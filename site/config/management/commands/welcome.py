"""Says where to go and, in a demonstration, who to sign in as."""

import argparse

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts import handing
from accounts.models import Role
from config.demo.people import person_for, sign_ins, sign_ins_file

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
            self.stdout.write(
                "Sign in with user name and password, then the code, which works once. For the next code:"
            )
            self.stdout.write("  .venv/bin/python manage.py demo_code ROLE      such as: demo_code editor")
            self.stdout.write("The secret makes an authenticator app show the codes of a role.")
            self.stdout.write(f"  {'User name':<24} {'Password':<14} {'Code':<12} Secret for an app")
            for role, password in sign_ins().items():
                self.sign_in(role, password)
        self.stdout.write("")
        self.stdout.flush()

    def sign_in(self, role: str, password: str) -> None:
        """One line: who, and with what. The code is the next unused recovery code, so it is always good."""
        person = person_for(Role(role))
        handing.give_app(person)
        code = next(iter(handing.recovery_codes(person)), "demo_code")
        self.stdout.write(f"  {person.get_username():<24} {password:<14} {code:<12} {handing.secret(person)}")
