"""The Easy Read words of the surveys that ship: one file for each in `surveys/data/easy_read`, by question id."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from surveys.definition import Definition, Option, Question
from surveys.facet_values import HOUSE
from surveys.facets import Easy

FOLDER = Path(__file__).parent / "data" / "easy_read"


def added(definition: Definition, slug: str) -> Definition:
    """The definition with the Easy Read words of its file, if there is one."""
    path = FOLDER / f"{slug}.yaml"
    if not path.exists():
        return definition
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    options, questions = data["options"], data["questions"]
    return replace(
        definition, questions=tuple(_question(q, questions.get(q.id) or {}, options) for q in definition.questions)
    )


def _question(question: Question, words: Mapping[str, Any], usual: Mapping[str, Any]) -> Question:
    picture = words.get("picture", "")
    facet = Easy(words.get("label", ""), words.get("hint", ""), f"{HOUSE}{picture}" if picture else "")
    own = words.get("options") or {}
    options = tuple(_option(option, own.get(option.value) or usual.get(option.label)) for option in question.options)
    return replace(question, easy=facet, options=options)


def _option(option: Option, words: list[str] | None) -> Option:
    """The option with its words and its picture, written as [words, picture]; an option without any as it is."""
    if not words:
        return option
    label, *picture = words
    return replace(option, easy=label, picture=f"{HOUSE}{picture[0]}" if picture else "")
