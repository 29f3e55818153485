"""Django's name for this package."""

from django.apps import AppConfig
from django.core.checks import register

from feedback.checks import all_is_learned


class FeedbackConfig(AppConfig):
    """Consultations, sealed contributions, review and release."""

    name = "feedback"
    verbose_name = "Feedback"

    def ready(self) -> None:
        """Put the check on what was learned among Django's own."""
        register(all_is_learned)
