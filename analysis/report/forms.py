"""The form by which a publisher asks for a new release."""

from typing import Any

from django import forms
from django.utils import timezone

from analysis.report.presenting import BREAKDOWNS
from analysis.report.quarters import between, words
from analysis.report.splitting import breakdowns_of
from feedback.models import Consultation

MOST_QUARTERS = 8  # two years on offer; an older period is a job for the command


class ReleaseForm(forms.Form):
    """What to freeze. Which breakdowns exist depends on what the consultation's surveys asked."""

    consultation = forms.ModelChoiceField(
        Consultation.objects.all(), label="Consultation", empty_label="Choose a consultation"
    )
    title = forms.CharField(
        max_length=200, label="Title", help_text="Members see it at the top, such as “What people told us this autumn”."
    )
    quarters = forms.MultipleChoiceField(
        label="Quarters",
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose two or more in a row to show what changed between the last two.",
    )
    breakdown = forms.ChoiceField(
        label="Split themes by",
        required=False,
        widget=forms.RadioSelect,
        choices=[("", "Nothing"), *BREAKDOWNS.items()],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = Consultation.objects.order_by("opens_on").values_list("opens_on", flat=True).first()
        today = timezone.localdate()
        known = between(first, today)[-MOST_QUARTERS:] if first and first <= today else []
        self.fields["quarters"].choices = [(quarter, words(quarter)) for quarter in reversed(known)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The values, or which breakdown the consultation does not have."""
        cleaned: dict[str, Any] = super().clean() or {}
        consultation, breakdown = cleaned.get("consultation"), cleaned.get("breakdown")
        if consultation and breakdown and breakdown not in breakdowns_of(consultation):
            self.add_error("breakdown", "No survey of this consultation asks for that. Choose another, or “Nothing”.")
        return cleaned
