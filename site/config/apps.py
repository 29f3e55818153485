"""Gives the top of the house its own commands and checks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers `config` so that its management commands are found."""

    name = "config"
    verbose_name = "Installation"
