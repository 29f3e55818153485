"""Says the code a demonstration person's authenticator app would show now."""

import argparse

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import handing
from accounts.models import Role, User
from config.demo.people import person_for


class Command(BaseCommand):
    """`manage.py demo_code ROLE`."""

    help = "Print the code that signs a demonstration person in now, after their password."
    requires_system_checks = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which role, such as `editor`."""
        parser.add_argument("role", choices=[role.value for role in Role])

    def handle(self, *args: str, role: str, **options: object) -> None:
        """Print the six digits and how long they hold."""
        if not settings.HEARD_DEMO:
            raise CommandError("No demonstration runs here. Real people use their own app or key.")
        try:
            person = person_for(Role(role))
        except User.DoesNotExist as missing:
            raise CommandError("There is nobody yet. Start the demonstration first: make run") from missing
        handing.give_app(person)
        code, seconds = handing.code_now(person)
        self.stdout.write(f"{code}   for {person.get_username()}, the next {seconds} seconds; each code works once")
