"""The question blocks editors build a survey from, and what is checked while they do."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField

from surveys import lists, soundness
from surveys.conversion import from_raw
from surveys.definition import SCALES, Kind, Question, Sensitivity
from surveys.facet_blocks import easy_block, option_blocks, signed_block

KEY_HELP = "The permanent name of this question. Leave it empty to get one. Answers are kept under it for good."
VALUE_HELP = "The permanent name of this option. Leave it empty to make one from the words."
# A RegexBlock searches; a name must match from end to end.
SLUG = rf"\A{soundness.ID.pattern}\Z"
IN_EASY_READ = ["easy", "picture", "own_picture"]
LONGEST_TEXT = 10_000  # characters; more than anyone has sent, and still one sealed text

SENSITIVITIES = [
    (Sensitivity.NONE.value, "Ordinary"),
    (Sensitivity.PERSONAL.value, "Personal"),
    (Sensitivity.DISTRESSING.value, "May distress people"),
]
VALENCES = [
    ("praise", "What went well"),
    ("problem", "What went wrong"),
    ("suggestion", "What should change"),
]
USES = [
    ("statistics", "Count it"),
    ("paraphrase", "Describe it in our own words"),
    ("quote", "Publish some words, without a name"),
    ("future", "Use it again in later work"),
]
VOICES = [
    ("first-hand", "Their own experience"),
    ("proxy", "Told for someone else"),
    ("group", "A group’s experience"),
]


class OptionBlock(blocks.StructBlock):
    """One option to choose. Its value is permanent, its words may change."""

    label = blocks.CharBlock(max_length=200, label="Words")
    hint = blocks.CharBlock(max_length=200, required=False)
    value = blocks.RegexBlock(
        SLUG,
        required=False,
        help_text=VALUE_HELP,
        error_messages={"invalid": "Use letters, digits and hyphens only, and at most 40 of them."},
    )
    easy, picture, own_picture = option_blocks()

    class Meta:
        form_layout = blocks.BlockGroup(children=["label", "hint"], settings=["value", *IN_EASY_READ])
        label_format = "{label}"
        label = "Option"

    def clean(self, value: Any) -> Any:
        """The option, with a value made from its words if it had none."""
        cleaned = super().clean(value)
        if not cleaned.get("value"):
            cleaned["value"] = slugify(cleaned.get("label") or "")[:40].strip("-")
        return cleaned


class ExcludingOptionBlock(OptionBlock):
    """An option of a question with several answers."""

    is_exclusive = blocks.BooleanBlock(
        required=False, label="On its own", help_text="For “none of these”: it cannot be chosen with another."
    )

    class Meta:
        form_layout = blocks.BlockGroup(children=["label", "hint"], settings=["value", "is_exclusive", *IN_EASY_READ])


class UseOptionBlock(blocks.StructBlock):
    """One use of answers that a person can agree to."""

    label = blocks.CharBlock(max_length=200, label="Words")
    hint = blocks.CharBlock(max_length=200, required=False)
    value = blocks.ChoiceBlock(choices=USES, label="What it allows")
    easy, picture, own_picture = option_blocks()

    class Meta:
        form_layout = blocks.BlockGroup(children=["label", "hint", "value"], settings=IN_EASY_READ)
        label_format = "{label}"
        label = "Use"


class VoiceOptionBlock(OptionBlock):
    """One way of being the person who answers."""

    voice = blocks.ChoiceBlock(choices=VOICES, label="Whose experience it is")
    helped = blocks.BooleanBlock(
        required=False,
        label="With help",
        help_text="They answer in their own words and somebody helps. The journey then has a part they do alone.",
    )

    class Meta:
        form_layout = blocks.BlockGroup(
            children=["label", "hint", "voice"], settings=["value", "helped", *IN_EASY_READ]
        )


class ShowIfBlock(blocks.StructBlock):
    """When the question is asked: always, or after certain answers to one earlier question."""

    question = blocks.CharBlock(
        max_length=40,
        required=False,
        label="Earlier question",
        help_text="The key of an earlier choice question. Empty: everyone is asked.",
    )
    answers = blocks.CharBlock(
        max_length=1000, required=False, label="Any of these answers", help_text="Option values, with commas between."
    )

    class Meta:
        label = "Ask only if"
        icon = "arrow-right"
        form_classname = "struct-block heard-show-if"
        # What the scales offer, for builder.js: those options stand in no field.
        form_attrs = {
            "data-heard-scales": json.dumps(
                {kind.value: [{"value": o.value, "label": o.label} for o in SCALES[kind]] for kind in SCALES}
            )
        }


def question_block(label: str, group: str, icon: str, **extra: blocks.Block) -> blocks.StructBlock:
    """A question with what every question has; of the `extra` blocks only options stand beside the words."""
    beside = ["label", "hint", *[name for name in extra if name == "options"]]
    behind = [
        "key",
        "show_if",
        "sensitivity",
        "alone",
        *[name for name in extra if name != "options"],
        "feeds",
        "easy",
        "signed",
    ]
    common: dict[str, blocks.Block] = {
        "label": blocks.CharBlock(max_length=300, label="Question"),
        "hint": blocks.TextBlock(max_length=500, required=False, rows=2),
        "key": blocks.RegexBlock(
            SLUG,
            required=False,
            help_text=KEY_HELP,
            error_messages={"invalid": "Use letters, digits and hyphens only, and at most 40 of them."},
        ),
        "show_if": ShowIfBlock(),
        "sensitivity": blocks.ChoiceBlock(choices=SENSITIVITIES, default=Sensitivity.NONE.value, label="Care"),
        "alone": blocks.BooleanBlock(
            required=False,
            label="Answered alone",
            help_text="Somebody who is helped answers it without the helper, who cannot open it again.",
        ),
        "feeds": blocks.CharBlock(
            required=False, max_length=300, help_text="Measures, rights and themes it informs, with commas between."
        ),
        "easy": easy_block(),
        "signed": signed_block(),
    }
    return blocks.StructBlock(
        list({**common, **extra}.items()),
        form_layout=blocks.BlockGroup(children=beside, settings=behind),
        label=label,
        group=group,
        icon=icon,
        label_format="{key}: {label}",
    )


def _options(child: blocks.Block, default: list[dict[str, Any]] | None = None) -> blocks.ListBlock:
    start = {"default": default} if default else {}
    return blocks.ListBlock(child, collapsed=True, **start)


def _breakdown() -> blocks.Block:
    return blocks.CharBlock(
        required=False, max_length=40, help_text="Such as crime-type: reports may be split by this answer."
    )


def _text(label: str) -> blocks.StructBlock:
    return question_block(
        label,
        "In their own words",
        "pilcrow",
        limit=blocks.IntegerBlock(
            required=False, min_value=20, max_value=LONGEST_TEXT, help_text="The most characters. Empty: the usual."
        ),
        valence=blocks.ChoiceBlock(choices=VALENCES, required=False, label="It asks for"),
    )


def _purpose() -> blocks.Block:
    return blocks.CharBlock(
        required=False,
        max_length=200,
        label="Why the month is kept",
        help_text="Empty: only the half-year is kept, such as July to December 2025. To keep the month, write a whole "
        "sentence that says what you need it for. People read it under the question.",
    )


def _listed(kind: Kind) -> blocks.ListBlock:
    def today() -> list[dict[str, Any]]:
        return [{"label": o.label, "value": o.value, "hint": o.hint} for o in lists.in_force(kind)]

    return blocks.ListBlock(OptionBlock(), collapsed=True, default=today)


YES_NO = [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]
EVERY_USE = [{"value": value, "label": label} for value, label in USES]
CHOICE, SCALE, PLACE, START = "A choice", "A five-point scale", "When and where", "Taking part"


class QuestionsBlock(blocks.StreamBlock):
    """A survey's questions in order."""

    take_part = question_block("Taking part", START, "check", options=_options(OptionBlock(), YES_NO))
    uses = question_block("How answers may be used", START, "lock", options=_options(UseOptionBlock(), EVERY_USE))
    voice = question_block("Who is answering", START, "user", options=_options(VoiceOptionBlock()))
    single = question_block("One answer", CHOICE, "radio-full", options=_options(OptionBlock()), breakdown=_breakdown())
    multiple = question_block("Several answers", CHOICE, "list-ul", options=_options(ExcludingOptionBlock()))
    agree5 = question_block("How much they agree", SCALE, "grip")
    satisfaction5 = question_block("How satisfied they are", SCALE, "grip")
    ranking = question_block("Put in order", CHOICE, "list-ol", options=_options(OptionBlock()))
    month_year = question_block("Month and year", PLACE, "calendar", purpose=_purpose())
    crime_type = question_block(
        "Crime type", PLACE, "warning", options=_listed(Kind.CRIME_TYPE), breakdown=_breakdown()
    )
    area = question_block("Area", PLACE, "site", options=_listed(Kind.AREA), breakdown=_breakdown())
    short_text = _text("A few words")
    long_text = _text("Longer text")

    class Meta:
        required = False
        collapsed = True

    def clean(self, value: Any) -> Any:
        """The questions, each with a key, or what is wrong with each, in sentences beside it."""
        cleaned = super().clean(value)
        for child in cleaned:
            child.id = child.id or str(uuid4())
            child.value["key"] = child.value.get("key") or f"Q-{child.id[:8]}"
        errors = dict(self._faults(cleaned))
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return cleaned

    def _faults(self, cleaned: Any) -> Iterator[tuple[int, ValidationError]]:
        check = soundness.reference_faults if self.is_deferred_validation else soundness.question_faults
        earlier: dict[str, Question] = {}
        for number, question in enumerate(from_raw("", cleaned.get_prep_value()).questions):
            faults = [f"{fault[0].upper()}{fault[1:]}" for fault in check(question, earlier)]
            if faults:
                yield number, StructBlockValidationError(non_block_errors=faults)
            earlier[question.id] = question


class OptionsBlock(blocks.StreamBlock):
    """The options of one question, where they stand on their own."""

    option = OptionBlock()

    class Meta:
        min_num = 2
        collapsed = True


class QuestionsField(StreamField):
    """A StreamField of questions, or options, that keeps its blocks out of migrations: they are not a table's shape."""

    def deconstruct(self) -> tuple[str, str, list[Any], Mapping[str, Any]]:
        """The field without its blocks."""
        name, path, _, kwargs = super().deconstruct()
        return name, path, [[]], {key: kept for key, kept in kwargs.items() if key != "block_lookup"}
