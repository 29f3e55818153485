"""Puts surveys into the Wagtail admin."""

from typing import Any

from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.snippets.models import register_snippet

from surveys.desk import SurveyViewSet
from surveys.publishing import REFUSED

register_snippet(SurveyViewSet)


@hooks.register("register_log_actions")  # type: ignore[untyped-decorator]
def name_refusals(actions: Any) -> None:
    """Let a survey's history say why it did not go live on its day."""

    @actions.register_action(REFUSED)
    class Refused(LogFormatter):
        label = "Not published"

        def format_message(self, log_entry: ModelLogEntry) -> str:
            return " ".join(["Taken off the schedule.", *log_entry.data.get("reasons", [])])
