"""Invites the first administrator, and lets somebody start again where no second administrator is at hand."""

import argparse

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts import joining
from accounts.models import Role, User


class Command(BaseCommand):
    """`manage.py invite USER_NAME --role administrator`, or `manage.py invite USER_NAME --again`."""

    help = "Print a one-time link for a new person, or with --again for one who has lost every way in. It is logged."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who, and what they will do."""
        parser.add_argument("username")
        parser.add_argument("--role", action="append", choices=[role.value for role in Role], default=[])
        parser.add_argument("--again", action="store_true")

    def handle(self, *args: str, username: str, role: list[str], again: bool, **options: object) -> None:
        """Print the link; only its hash is kept."""
        known = User.objects.filter(username=username).first()
        if again:
            if known is None or not known.is_active:
                raise CommandError("Nobody who works here has this user name.")
            secret = joining.confirm_lost(known, by=None)
        else:
            secret = joining.invite(self.new(username, known, role), [Role(name) for name in role], by=None)
        self.stdout.write(f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{joining.path_of(secret)}")
        self.stdout.write(f"It works once, until the end of {joining.last_day():%-d %B %Y}.")

    def new(self, username: str, known: User | None, role: list[str]) -> User:
        """A new person, not kept yet."""
        if known is not None:
            raise CommandError("Somebody has this user name. With --again they get a link to start again with.")
        if not role:
            raise CommandError("Say at least one role, such as: --role administrator")
        person = User(username=username)
        try:
            person.full_clean(exclude=["password"])
        except ValidationError as problem:
            raise CommandError("; ".join(problem.messages)) from problem
        return person
