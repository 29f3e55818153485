"""Django's name for this package."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Surveys, their frozen versions, and answers."""

    name = "surveys"
    verbose_name = "Surveys"
