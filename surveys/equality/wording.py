"""The questions about people in another language or in Easy Read: all of them, or none.

Their words ship with the house, so they stand in the catalogues with the journey's own. A question that an office has
put into other words is not there; then the whole set is not offered, because languages are never mixed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from django.utils import translation

from surveys import catalogues, easy_read, formats, library
from surveys.definition import Definition, Option, Question
from surveys.equality import bank
from surveys.facets import Mode
from surveys.offering import ENGLISH, locale

Questions = tuple[Question, ...]


def said_in(language: str, questions: Questions) -> Questions:
    """The questions in a language, or none of them if the language lacks one sentence."""
    if language == ENGLISH:
        return questions
    if not set(_texts(questions)) <= catalogues.sentences(language):
        return ()
    with translation.override(locale(language)):
        return tuple(map(_said, questions))


@lru_cache(maxsize=8)  # a file is read for it; questions seldom change
def in_easy_words(questions: Questions) -> Questions:
    """The questions in Easy Read, each with its picture, or none of them if one is not asked as it ships."""
    definition = easy_read.added(Definition("", questions), library.EQUALITY)
    if not set(_texts(questions)) <= _shipped() or formats.without_easy_words(definition):
        return ()
    return formats.presented(definition, Mode.EASY).questions


@cache
def _shipped() -> frozenset[str]:
    return frozenset(sentences())


def sentences() -> Iterator[str]:
    """Every sentence of the questions that ship, for the catalogues."""
    for item in bank.shipped():
        options = [Option(block["value"]["value"], block["value"]["label"]) for block in item["options"]]
        yield from _words(item["label"], item.get("hint", ""), options)
    yield bank.RATHER_NOT.label


def _texts(questions: Iterable[Question]) -> Iterator[str]:
    for question in questions:
        yield from _words(question.label, question.hint, question.options)


def _words(label: str, hint: str, options: Sequence[Option]) -> Iterator[str]:
    found = [label, hint, *(text for option in options for text in (option.label, option.hint))]
    yield from (text for text in found if text)


def _said(question: Question) -> Question:
    options = tuple(replace(one, label=_translated(one.label), hint=_translated(one.hint)) for one in question.options)
    return replace(question, label=_translated(question.label), hint=_translated(question.hint), options=options)


def _translated(text: str) -> str:
    return translation.gettext(text) if text else ""  # the empty message is the catalogue's own heading
