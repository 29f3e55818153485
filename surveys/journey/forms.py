"""The form for one question: a field by kind, and messages that say what to do next."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from feedback.normalise import normalise
from surveys.definition import DEFAULT_LIMITS, Kind, Option, Part, Question
from surveys.journey.ranking import Order
from surveys.journey.widgets import Checkboxes, MonthYear, Radios
from surveys.routes import Answer

OLDEST_YEAR = 1900
# Bytes of UTF-8 shown again when a limit is passed: more than anybody types.
SHOWN_AGAIN = 64 * 1024
TYPED = {"dir": "auto"}  # words run the way they are written, whatever the language of the page


class AnswerForm(forms.Form):
    """One question. Nothing but the consent to take part is ever required; an empty answer is a skipped question."""

    label_is_heading = True
    label_suffix = ""
    use_required_attribute = False

    def __init__(self, question: Question, data: Mapping[str, Any] | None = None, *, answer: Answer = None) -> None:
        field = FIELDS[question.kind](question)
        shown = field.numbers(answer) if isinstance(field, Order) else answer
        super().__init__(data, initial={"answer": shown})
        self.fields["answer"] = field
        self.fields["answer"].label = question.label
        self.fields["answer"].help_text = question.hint
        self.picture, self.picture_alt = question.easy.picture, question.easy.alt
        self.fields["answer"].required = question.part is Part.TAKE_PART

    def parts(self) -> list[dict[str, Any]]:
        """The boxes of a field that has several, for the template that draws them."""
        bound = self["answer"]
        attrs = {"id": bound.auto_id}
        parts: list[dict[str, Any]] = bound.field.widget.get_context(bound.html_name, bound.value(), attrs)["widget"][
            "subwidgets"
        ]
        return parts

    def answer(self) -> Answer:
        """What was answered, or None where nothing was."""
        return self.cleaned_data["answer"] or None


class Words(forms.CharField):
    """Free text up to a limit, counted in characters as a person would count them."""

    def __init__(self, limit: int, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.limit = limit
        # Django would refuse a NUL with a message nobody can act on; `normalise` leaves it out instead.
        self.validators = []

    def to_python(self, value: Any) -> str:
        """The text without what must not be kept."""
        return normalise(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Say by how much a text is too long.

        Raises:
            ValidationError: if it is longer than the limit.
        """
        super().validate(value)
        over = len(value) - self.limit
        if over <= 0:
            return
        message = _("Your answer is %(over)s characters too long. Shorten it to %(limit)s characters or fewer.")
        said = [message % {"over": _number(over), "limit": _number(self.limit)}]
        if _within(value) != value:
            said.append(str(_("It was longer than this page can show: only the beginning is below.")))
        raise ValidationError(" ".join(said), code="too-long")

    def bound_data(self, data: Any, initial: Any) -> str:  # noqa: ARG002 - Django's signature
        """What to show again: everything typed, up to what a page can carry."""
        return _within(normalise(data or ""))


class Choices(forms.MultipleChoiceField):
    """Several choices, of which "none of these" excludes the others."""

    def __init__(self, options: tuple[Option, ...], **settings: Any) -> None:
        super().__init__(choices=_pairs(options), widget=Checkboxes(options), **settings)
        self.exclusive = {option.value: option.label for option in options if option.is_exclusive}

    def validate(self, value: list[str]) -> None:
        """Refuse a contradiction.

        Raises:
            ValidationError: if "none of these" was chosen with something else.
        """
        super().validate(value)
        alone = [self.exclusive[choice] for choice in value if choice in self.exclusive]
        if alone and len(value) > 1:
            message = _("Choose “%(label)s” on its own, or take it away and keep the others.") % {"label": alone[0]}
            raise ValidationError(message, code="contradiction")


class MonthAndYear(forms.MultiValueField):
    """A month and a year as "2026-03", or a year alone as "2026": nobody has to remember the month."""

    widget = MonthYear

    def __init__(self, **options: Any) -> None:
        parts = (forms.CharField(required=False), forms.CharField(required=False))
        super().__init__(parts, require_all_fields=False, **options)

    def compress(self, data_list: list[str]) -> str:
        """The month and year as one value.

        Raises:
            ValidationError: if they are not a month and year that have begun.
        """
        month, year = (normalise(part or "") for part in (*data_list, "", "")[:2])
        if not month and not year:
            return ""
        if not _is_whole(year) or int(year) < OLDEST_YEAR:
            self._refuse(1, _("Enter the year as four numbers, such as 2024."), "year")
        if month and (not _is_whole(month) or not 1 <= int(month) <= 12):
            self._refuse(0, _("Enter the month as a number from 1 to 12, or leave it empty."), "month")
        if date(int(year), int(month or 1), 1) > timezone.localdate():
            self._refuse(1, _("Enter a month that has already begun."), "future")
        return f"{int(year)}-{int(month):02d}" if month else year

    def _refuse(self, part: int, message: Any, code: str) -> None:
        self.widget.faulty = frozenset({part})
        raise ValidationError(message, code=code)


def _number(number: int) -> str:
    return number_format(number, force_grouping=True)


def _within(text: str, size: int = SHOWN_AGAIN) -> str:
    return text.encode("utf-8", "ignore")[:size].decode("utf-8", "ignore")


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _pairs(options: tuple[Option, ...]) -> list[tuple[str, str]]:
    return [(option.value, option.label) for option in options]


def _one(question: Question) -> forms.Field:
    said = _("Choose yes or no to go on.") if question.part is Part.TAKE_PART else _("Choose one of the answers.")
    messages = {"required": said, "invalid_choice": _("Choose one of the answers on this page.")}
    pairs = _pairs(question.options)
    return forms.ChoiceField(choices=pairs, widget=Radios(question.options), error_messages=messages)


def _several(question: Question) -> forms.Field:
    invalid = _("Choose only from the answers on this page.")
    return Choices(question.options, error_messages={"invalid_choice": invalid, "invalid_list": invalid})


def _month_year(question: Question) -> forms.Field:  # noqa: ARG001 - one signature for every kind
    return MonthAndYear()


def _ranking(question: Question) -> forms.Field:
    return Order(question.options)


def _short(question: Question) -> forms.Field:
    return Words(question.limit or DEFAULT_LIMITS[question.kind], widget=forms.TextInput(attrs=TYPED))


def _long(question: Question) -> forms.Field:
    return Words(question.limit or DEFAULT_LIMITS[question.kind], widget=forms.Textarea(attrs={"rows": 8} | TYPED))


FIELDS: dict[Kind, Callable[[Question], forms.Field]] = {
    Kind.SINGLE: _one,
    Kind.AGREE5: _one,
    Kind.SATISFACTION5: _one,
    Kind.AREA: _one,
    Kind.CRIME_TYPE: _one,
    Kind.RANKING: _ranking,
    Kind.MULTIPLE: _several,
    Kind.MONTH_YEAR: _month_year,
    Kind.SHORT_TEXT: _short,
    Kind.LONG_TEXT: _long,
}
