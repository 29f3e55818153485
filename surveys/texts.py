"""A survey's own words by permanent keys, so that they can be said in another language.

The keys: `title`, `<question>.label`, `.hint` and `.purpose`, `<question>/<option>.label` and `.hint`. The points of a
scale are fixed words and stand in the catalogues.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from surveys.definition import SCALES, Definition, Option, Question

Texts = Mapping[str, str]


def texts_of(definition: Definition) -> dict[str, str]:
    """Every text a respondent reads in a survey, by key, in reading order."""
    texts = {"title": definition.title}
    for question in definition.questions:
        for key, label, hint in _parts(question):
            texts[f"{key}.label"] = label
            if hint:
                texts[f"{key}.hint"] = hint
        if question.purpose:
            texts[f"{question.id}.purpose"] = question.purpose
    return texts


def missing(sources: Texts, texts: Texts) -> list[str]:
    """The keys of what is not translated yet, in reading order."""
    return [key for key, english in sources.items() if english.strip() and not texts.get(key, "").strip()]


def sha256(language: str, sources: Texts, texts: Texts) -> str:
    """The hash of what somebody checks: each English text beside its translation. A change of either changes it."""
    pairs = [[key, english, texts.get(key, "")] for key, english in sorted(sources.items())]
    return hashlib.sha256(json.dumps([language, pairs]).encode()).hexdigest()


def said_in(definition: Definition, texts: Texts, fixed: Callable[[str], str]) -> Definition:
    """The same definition in the words of `texts`; `fixed` translates the points of the scales.

    Raises:
        KeyError: if a text is not translated; languages are never mixed.
    """
    questions = tuple(_question(question, texts, fixed) for question in definition.questions)
    return replace(definition, title=texts["title"], questions=questions)


def _parts(question: Question) -> Iterator[tuple[str, str, str]]:
    yield question.id, question.label, question.hint
    if question.kind not in SCALES:
        for option in question.options:
            yield f"{question.id}/{option.value}", option.label, option.hint


def _question(question: Question, texts: Texts, fixed: Callable[[str], str]) -> Question:
    def option(one: Option) -> Option:
        if question.kind in SCALES:
            return replace(one, label=fixed(one.label))
        key = f"{question.id}/{one.value}"
        return replace(one, label=texts[f"{key}.label"], hint=texts[f"{key}.hint"] if one.hint else "")

    return replace(
        question,
        label=texts[f"{question.id}.label"],
        hint=texts[f"{question.id}.hint"] if question.hint else "",
        purpose=texts[f"{question.id}.purpose"] if question.purpose else "",
        options=tuple(option(one) for one in question.options),
    )
