"""`python manage.py destroy_period 2026-01 --for-good`: end everything sealed in a past month, in backups too."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from feedback import keys, retention
from feedback.models import Period, SealedText


class Command(BaseCommand):
    """Says what would end, and ends it only when told that it is for good."""

    help = "Destroy a past month's private key, so that nothing sealed in it can be opened again. Cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        """The month, and the confirmation."""
        parser.add_argument("period", help='the month, such as "2026-01"')
        parser.add_argument("--for-good", action="store_true", help="do it; without this, only say what would end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Destroy the key, or say what destroying it would mean."""
        period = Period.objects.filter(pk=options["period"]).first()
        if period is None:
            raise CommandError(f"There is no period {options['period']}.")
        sealed = SealedText.objects.filter(period=period)
        undecided = sealed.filter(decision__isnull=True).count()
        self.stdout.write(f"{period.pk}: {sealed.count()} sealed texts, {undecided} of them not reviewed.")
        if not options["for_good"]:
            self.stdout.write("Nothing was changed. Add --for-good to destroy the key.")
            return
        try:
            retention.destroy_period(period)
        except keys.KeyProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("The key is destroyed. Remove it from the key backup too.")
