"""Between the blocks an editor sees and the definition a version freezes, both ways and without loss.

Raw data is what a StreamField stores: a list of {"type", "id", "value"}.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from surveys import facet_values
from surveys.definition import (
    LIST_KINDS,
    SCALES,
    TEXT_KINDS,
    Definition,
    Kind,
    Option,
    Part,
    Question,
    Rule,
    Sensitivity,
)

Raw = dict[str, Any]

PART_BLOCKS = {
    "take_part": (Kind.SINGLE, Part.TAKE_PART),
    "uses": (Kind.MULTIPLE, Part.USES),
    "voice": (Kind.SINGLE, Part.VOICE),
}
BLOCKS = {kind.value.replace("-", "_"): (kind, Part.NONE) for kind in Kind} | PART_BLOCKS
# Any fixed value: it makes the block ids of a definition the same each time it is turned into blocks.
NAMESPACE = UUID("6f3c1d52-8f0e-4f6d-9a52-2f4f1b7a3c11")


def from_raw(title: str, raw: Iterable[Raw]) -> Definition:
    """The definition these blocks stand for; what an editor has not filled in yet is empty in it."""
    return Definition(title=title, questions=tuple(_question(item) for item in raw))


def to_raw(definition: Definition) -> list[Raw]:
    """The blocks that stand for this definition, with the same block ids every time."""
    return [
        {"type": _block_name(question), "id": _block_id(question.id), "value": _value(question)}
        for question in definition.questions
    ]


def split(text: str | None) -> tuple[str, ...]:
    """The parts of a list written with commas, without empty ones."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _question(item: Raw) -> Question:
    kind, part = BLOCKS[item["type"]]
    value: Mapping[str, Any] = item["value"]
    rule = value.get("show_if") or {}
    return Question(
        id=value.get("key") or "",
        kind=kind,
        label=value.get("label") or "",
        hint=value.get("hint") or "",
        options=SCALES.get(kind) or tuple(_option(option["value"]) for option in value.get("options") or ()),
        show_if=Rule(rule["question"], split(rule.get("answers"))) if rule.get("question") else None,
        sensitivity=Sensitivity(value.get("sensitivity") or Sensitivity.NONE),
        part=part,
        limit=value.get("limit") or 0,
        breakdown=value.get("breakdown") or "",
        valence=value.get("valence") or "",
        alone=bool(value.get("alone")),
        feeds=split(value.get("feeds")),
        purpose=value.get("purpose") or "",
        easy=facet_values.easy(value.get("easy") or {}),
        signed=facet_values.signed(value.get("signed") or {}),
    )


def _option(value: Mapping[str, Any]) -> Option:
    return Option(
        value=value.get("value") or "",
        label=value.get("label") or "",
        hint=value.get("hint") or "",
        voice=value.get("voice") or "",
        is_exclusive=bool(value.get("is_exclusive")),
        easy=value.get("easy") or "",
        picture=facet_values.picture(value),
        helped=bool(value.get("helped")),
    )


def _block_name(question: Question) -> str:
    return next(name for name, pair in BLOCKS.items() if pair == (question.kind, question.part))


def _block_id(*names: str) -> str:
    return str(uuid5(NAMESPACE, "/".join(names)))


def _value(question: Question) -> Raw:
    rule = question.show_if
    value: Raw = {
        "key": question.id,
        "label": question.label,
        "hint": question.hint,
        "sensitivity": question.sensitivity.value,
        "alone": question.alone,
        "show_if": {
            "question": rule.question if rule else "",
            "answers": ", ".join(rule.any_of) if rule else "",
        },
        "feeds": ", ".join(question.feeds),
        "easy": facet_values.from_easy(question.easy),
        "signed": facet_values.from_signed(question.signed),
    }
    if question.kind in TEXT_KINDS:
        value |= {"limit": question.limit or None, "valence": question.valence}
    if question.kind is Kind.MONTH_YEAR:
        value["purpose"] = question.purpose
    if question.kind in LIST_KINDS and not question.part:
        value["breakdown"] = question.breakdown
    if question.options and question.kind not in SCALES:
        value["options"] = [
            {"type": "item", "id": _block_id(question.id, str(number)), "value": facet_values.from_option(option)}
            for number, option in enumerate(question.options)
        ]
    return value
