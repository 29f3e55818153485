"""The editors' desk in the admin: the list, the editor, “Check this survey” and “Start from a template”."""

from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.generic import FormView, TemplateView
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    ObjectList,
    PublishingPanel,
)
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views import snippets as views
from wagtail.snippets.views.snippets import SnippetViewSet

from accounts.models import User
from surveys import filing, publishing, routes, translation_desk
from surveys.definition import Definition
from surveys.drawing import draw
from surveys.forms import SurveyForm, TemplateForm
from surveys.models import Survey
from surveys.outline import outline
from surveys.script import ScriptView
from surveys.starting import start_from_template

# More routes than anyone reads; the spread above the table counts them all.
ROUTES_SHOWN = 200


class SaysWhyNot:
    """A view in which publishing may be refused: the reasons are shown on the checks page, and a draft stays saved."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The view's own answer, or the way to the reasons."""
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except publishing.NotReady:
            return self._refused(request, kwargs["pk"])

    def _refused(self, request: HttpRequest, pk: str) -> HttpResponse:
        messages.error(request, "The survey was not published. What to put right is listed here.")
        where = reverse(SurveyViewSet.check_url_name, args=[pk])
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return JsonResponse({"step": "success", "redirect": where})
        return redirect(where)


class SurveyIndexView(views.IndexView):
    """The surveys, with the way to start one from a template."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """“Add”, and “Start from a template” beside it for those who may add."""
        buttons = super().header_buttons
        if self.add_url:
            where = reverse(SurveyViewSet.start_url_name)
            buttons.append(HeaderButton("Start from a template", url=where, icon_name="copy", priority=20))
        return buttons


class SurveyEditView(SaysWhyNot, views.EditView):
    """The editor, with the way to the checks."""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Wagtail's own, and “Check this survey”."""
        where = reverse(SurveyViewSet.check_url_name, args=[self.object.pk])
        script = reverse(f"{ScriptView.namespace}:script", args=[self.object.pk])
        languages = reverse(SurveyViewSet.languages_url_name, args=[self.object.pk])
        return [
            *super().header_buttons,
            HeaderButton("Check this survey", url=where, icon_name="clipboard-list"),
            HeaderButton("Telephone script", url=script, icon_name="mail"),
            HeaderButton("Languages", url=languages, icon_name="globe"),
        ]


class SurveyWorkflowActionView(SaysWhyNot, views.WorkflowActionView):
    """Approving or sending back, from the list of what waits."""


class CheckView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """What the newest draft asks of people, and what stands between it and going live."""

    model = Survey
    any_permission_required = ["add", "change", "publish", "view"]
    template_name = "surveys/desk/check.html"
    page_title = "Check this survey"
    header_icon = "clipboard-list"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The list, the survey, this page."""
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse(SurveyViewSet.list_url_name), "label": "Surveys"},
            {"url": reverse(SurveyViewSet.edit_url_name, args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The findings about the draft, and its routes if it is sound enough to have any."""
        draft = self.object.get_latest_revision_as_object()
        definition = draft.definition()
        own_faults = publishing.faults(definition, self.object.versions)
        context = {
            "survey": draft,
            "definition": replace(definition, translations=publishing.offered_texts(draft)),
            "faults": [
                *own_faults,
                *publishing.consultation_faults(draft.consultation),
                *publishing.language_faults(draft),
            ],
            "warnings": routes.warnings(definition),
            "newest": self.object.versions.order_by("-number").first(),
            "sha256": replace(filing.named(definition), translations=publishing.offered_texts(draft)).sha256(),
            "edit_url": reverse(SurveyViewSet.edit_url_name, args=[self.object.pk]),
        }
        if definition.questions and not own_faults:
            context |= described(definition)
        return {**super().get_context_data(**kwargs), **context}


def described(definition: Definition) -> dict[str, Any]:
    """The outline, the drawing and the routes of a sound definition, for the template."""
    walks = list(islice(routes.walks(definition), ROUTES_SHOWN))
    return {
        "outline": outline(definition),
        "drawing": draw(definition),
        "spread": routes.spread(definition),
        "routes": [
            {"answers": labelled(answers), "pages": len(steps), "minutes": routes.minutes(steps)}
            for steps, answers in walks
        ],
    }


def labelled(answers: routes.Answers) -> list[str]:
    """The steering answers as “VE-03: yes”."""
    return [f"{key}: {value if isinstance(value, str) else ', '.join(value or ())}" for key, value in answers.items()]


class StartView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """A new draft from a template."""

    permission_required = "add"
    template_name = "surveys/desk/start.html"
    form_class = TemplateForm
    page_title = "Start from a template"
    header_icon = "copy"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """The list, this page."""
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse(SurveyViewSet.list_url_name), "label": "Surveys"},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: TemplateForm) -> HttpResponse:
        """The draft in the editor."""
        values, user = form.cleaned_data, self.request.user
        assert isinstance(user, User)  # noqa: S101 - the admin lets nobody in without signing in; for the type checker
        survey = start_from_template(
            values["template"], consultation=values["consultation"], code=values["code"], by=user
        )
        messages.success(self.request, "The draft is ready. Nothing is published yet.")
        return redirect(SurveyViewSet.edit_url_name, survey.pk)


class SurveyViewSet(SnippetViewSet):
    """Surveys in the admin menu, as Wagtail does snippets, and pages of our own."""

    model = Survey
    icon = "form"
    menu_label = "Surveys"
    menu_name = "surveys"
    menu_order = 200
    add_to_admin_menu = True
    list_display = ["title", "consultation", "code", LiveStatusTagColumn()]
    list_filter = ["consultation"]
    search_fields = ["title", "code"]
    index_view_class = SurveyIndexView
    edit_view_class = SurveyEditView
    workflow_action_view_class = SurveyWorkflowActionView
    list_url_name = "wagtailsnippets_surveys_survey:list"
    edit_url_name = "wagtailsnippets_surveys_survey:edit"
    check_url_name = "wagtailsnippets_surveys_survey:check"
    start_url_name = "wagtailsnippets_surveys_survey:start"
    languages_url_name = translation_desk.LANGUAGES
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("consultation"), FieldPanel("code")]),
            FieldPanel("questions"),
            PublishingPanel(),
        ],
        base_form_class=SurveyForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        """Wagtail's, the checks, the languages and the start from a template."""
        policy = {"permission_policy": self.permission_policy}
        return [
            *super().get_urlpatterns(),
            path(f"check/<{self.pk_path_converter}:pk>/", CheckView.as_view(**policy), name="check"),
            path(f"script/<{self.pk_path_converter}:pk>/", ScriptView.as_view(**policy), name="script"),
            path(
                f"languages/<{self.pk_path_converter}:pk>/",
                translation_desk.LanguagesView.as_view(**policy),
                name="languages",
            ),
            path(
                f"languages/<{self.pk_path_converter}:pk>/<slug:language>/",
                translation_desk.TranslateView.as_view(**policy),
                name="translate",
            ),
            path("start/", StartView.as_view(**policy), name="start"),
        ]
