"""Gives the top of the house its own commands and checks, and Wagtail's widgets a form without inline scripts."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers `config` so that its management commands are found."""

    name = "config"
    verbose_name = "Installation"

    def ready(self) -> None:
        """Take the inline scripts out of Wagtail's choosers, whose class exists only once every app is loaded."""
        from config.choosers import take_out_scripts

        take_out_scripts()
