"""Django's name for this package."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from accounts.checks import no_demo_people


class AccountsConfig(AppConfig):
    """Staff accounts and roles."""

    name = "accounts"
    verbose_name = "People and roles"

    def ready(self) -> None:
        """Put the check on demonstration people among Django's own."""
        register(no_demo_people, Tags.database)
