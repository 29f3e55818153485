"""Django's name for this package."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Consultations, sealed contributions, review and release."""

    name = "feedback"
    verbose_name = "Feedback"
