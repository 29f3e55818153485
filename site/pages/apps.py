"""Django's name for this package."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Public pages."""

    name = "pages"
    verbose_name = "Pages"
