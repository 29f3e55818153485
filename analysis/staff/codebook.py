"""The codebook in the admin: what is in use, the draft of the next version, and what differs between them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.roles import Capability, may
from analysis import editions
from analysis.codebook import Codebook, CodebookInvalid, Theme
from analysis.codebook.documents import from_text, from_yaml, to_yaml
from analysis.codebook.editing import changes, other_parts
from analysis.editions import ChangedMeanwhile, checked
from analysis.models import CodebookDraft, CodebookVersion
from analysis.staff.codebook_forms import ImportForm, PublishForm
from feedback.staff.access import RoleRequired

HOME = "analysis_codebook"
NO_DRAFT = "There is no draft to change. Begin one first."
FIELDS = {
    "name": "Name",
    "tier": "Kind of theme",
    "parent": "Group",
    "definition": "Definition",
    "include": "What belongs to it",
    "exclude": "What does not",
    "rolls_up_to": "Also counted under",
    "cues": "Cues",
    "rights": "Rights",
    "pillars": "Pillars",
    "boards": "Boards",
    "problem": "Patterns of problems",
    "praise": "Patterns of praise",
    "suggestion": "Patterns of suggestions",
    "mention": "Patterns that only name it",
    "unless": "Patterns that rule it out",
}


class CodebookScreen(RoleRequired, WagtailAdminTemplateMixin):
    """A page about the codebook, with the draft if there is one."""

    capabilities: tuple[Capability, ...] = (Capability.EDIT_CODEBOOK, Capability.PUBLISH_CODEBOOK)
    page_title = "Codebook"
    header_icon = "list-ul"
    _show_breadcrumbs = True

    def draft(self) -> CodebookDraft | None:
        """The draft of the next version, or None."""
        return CodebookDraft.objects.select_related("begun_by").first()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the codebook, this page."""
        steps: list[dict[str, Any]] = [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse(HOME), "label": "Codebook"},
        ]
        return steps if self.page_title == "Codebook" else [*steps, {"url": "", "label": self.page_title}]


class Themes(CodebookScreen, TemplateView):
    """Every theme of the draft, or of the codebook in use where there is none, group by group."""

    template_name = "analysis/codebook/themes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The themes by group, what the draft changes, and the published versions."""
        draft, used = self.draft(), editions.current_documents()
        shown = from_text(draft.documents) if draft else used
        book = shown.read()
        changed = {slug: kind for slug, kind, _ in changes(used, shown)}
        return {
            **super().get_context_data(**kwargs),
            "draft": draft,
            "in_use": editions.current(),
            "groups": [
                (name, [_row(theme, book, changed) for theme in book.themes if theme.parent == group])
                for group, name in book.groups.items()
            ],
            "number_changed": len(changed) + len(other_parts(used, shown)),
            "versions": CodebookVersion.objects.select_related("published_by"),
            "may_edit": may(self.user, Capability.EDIT_CODEBOOK),
            "may_publish": may(self.user, Capability.PUBLISH_CODEBOOK),
        }


class Begin(CodebookScreen, View):
    """Begins a draft of the next version."""

    capabilities = (Capability.EDIT_CODEBOOK,)

    def post(self, request: HttpRequest) -> HttpResponse:
        """A draft that says what is in use, unless there is one already."""
        try:
            editions.begin(by=self.user)
            messages.success(request, "The draft is ready. Nothing changes until it is published.")
        except ChangedMeanwhile:
            messages.info(request, "There is a draft already. Here it is.")
        return redirect(HOME)


class Discard(CodebookScreen, TemplateView):
    """Asks before the draft is thrown away."""

    capabilities = (Capability.EDIT_CODEBOOK,)
    template_name = "analysis/codebook/discard.html"
    page_title = "Throw the draft away"

    def post(self, request: HttpRequest) -> HttpResponse:
        """Throw it away."""
        draft = self.draft()
        if draft:
            editions.discard(draft, by=self.user)
            messages.success(request, "The draft is gone. The codebook in use is as it was.")
        return redirect(HOME)


class Compare(CodebookScreen, FormView):
    """What the draft changes, field by field, and the way to publish it."""

    template_name = "analysis/codebook/compare.html"
    form_class = PublishForm
    page_title = "Compare and publish"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The differences, in words."""
        draft, used = self.draft(), editions.current_documents()
        after = from_text(draft.documents) if draft else used
        names = {theme.slug: theme.name for book in (used.read(), after.read()) for theme in book.themes}
        differing = [
            {"name": names[slug], "slug": slug, "kind": kind, "fields": [_difference(*one) for one in said], "into": ""}
            | ({"into": names[said[0][2]]} if kind == "merged" else {})
            for slug, kind, said in changes(used, after)
        ]
        return {
            **super().get_context_data(**kwargs),
            "draft": draft,
            "differing": differing,
            "other_parts": other_parts(used, after),
            "may_publish": may(self.user, Capability.PUBLISH_CODEBOOK),
        }

    def form_valid(self, form: PublishForm) -> HttpResponse:
        """Publish the draft as it was shown, or say why not."""
        draft = self.draft()
        if draft is None:
            messages.info(self.request, NO_DRAFT)
            return redirect(HOME)
        draft.step = form.cleaned_data["step"]
        try:
            version = editions.publish(draft, note=form.cleaned_data["note"], by=self.user)
        except CodebookInvalid as problem:
            form.add_error(None, str(problem))
            return self.form_invalid(form)
        except ChangedMeanwhile:
            form.add_error(None, "The draft has changed since this page was shown. Read the differences again first.")
            return self.form_invalid(form)
        messages.success(self.request, f"{version} is in use. The worker now reads everything again with it.")
        return redirect(HOME)


class Import(CodebookScreen, FormView):
    """A codebook from a YAML file, as the draft."""

    capabilities = (Capability.EDIT_CODEBOOK,)
    template_name = "analysis/codebook/import.html"
    form_class = ImportForm
    page_title = "Import a codebook"

    def form_valid(self, form: ImportForm) -> HttpResponse:
        """Begin the draft with it, or say why not."""
        try:
            editions.begin(by=self.user, documents=checked(from_yaml(form.cleaned_data["file"])))
        except CodebookInvalid as problem:
            form.add_error("file", str(problem))
            return self.form_invalid(form)
        except ChangedMeanwhile:
            form.add_error(None, "There is a draft already. Publish it or throw it away first.")
            return self.form_invalid(form)
        messages.success(self.request, "The file is now the draft. Nothing changes until it is published.")
        return redirect("analysis_codebook_compare")


class Export(CodebookScreen, View):
    """A published version, the draft, or what is in use, as one YAML file."""

    def get(self, request: HttpRequest, which: str) -> HttpResponse:  # noqa: ARG002 - a view
        """The file: `which` is "draft", "in-use" or the number of a version."""
        draft = self.draft()
        version = CodebookVersion.objects.filter(number=int(which)).first() if which.isdigit() else None
        if which == "draft" and draft:
            documents = from_text(draft.documents)
        elif which == "in-use" or version:
            documents = from_text(version.documents) if version else editions.current_documents()
        else:
            raise Http404
        headers = {"Content-Disposition": f'attachment; filename="codebook-{which}.yaml"'}
        return HttpResponse(to_yaml(documents), content_type="application/yaml; charset=utf-8", headers=headers)


def _row(theme: Theme, book: Codebook, changed: dict[str, str]) -> dict[str, Any]:
    whole = book.theme(theme.rolls_up_to).name if theme.rolls_up_to else ""
    return {"theme": theme, "whole": whole, "change": changed.get(theme.slug, "")}


def _difference(name: str, old: Any, new: Any) -> tuple[str, list[str], list[str]]:
    before, after = _lines(old), _lines(new)
    gone, come = [line for line in before if line not in after], [line for line in after if line not in before]
    return FIELDS[name], gone, come


def _lines(value: Any) -> list[str]:
    return [str(line) for line in value] if isinstance(value, list | tuple) else [str(value)] if value else []
