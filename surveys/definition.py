"""What a frozen survey version says: plain data, the same bytes every time it is written out."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How a question is answered. Kinds are values: a new one is a line here, a form field and a template."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    AGREE5 = "agree5"
    SATISFACTION5 = "satisfaction5"
    MONTH_YEAR = "month-year"
    AREA = "area"
    SHORT_TEXT = "short-text"
    LONG_TEXT = "long-text"


TEXT_KINDS = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT})
# Kinds whose answers can steer a route: their options are known when the version is frozen.
CHOICE_KINDS = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.AGREE5, Kind.SATISFACTION5, Kind.AREA})
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


# What each five-point scale offers: the same values in every survey, so that answers can be compared.
SCALES: dict[Kind, tuple[Option, ...]] = {
    Kind.AGREE5: (
        Option("strongly-agree", "Strongly agree"),
        Option("agree", "Agree"),
        Option("neither", "Neither agree nor disagree"),
        Option("disagree", "Disagree"),
        Option("strongly-disagree", "Strongly disagree"),
        Option("does-not-apply", "This does not apply to me"),
    ),
    Kind.SATISFACTION5: (
        Option("very-satisfied", "Very satisfied"),
        Option("satisfied", "Satisfied"),
        Option("neither", "Neither satisfied nor unsatisfied"),
        Option("unsatisfied", "Unsatisfied"),
        Option("very-unsatisfied", "Very unsatisfied"),
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
    feeds: tuple[str, ...] = ()  # metric codes, rights and theme slugs it informs, for the reader of the definition


@dataclass(frozen=True)
class Definition:
    """Everything a respondent is asked, in order."""

    title: str
    questions: tuple[Question, ...] = field(default_factory=tuple)

    def question(self, question_id: str) -> Question:
        """The question with this id.

        Raises:
            KeyError: if the definition has none.
        """
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def as_json(self) -> dict[str, Any]:
        """Plain lists, dictionaries and strings; `from_json` gives the same definition back."""
        return json.loads(json.dumps(asdict(self)))

    def canonical(self) -> bytes:
        """The one way these bytes can be written: sorted keys, no spaces, UTF-8."""
        return json.dumps(self.as_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def sha256(self) -> str:
        """The hash by which a version proves that it has not changed."""
        return hashlib.sha256(self.canonical()).hexdigest()


def from_json(data: dict[str, Any]) -> Definition:
    """The definition that `as_json` wrote.

    Raises:
        TypeError: if a key is unknown or missing.
        ValueError: if a kind, part or sensitivity is unknown.
    """
    return Definition(title=data["title"], questions=tuple(_question(dict(item)) for item in data["questions"]))


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
        }
    )
