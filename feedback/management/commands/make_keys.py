"""`python manage.py make_keys`: prepare this month's key pair and the next."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from feedback import keys


class Command(BaseCommand):
    """Makes what is missing and says which periods are ready."""

    help = "Prepare the key pairs of this month and the next. Private keys stay in the keys folder, mode 0600."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the keys; run it as often as you like."""
        try:
            periods = keys.prepare_periods()
        except keys.KeyProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("Keys are ready for " + " and ".join(period.pk for period in periods) + ".")
