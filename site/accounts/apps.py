"""Django's name for this package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Staff accounts and roles."""

    name = "accounts"
    verbose_name = "People and roles"
