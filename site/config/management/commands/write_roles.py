"""Writes the page that says who may do what."""

from django.conf import settings
from django.core.management.base import BaseCommand

from config.addresses import TABLE
from config.roles_page import roles_page


class Command(BaseCommand):
    """`manage.py write_roles`."""

    help = "Write docs/roles.md from the tables of roles and addresses."

    def handle(self, *args: str, **options: object) -> None:
        """Write it and say where."""
        path = settings.ROOT / "docs" / "roles.md"
        path.write_text(roles_page(TABLE), encoding="utf-8")
        self.stdout.write(f"Written: {path.relative_to(settings.ROOT)}")
