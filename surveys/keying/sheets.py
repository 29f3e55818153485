"""One reply as it is keyed: every question on one page, and what the survey's routes make of the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from feedback.models import Channel
from surveys.definition import Definition, Part, Question
from surveys.journey import places
from surveys.journey.forms import AnswerForm
from surveys.models import Survey, SurveyVersion
from surveys.routes import Answer, route

KEYED_CHANNELS = (Channel.PAPER, Channel.PHONE, Channel.IN_PERSON)


class HeadForm(forms.Form):
    """How and when the reply came."""

    label_suffix = ""
    channel = forms.ChoiceField(
        label="How it came",
        choices=[(channel.value, channel.label) for channel in KEYED_CHANNELS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the reply came."},
    )
    received_on = forms.DateField(
        label="The day we received it",
        help_text="For example, 27/3/2026. The date stamp, not the day you key it in.",
        input_formats=["%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d"],
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Give the day we received it.",
            "invalid": "Write the day as day, month and year, such as 27/3/2026.",
        },
    )

    def __init__(self, survey: Survey, *args: Any, **kwargs: Any) -> None:
        """Keep the survey, whose consultation says which days there are."""
        super().__init__(*args, **kwargs)
        self.survey = survey

    def clean_received_on(self) -> date:
        """The day, if the survey was open then.

        Raises:
            ValidationError: if it lies ahead, or the survey could not be answered on it.
        """
        day: date = self.cleaned_data["received_on"]
        consultation = self.survey.consultation
        if day > timezone.localdate():
            raise ValidationError("That day has not come yet. Check the year.")
        if day < consultation.opens_on:
            raise ValidationError(f"The consultation opened on {consultation.opens_on:%-d %B %Y}. Check the day.")
        if day > consultation.last_day_to_send:
            raise ValidationError(f"It could be sent until {consultation.last_day_to_send:%-d %B %Y}. Check the day.")
        return day


@dataclass(frozen=True)
class Line:
    """One question on the sheet, and when it is asked at all."""

    question: Question
    form: AnswerForm
    only_if: str


class Sheet:
    """Every question of a version with what was keyed; `data` is a posted form, or None for an empty sheet."""

    def __init__(self, definition: Definition, data: Mapping[str, Any] | None = None) -> None:
        self.definition = definition
        self.lines = [Line(q, _form(q, data), _condition(q, definition)) for q in definition.questions]

    def is_valid(self) -> bool:
        """Whether every answer on the sheet can be taken; each form then says what is wrong with its own."""
        faulty = [line for line in self.lines if not line.form.is_valid()]
        if faulty:
            return False
        answers = self.answers()
        unsaid = [q.id for q in route(self.definition, answers) if q.part is Part.TAKE_PART and not answers[q.id]]
        for line in self.lines:
            if line.question.id in unsaid:
                line.form.add_error("answer", "Key in yes or no. Without a yes nothing can be kept.")
        return not unsaid

    def answers(self) -> dict[str, Answer]:
        """What was keyed, by question, of a valid sheet."""
        return {line.question.id: line.form.answer() for line in self.lines}

    def has_agreed(self) -> bool:
        """Whether the person agreed to take part."""
        return places.has_agreed(self.definition, self.answers())

    def off_route(self) -> list[Line]:
        """Answers that the survey would not have asked for, which are left out."""
        answers = self.answers()
        asked = {question.id for question in route(self.definition, answers)}
        return [line for line in self.lines if answers[line.question.id] and line.question.id not in asked]


def version_on(survey: Survey, day: date) -> SurveyVersion | None:
    """What was asked on the day the reply came, or None where the survey is not published."""
    within = min(day, survey.consultation.closes_on)
    return SurveyVersion.objects.live(survey.code, on=within)


def _form(question: Question, data: Mapping[str, Any] | None) -> AnswerForm:
    form = AnswerForm(question, data)
    form.prefix = question.id
    form.label_is_heading = False
    form.fields["answer"].required = False  # the sheet asks for the consent, where the route does
    return form


def _condition(question: Question, definition: Definition) -> str:
    if question.show_if is None:
        return ""
    steering = definition.question(question.show_if.question)
    labels = {option.value: option.label for option in steering.options}
    chosen = " or ".join(f"“{labels.get(value, value)}”" for value in question.show_if.any_of)
    return f"Only after {chosen} to “{steering.label}”"
