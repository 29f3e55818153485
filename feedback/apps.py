"""Django's name for this package."""

from django.apps import AppConfig
from django.core.checks import register

from feedback.checks import likeness_is_learned


class FeedbackConfig(AppConfig):
    """Consultations, sealed contributions, review and release."""

    name = "feedback"
    verbose_name = "Feedback"

    def ready(self) -> None:
        """Put the check on what triage learned among Django's own."""
        register(likeness_is_learned)
