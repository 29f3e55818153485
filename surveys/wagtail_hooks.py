"""Puts surveys into the Wagtail admin."""

from typing import Any
from uuid import UUID

from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.snippets.models import register_snippet

from surveys.desk import SurveyViewSet
from surveys.models import SurveyVersion
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


@hooks.register("feedback_question_labels")  # type: ignore[untyped-decorator]
def question_labels(consultation_ids: set[UUID]) -> dict[tuple[UUID, str], str]:
    """What the published surveys of these consultations asked, for those who read the answers."""
    versions = SurveyVersion.objects.filter(survey__consultation__in=consultation_ids).order_by(
        "published_on", "number"
    )
    return {
        (consultation_id, question["id"]): question["label"]
        for consultation_id, definition in versions.values_list("survey__consultation", "definition")
        for question in definition["questions"]
    }
