"""Django's name for this package."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Tagging runs, tags and frozen reports."""

    name = "analysis"
    verbose_name = "Analysis"

    def ready(self) -> None:
        """Say what is to be forgotten when a use ends, and tell whoever asks what became of what they sent."""
        from analysis.following import became
        from analysis.forgetting import register
        from surveys.returning import following

        register()
        following.register(became)
