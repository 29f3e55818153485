"""Django's name for this package."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Surveys, their frozen versions, and answers."""

    name = "surveys"
    verbose_name = "Surveys"

    def ready(self) -> None:
        """Say what came with a contribution and is to go with its words, and who serves holders of return words."""
        from feedback import beside
        from surveys.removing import register
        from surveys.returning.answering import answer

        register()
        beside.serve("HEARD_DESK_SOCKET", answer)
