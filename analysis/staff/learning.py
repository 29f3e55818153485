"""Learning from people in the admin: what was learned when, how right it then was, and the way back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import TemplateView, View
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.roles import Capability
from analysis.models import Learning, LearningState
from analysis.relearning.telling import counted, how_right
from analysis.tasks import learn_from_people
from feedback.staff.access import RoleRequired

HOME = "analysis_learning"
SHOWN = 20


class LearningScreen(RoleRequired, WagtailAdminTemplateMixin, TemplateView):
    """What is in use, what is going on, and every time before."""

    capabilities = (Capability.TEACH,)
    page_title = "Learning"
    header_icon = "history"
    template_name = "analysis/learning.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [{"url": reverse("wagtailadmin_home"), "label": "Home"}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The records, newest first."""
        used = Learning.objects.in_use()
        return {
            **super().get_context_data(**kwargs),
            "learning": Learning.objects.filter(state=LearningState.LEARNING).first(),
            "is_waiting": _is_waiting(),
            "used": used,
            "is_stale": bool(used and used.is_stale),
            "former": Learning.objects.former(),
            "records": [_described(one) for one in Learning.objects.exclude(state=LearningState.LEARNING)[:SHOWN]],
        }


class Learn(RoleRequired, View):
    """Asks the worker to learn."""

    capabilities = (Capability.TEACH,)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Put it in line once; the task is told nothing."""
        if not _is_waiting():
            learn_from_people.enqueue()
        messages.success(request, "The worker learns now. It takes a few minutes: this page shows how far it is.")
        return redirect(HOME)


class GoBack(RoleRequired, View):
    """Goes back to the former model."""

    capabilities = (Capability.TEACH,)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Go back, or say why not."""
        # Imported here, because the web process must not load what models are made with.
        from analysis.relearning.undoing import CannotGoBack, go_back  # noqa: PLC0415

        try:
            used = go_back(by=self.user)
        except CannotGoBack as refusal:
            messages.error(request, str(refusal))
        else:
            what = f"the models of learning {used.number}" if used else "the models of set-up"
            messages.success(request, f"Themes go by {what} again. The worker reads everything once more with them.")
        return redirect(HOME)


def _is_waiting() -> bool:
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return waiting.filter(task_path=learn_from_people.module_path).exists()


def _described(one: Learning) -> dict[str, Any]:
    return {
        "learning": one,
        "written": one.written,
        "statements": counted(one.statements),
        "held_out": counted(one.held_out),
        "before": how_right(one.before),
        "after": how_right(one.after),
        "themes": len(one.spoken_for),
    }
