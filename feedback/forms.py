"""What staff fill in: a moderator's decision, a safeguarding outcome, and the directory's own checks."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminModelForm

from accounts.models import Role, User
from feedback.models import Contribution, SafeguardingOutcome, WithheldFor
from feedback.models.consultation import GOING_ON, USED_FOR

# Before anything is deleted earlier than people were told.
NOTICE = timedelta(days=28)
APPROVE, AMEND, WITHHOLD = "approve", "amend", "withhold"


class DecisionForm(forms.Form):
    """One of three decisions. It keeps what was typed, in the response that shows it and nowhere else."""

    decision = forms.ChoiceField(
        choices=[(APPROVE, "Approve"), (AMEND, "Approve with my changes"), (WITHHOLD, "Withhold")],
        error_messages={"required": "Choose one of the three decisions.", "invalid_choice": "Choose a decision."},
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label="The text as others will read it",
        help_text="Hide more, or show what need not be hidden. Write [PERSON], [PLACE] and so on for what you hide.",
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
    )
    mark = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        required=False,
        label="Why it stays sealed",
        choices=[("", "Choose a reason"), *WithheldFor.choices],
        error_messages={"invalid_choice": "Choose a reason from the list."},
    )

    def clean(self) -> dict[str, Any]:
        """Withholding needs its reason."""
        values = self.cleaned_data
        if values.get("decision") == WITHHOLD and not values.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Choose why it stays sealed.")
        return values


class OutcomeForm(forms.Form):
    """What a safeguarding lead did."""

    outcome = forms.ChoiceField(
        label="Outcome",
        choices=SafeguardingOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you did.", "invalid_choice": "Choose what you did."},
    )


class DutyHolderField(forms.ModelChoiceField):
    """A choice among the people who hold the safeguarding role, by their names."""

    def label_from_instance(self, obj: Any) -> str:
        """The person's full name, or how they sign in where none is kept."""
        return obj.get_full_name() or obj.get_username()


class ConsultationForm(WagtailAdminModelForm):
    """Dates that run forwards and keep what people were told, and a duty holder who may read what is urgent."""

    duty_holder = DutyHolderField(
        queryset=User.objects.none(),
        required=False,
        label="Duty holder",
        help_text="Who reads urgent contributions. Only people with the safeguarding lead role are listed. "
        "No survey of this consultation goes live without one.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the safeguarding leads there are now."""
        super().__init__(*args, **kwargs)
        leads = User.objects.filter(is_active=True, grants__role=Role.SAFEGUARDING_LEAD)
        self.fields["duty_holder"].queryset = leads.order_by("last_name", "username")

    def clean(self) -> dict[str, Any]:
        """Refuse a consultation that closes before it opens."""
        values: dict[str, Any] = super().clean()
        opens, closes = values.get("opens_on"), values.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", "The closing day comes before the opening day.")
        elif closes:
            values["used_until"] = values.get("used_until") or closes + USED_FOR
            self._check_last_day(values["used_until"], closes)
        return values

    def _check_last_day(self, last: date, closes: date) -> None:
        """People were told the day they agreed to, and nobody may lose words by a slip of the pen."""
        before = None if self.instance._state.adding else self.instance.last_day_of_use
        is_told = Contribution.objects.filter(consultation=self.instance).exists()
        if last < closes + GOING_ON:
            self.add_error(
                "used_until", "Somebody may still send on the day after it closes. Give that day or a later one."
            )
        elif is_told and before and last > before:
            self.add_error(
                "used_until",
                f"People were told that it is used until {before:%-d %B %Y}. It can be earlier, not later.",
            )
        elif is_told and last != before and last < timezone.localdate() + NOTICE:
            self.add_error(
                "used_until", f"Words are deleted after this day. Give a day at least {NOTICE.days} days from now."
            )


class OrganisationForm(WagtailAdminModelForm):
    """An office whose dates run forwards."""

    def clean(self) -> dict[str, Any]:
        """Refuse an office that ends before it begins."""
        values: dict[str, Any] = super().clean()
        begins, ends = values.get("from_date"), values.get("to_date")
        if begins and ends and ends < begins:
            self.add_error("to_date", "The last day comes before the first day.")
        return values


class SlugsField(forms.CharField):
    """A list of slugs, typed with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        """The list as it is typed."""
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The slugs in the order they were typed, each once."""
        typed = [part.strip() for part in super().clean(value).split(",")]
        for part in filter(None, typed):
            if slugify(part) != part:
                raise ValidationError(f"Write “{slugify(part)}”: small letters, digits and hyphens, commas between.")
        return list(dict.fromkeys(filter(None, typed)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another list was typed."""
        return bool(super().has_changed(self.prepare_value(initial), data))


class SupportServiceForm(WagtailAdminModelForm):
    """A service that can be reached, with dates that run forwards."""

    crime_types = SlugsField(
        required=False,
        label="Crime types",
        help_text="Such as domestic-abuse, stalking. Leave it empty if the service is for every crime type.",
    )
    areas = SlugsField(
        required=False, help_text="Such as coventry, dudley. Leave it empty if the service is for everywhere."
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a service nobody can reach, and a check due before the last one was made."""
        values: dict[str, Any] = super().clean()
        if not values.get("phone") and not values.get("url"):
            self.add_error("phone", "Give a telephone number or a web address, so that people can reach it.")
        checked, due = values.get("verified_on"), values.get("review_by")
        if checked and due and due <= checked:
            self.add_error("review_by", "The next check must come after the last one.")
        return values
