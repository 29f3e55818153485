"""The telephone script of a published version: what is said, word for word, with the ids answers go under."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from feedback.models import SupportService
from surveys.definition import from_json
from surveys.models import Survey
from surveys.routes import spread
from surveys.sheet import sheet


class ScriptView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """The script of the newest version, or of the one whose number the address gives as `?version=2`."""

    model = Survey
    any_permission_required = ["add", "change", "publish", "view"]
    template_name = "surveys/desk/script.html"
    page_title = "Telephone script"
    header_icon = "mail"
    _show_breadcrumbs = True
    namespace = "wagtailsnippets_surveys_survey"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The list, the survey, this page."""
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse(f"{self.namespace}:list"), "label": "Surveys"},
            {"url": reverse(f"{self.namespace}:edit", args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The version's questions with where to go on, who asks, and where help is."""
        version = self._version()
        context = {"survey": self.object, "version": version, "versions": self.object.versions.order_by("-number")}
        if version:
            definition = from_json(version.definition)
            consultation = self.object.consultation
            context |= {
                "entries": sheet(definition),
                "minutes": spread(definition).minutes,
                "consultation": consultation,
                "organisation": consultation.organisation,
                "services": SupportService.objects.for_person(),
            }
        return {**super().get_context_data(**kwargs), **context}

    def _version(self) -> Any:
        """The version asked for; None where nothing has been published yet."""
        asked = self.request.GET.get("version", "")
        if not asked:
            return self.object.versions.order_by("-number").first()
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
        found = self.object.versions.filter(number=number).first()
        if found is None:
            raise Http404
        return found
