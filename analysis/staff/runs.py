"""What the worker has read, in the admin: how far the run in hand is, and with what each run before read."""

from typing import Any

from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.roles import Capability
from analysis.disclosure.gate import published
from analysis.models import Run
from feedback.staff.access import RoleRequired

SHOWN = 20
DONE, GOING, STOPPED = "Finished", "Reading now", "Stopped early"


class Runs(RoleRequired, WagtailAdminTemplateMixin, TemplateView):
    """The newest runs. Counts are rounded like every other, so that nobody sees who wrote today."""

    capabilities = (Capability.READ_EVIDENCE,)
    page_title = "Runs"
    header_icon = "cogs"
    template_name = "analysis/runs.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [{"url": reverse("wagtailadmin_home"), "label": "Home"}, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The runs, newest first."""
        runs = list(Run.objects.order_by("-number")[:SHOWN])
        return {**super().get_context_data(**kwargs), "runs": [_described(run, runs[0]) for run in runs]}


def _described(run: Run, newest: Run) -> dict[str, Any]:
    state = DONE if run.is_finished else GOING if run == newest else STOPPED
    return {
        "run": run,
        "state": state,
        "is_going": state == GOING,
        "is_stopped": state == STOPPED,
        "percent": round(100 * run.done / run.waiting) if run.waiting else 100,
        "texts": _many(run.texts_waiting),
        "passages": _many(run.passages_waiting),
        "read": published(run.read, tells_zero=True).words,
        "left_out": [(reason, published(count).words) for reason, count in sorted(run.left_out.items())],
    }


def _many(count: int) -> str:
    """A count as it stands before what is counted."""
    return published(count).words if count else "no"
