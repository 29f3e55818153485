"""The forms that change the draft of a codebook: a theme, a merge, a split."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView

from accounts.roles import Capability, may
from analysis import editions
from analysis.codebook import CodebookInvalid
from analysis.codebook.documents import Documents, from_text
from analysis.codebook.editing import entry_of, merged, split, with_theme
from analysis.editions import ChangedMeanwhile, checked
from analysis.staff.codebook import HOME, NO_DRAFT, CodebookScreen
from analysis.staff.codebook_forms import MergeForm, SplitForm, ThemeForm

MEANWHILE = (
    "Somebody else has changed the draft since you opened this page, so nothing was kept. What you wrote is still "
    "below: compare it with the draft as it is now, and save again."
)


class DraftForm(CodebookScreen, FormView):
    """A form that changes the draft. What it refuses is said above it, with everything typed still there."""

    capabilities = (Capability.EDIT_CODEBOOK,)
    template_name = "analysis/codebook/form.html"
    intro = ""
    action = "Save in the draft"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The view's own answer, or the way back where there is no draft."""
        self.found = self.draft()
        if self.found is None and request.user.is_authenticated and may(request.user, Capability.EDIT_CODEBOOK):
            messages.info(request, NO_DRAFT)
            return redirect(HOME)
        return super().dispatch(request, *args, **kwargs)

    @property
    def documents(self) -> Documents:
        """The draft as it is now."""
        assert self.found is not None  # noqa: S101 - dispatch turned everybody else away; for the type checker
        return from_text(self.found.documents)

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the draft, from which the choices come."""
        return {**super().get_form_kwargs(), "documents": self.documents}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the step of the draft, so that two people do not overwrite each other."""
        assert self.found is not None  # noqa: S101 - as above
        said = {"intro": self.intro, "action": self.action, "step": self.found.step}
        return {**super().get_context_data(**kwargs), **said}

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the change, or say why it was not kept."""
        assert self.found is not None  # noqa: S101 - as above
        posted = self.request.POST.get("step", "")
        self.found.step = int(posted) if posted.isascii() and posted.isdigit() and len(posted) < 10 else -1
        try:
            editions.change(self.found, checked(self.changed(form)), by=self.user)
        except CodebookInvalid as problem:
            form.add_error(None, str(problem))
            return self.form_invalid(form)
        except ChangedMeanwhile:
            self.found = self.draft() or self.found
            form.add_error(None, MEANWHILE)
            return self.form_invalid(form)
        messages.success(self.request, "Kept in the draft.")
        return redirect(HOME)

    def changed(self, form: Any) -> Documents:
        """The draft as the form would have it."""
        raise NotImplementedError


class EditTheme(DraftForm):
    """One theme, or a new one."""

    form_class = ThemeForm
    page_title = "Theme"

    def get_initial(self) -> dict[str, Any]:
        """What the theme says now."""
        slug = self.kwargs.get("slug")
        return ThemeForm.initial_of(entry_of(self.documents, slug)) if slug else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the short name, which never changes once there is one."""
        return {**super().get_form_kwargs(), "slug": self.kwargs.get("slug", "")}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, or the way back if there is no such theme in the draft."""
        try:
            return super().get(request, *args, **kwargs)
        except CodebookInvalid as problem:
            messages.error(request, str(problem))
            return redirect(HOME)

    def changed(self, form: ThemeForm) -> Documents:
        """With the theme as it was typed."""
        slug = self.kwargs.get("slug")
        known = entry_of(self.documents, slug) if slug else {}
        return with_theme(self.documents, {**known, **form.entry()})


class Merge(DraftForm):
    """Themes that say the same thing."""

    form_class = MergeForm
    page_title = "Merge themes"
    action = "Merge in the draft"
    intro = (
        "The theme that stays takes over cues and patterns. What was counted under the others is counted under it from "
        "then on, in earlier years too, so that years stay comparable. Released reports do not change."
    )

    def changed(self, form: MergeForm) -> Documents:
        """With the themes merged."""
        return merged(self.documents, form.cleaned_data["themes_gone"], into=form.cleaned_data["into"])


class Split(DraftForm):
    """A theme that holds several."""

    form_class = SplitForm
    page_title = "Split a theme"
    action = "Split in the draft"
    intro = (
        "The theme stays, and its parts roll up to it, so that years stay comparable. Give each part its cues and "
        "patterns afterwards. Decisions people made under the theme stay under it until they are looked at again."
    )

    def changed(self, form: SplitForm) -> Documents:
        """With the parts added."""
        return split(self.documents, form.cleaned_data["theme"], form.parts())
