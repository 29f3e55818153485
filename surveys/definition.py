"""What a frozen survey version says: plain data, the same bytes every time it is written out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from surveys.facets import Easy, Signed


class Kind(StrEnum):
    """How a question is answered. Kinds are values: a new one is a line here, a form field and a template."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    AGREE5 = "agree5"
    SATISFACTION5 = "satisfaction5"
    MONTH_YEAR = "month-year"
    AREA = "area"
    CRIME_TYPE = "crime-type"
    RANKING = "ranking"
    SHORT_TEXT = "short-text"
    LONG_TEXT = "long-text"


TEXT_KINDS = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT})
# One answer from a list of the question's own: by these a report may be split.
LIST_KINDS = frozenset({Kind.SINGLE, Kind.AREA, Kind.CRIME_TYPE})
# Kinds whose answers can steer a route: their options are known when the version is frozen.
CHOICE_KINDS = LIST_KINDS | {Kind.MULTIPLE, Kind.AGREE5, Kind.SATISFACTION5}
# Kinds that offer options. An order of preference is too many answers to steer by.
OPTION_KINDS = CHOICE_KINDS | {Kind.RANKING}
DEFAULT_LIMITS = {Kind.SHORT_TEXT: 200, Kind.LONG_TEXT: 2000}


class Sensitivity(StrEnum):
    """How much care a question needs around it."""

    NONE = "none"
    PERSONAL = "personal"
    DISTRESSING = "distressing"


class Part(StrEnum):
    """What the journey itself needs to know from a question, beyond storing its answer."""

    NONE = ""
    TAKE_PART = "take-part"  # "yes" goes on; anything else ends gently
    USES = "uses"  # values are feedback.models.Use
    VOICE = "voice"  # values map to feedback.models.Voice through `Question.voices`


@dataclass(frozen=True)
class Option:
    """One choice: the stored value never changes, the label may be translated."""

    value: str
    label: str
    hint: str = ""
    voice: str = ""  # for Part.VOICE: which feedback.models.Voice the choice stands for
    is_exclusive: bool = False  # "none of these" in a multiple choice
    easy: str = ""  # the label in Easy Read
    picture: str = ""  # beside it in Easy Read
    helped: bool = False  # for Part.VOICE: the person answers with somebody's help, in their own words


# What each five-point scale offers: the same values in every survey, so that answers can be compared.
SCALES: dict[Kind, tuple[Option, ...]] = {
    Kind.AGREE5: (
        Option("strongly-agree", "Strongly agree", easy="Yes, very true", picture="house:very-yes"),
        Option("agree", "Agree", easy="Yes, true", picture="house:yes"),
        Option("neither", "Neither agree nor disagree", easy="In the middle", picture="house:middle"),
        Option("disagree", "Disagree", easy="No, not true", picture="house:no"),
        Option("strongly-disagree", "Strongly disagree", easy="No, not true at all", picture="house:very-no"),
        Option("does-not-apply", "This does not apply to me", easy="This is not about me", picture="house:not-for-me"),
    ),
    Kind.SATISFACTION5: (
        Option("very-satisfied", "Very satisfied", easy="Very happy", picture="house:very-happy"),
        Option("satisfied", "Satisfied", easy="Happy", picture="house:happy"),
        Option("neither", "Neither satisfied nor unsatisfied", easy="In the middle", picture="house:so-so"),
        Option("unsatisfied", "Unsatisfied", easy="Unhappy", picture="house:unhappy"),
        Option("very-unsatisfied", "Very unsatisfied", easy="Very unhappy", picture="house:very-unhappy"),
    ),
}
# The same values as feedback.models.Use and feedback.models.Voice, which a module without Django cannot import.
USES = ("statistics", "paraphrase", "quote", "future")
VOICES = ("first-hand", "proxy", "group")


@dataclass(frozen=True)
class Rule:
    """Ask this question only if the answer to an earlier one is any of these values."""

    question: str
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question on one page, with a permanent id that no later version reuses for anything else."""

    id: str
    kind: Kind
    label: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    show_if: Rule | None = None
    sensitivity: Sensitivity = Sensitivity.NONE
    part: Part = Part.NONE
    limit: int = 0  # characters, for text kinds
    breakdown: str = ""  # "crime-type", "area" ...: the report may split themes by this answer
    valence: str = ""  # for text: "praise" where the question itself asks what went well, "problem" ..., else ""
    alone: bool = False  # somebody who is helped answers it alone, and nobody can open it again
    feeds: tuple[str, ...] = ()  # metric codes, rights and theme slugs it informs, for the reader of the definition
    purpose: str = ""  # for a month and year: why the month itself is kept; without a purpose only the half-year is
    easy: Easy = field(default_factory=Easy)
    signed: Signed = field(default_factory=Signed)


@dataclass(frozen=True)
class Definition:
    """Everything a respondent is asked, in order."""

    title: str
    questions: tuple[Question, ...] = field(default_factory=tuple)
    # By language, the texts in it under the keys of surveys.texts; what a version offers besides English.
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def question(self, question_id: str) -> Question:
        """The question with this id.

        Raises:
            KeyError: if the definition has none.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    @property
    def asks_for_later(self) -> bool:
        """Whether it asks to use what is said in later work."""
        asked = (option.value for one in self.questions if one.part is Part.USES for option in one.options)
        return "future" in asked

    def as_json(self) -> dict[str, Any]:
        """Plain lists, dictionaries and strings; `from_json` gives the same definition back."""
        data = asdict(self)
        data["questions"] = [_without_empty_additions(question) for question in data["questions"]]
        if not self.translations:
            del data["translations"]  # versions in English only keep the hash they always had
        return json.loads(json.dumps(data))

    def canonical(self) -> bytes:
        """The one way these bytes can be written: sorted keys, no spaces, UTF-8."""
        return json.dumps(self.as_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def sha256(self) -> str:
        """The hash by which a version proves that it has not changed."""
        return hashlib.sha256(self.canonical()).hexdigest()


# Added after the first versions were frozen: left out while empty, so that those versions keep their hash.
ADDITIONS = ("purpose", "alone", "easy", "signed")
OPTION_ADDITIONS = ("helped", "easy", "picture")


def _without_empty_additions(question: dict[str, Any]) -> dict[str, Any]:
    options = [_filled(option, OPTION_ADDITIONS) for option in question["options"]]
    return _filled({**question, "options": options}, ADDITIONS)


def _filled(data: dict[str, Any], additions: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in additions or _says_something(value)}


def _says_something(value: Any) -> bool:
    return any(value.values()) if isinstance(value, dict) else bool(value)


def from_json(data: dict[str, Any]) -> Definition:
    """The definition that `as_json` wrote.

    Raises:
        TypeError: if a key is unknown or missing.
        ValueError: if a kind, part or sensitivity is unknown.
    """
    questions = tuple(_question(dict(item)) for item in data["questions"])
    return Definition(title=data["title"], questions=questions, translations=data.get("translations", {}))


def _question(item: dict[str, Any]) -> Question:
    rule = item.pop("show_if", None)
    return Question(
        **{
            **item,
            "kind": Kind(item["kind"]),
            "sensitivity": Sensitivity(item.get("sensitivity", "none")),
            "part": Part(item.get("part", "")),
            "options": tuple(Option(**option) for option in item.get("options", ())),
            "show_if": Rule(rule["question"], tuple(rule["any_of"])) if rule else None,
            "feeds": tuple(item.get("feeds", ())),
            "easy": Easy(**item.get("easy", {})),
            "signed": Signed(**item.get("signed", {})),
        }
    )
