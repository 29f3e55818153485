"""The forms of the surveys desk: what an editor is told before anything is published."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.blocks import StreamBlockValidationError

from feedback.models import Consultation, Organisation
from surveys import library
from surveys.conversion import from_raw
from surveys.models import Survey
from surveys.publishing import consultation_faults, faults


class SurveyForm(WagtailAdminModelForm):
    """The survey editor's form. On publishing it says what `Survey.publish` would refuse, and keeps what was typed."""

    class Media:
        css = {"all": ["surveys/desk.css"]}
        js = ["surveys/builder.js"]

    def clean(self) -> dict[str, Any]:
        """The values, or why they cannot go live."""
        cleaned: dict[str, Any] = super().clean()
        if self._goes_live() and "questions" in cleaned:
            self._refuse_faults(cleaned)
        return cleaned

    def _goes_live(self) -> bool:
        return "action-publish" in self.data or self.data.get("workflow-action-name") == "approve"

    def _refuse_faults(self, cleaned: dict[str, Any]) -> None:
        definition = from_raw(cleaned.get("title") or "", cleaned["questions"].get_prep_value())
        reasons = faults(definition, self.instance.versions)
        if reasons:
            self.add_error("questions", StreamBlockValidationError(non_block_errors=reasons))
        if consultation := cleaned.get("consultation"):
            for reason in consultation_faults(consultation):
                self.add_error("consultation", reason)


class TemplateForm(forms.Form):
    """Which template to start from, for which consultation, under which code."""

    template = forms.ChoiceField(label="Template", widget=forms.RadioSelect)
    consultation = forms.ModelChoiceField(queryset=Consultation.objects.all())
    code = forms.SlugField(max_length=12, help_text=Survey._meta.get_field("code").help_text)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["template"]
        choice.choices = [(slug, f"{title}. {library.about(slug)}") for slug, title in library.available().items()]  # type: ignore[attr-defined]
        choice.initial = next(iter(library.available()))

    def clean_code(self) -> str:
        """A code no survey has yet."""
        code: str = self.cleaned_data["code"]
        if Survey.objects.filter(code=code).exists():
            raise ValidationError("Another survey has this code. Choose a different one.")
        return code


class OfficeForm(forms.Form):
    """For which office."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.all(),
        label="Office",
        help_text="Questions it has already stay as they are. Confirm the wording with your equality lead first.",
    )
