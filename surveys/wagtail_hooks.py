"""Puts surveys into the Wagtail admin."""

from typing import Any
from uuid import UUID

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.snippets.models import register_snippet

from accounts.roles import Capability
from feedback.staff.access import RoleMenuItem
from surveys.desk import SurveyViewSet
from surveys.keying.about_you import KeyAboutYou
from surveys.keying.views import ChooseSurvey, KeyReply
from surveys.models import SurveyVersion
from surveys.permanent import EqualityQuestionViewSet, ListedOptionViewSet
from surveys.publishing import REFUSED

register_snippet(SurveyViewSet)
register_snippet(ListedOptionViewSet)
register_snippet(EqualityQuestionViewSet)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def keying_addresses() -> list[URLPattern]:
    """Choose a survey, then one page for each reply."""
    return [
        path("keying/", ChooseSurvey.as_view(), name="surveys_keying"),
        path("keying/<slug:code>/about-you/", KeyAboutYou.as_view(), name="surveys_key_about_you"),
        path("keying/<slug:code>/", KeyReply.as_view(), name="surveys_key_reply"),
    ]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def keying_menu_item() -> MenuItem:
    """Key in a reply, for those who may."""
    where = reverse("surveys_keying")
    return RoleMenuItem("Key in a reply", where, capability=Capability.KEY_REPLIES, icon_name="edit", order=40)


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
