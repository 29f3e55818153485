"""Django's name for this package."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Tagging runs, tags and frozen reports."""

    name = "analysis"
    verbose_name = "Analysis"
