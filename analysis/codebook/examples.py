"""Reads the written examples: fictional statements with their themes, to train the tagger from the first day."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml

from analysis.codebook.read import CodebookInvalid, load
from analysis.codebook.theme import Codebook

FOLDER = resources.files("analysis.codebook") / "data" / "examples"
VOICES = (
    "terse",
    "angry",
    "formal",
    "practitioner",
    "second-language",
    "misspelt",
    "praise",
    "plain",
    "suggestion",
    "long",
)
HARD_NEGATIVES = "hard_negatives"
HEAD_KEYS = {"fictional", HARD_NEGATIVES}
NO_VALENCE = "neutral"
"""What a statement with no theme feels is not coded: valence belongs to a tag."""


@dataclass(frozen=True)
class Example:
    """One written statement and all the themes a careful coder would give it, the one it was written for first.

    `themes` may be empty: “none of these” is an answer too.
    """

    text: str = field(repr=False)
    themes: tuple[str, ...]
    valence: str
    voice: str


@cache
def examples() -> tuple[Example, ...]:
    """Every example shipped with the project, file by file. Raises CodebookInvalid, saying where, if one is wrong."""
    files = sorted((entry for entry in FOLDER.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name)
    documents = {entry.name: yaml.safe_load(entry.read_text(encoding="utf-8")) for entry in files}
    return tuple(example for name, document in documents.items() for example in parse(name, document, load()))


def parse(name: str, document: Any, codebook: Codebook) -> tuple[Example, ...]:
    """The examples of one file: a list where no theme fits, or lists by theme. Raises CodebookInvalid, saying where."""
    if isinstance(document, list):
        return tuple(
            _example(where, entry, (), codebook) for where, entry in _entries(name, document, {"text", "voice"})
        )
    if not isinstance(document, Mapping) or document.get("fictional") is not True:
        raise CodebookInvalid(f"{name} must say “fictional: true” at its head.")
    themed = {slug: entries for slug, entries in document.items() if slug not in HEAD_KEYS}
    carrying = _by_theme(name, themed, codebook)
    lookalikes = _by_theme(f"{name}, {HARD_NEGATIVES}", document.get(HARD_NEGATIVES, {}), codebook)
    return (*_carrying(carrying, codebook), *_lookalikes(lookalikes, codebook))


def _carrying(by_theme: Iterable[tuple[str, str, Any]], codebook: Codebook) -> Iterator[Example]:
    for where, slug, listed in by_theme:
        for place, entry in _entries(where, listed, {"text", "valence", "voice"}, {"also"}):
            yield _example(place, entry, (slug, *_slugs(place, entry, "also")), codebook)


def _lookalikes(by_theme: Iterable[tuple[str, str, Any]], codebook: Codebook) -> Iterator[Example]:
    for where, slug, listed in by_theme:
        for place, entry in _entries(where, listed, {"text", "valence", "voice", "themes"}):
            themes = _slugs(place, entry, "themes")
            if slug in themes:
                raise CodebookInvalid(f"{place} is a hard negative of “{slug}” and cannot carry it.")
            yield _example(place, entry, themes, codebook)


def _by_theme(where: str, lists: Any, codebook: Codebook) -> Iterator[tuple[str, str, Any]]:
    if not isinstance(lists, Mapping):
        raise CodebookInvalid(f"{where} must be lists of examples by theme.")
    known = {theme.slug for theme in codebook.themes}
    for slug, listed in lists.items():
        if slug not in known:
            raise CodebookInvalid(f"{where} names “{slug}”, which is not a theme.")
        yield f"{where}, “{slug}”", slug, listed


def _entries(
    where: str, listed: Any, needed: Set[str], allowed: Set[str] = frozenset()
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if not isinstance(listed, list):
        raise CodebookInvalid(f"{where} must be a list of examples.")
    for number, entry in enumerate(listed, start=1):
        place = f"{where}, example {number}"
        if not isinstance(entry, Mapping):
            raise CodebookInvalid(f"{place} must be a mapping.")
        unknown, missing = sorted(set(entry) - needed - allowed), sorted(needed - set(entry))
        if unknown:
            raise CodebookInvalid(f"{place} has the unknown key “{unknown[0]}”.")
        if missing:
            raise CodebookInvalid(f"{place} lacks the key “{missing[0]}”.")
        yield place, entry


def _slugs(place: str, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    slugs = entry.get(key, [])
    if not isinstance(slugs, list):
        raise CodebookInvalid(f"{place}: “{key}” must be a list of themes.")
    return tuple(slugs)


def _example(place: str, entry: Mapping[str, Any], themes: tuple[str, ...], codebook: Codebook) -> Example:
    text, valence, voice = entry["text"], entry.get("valence", NO_VALENCE), entry["voice"]
    if not isinstance(text, str) or not text.strip():
        raise CodebookInvalid(f"{place} has no text.")
    _known(place, themes, {theme.slug for theme in codebook.themes}, "a theme")
    _known(place, [valence], set(codebook.valences), "a valence")
    _known(place, [voice], set(VOICES), "a voice")
    if len(set(themes)) != len(themes):
        raise CodebookInvalid(f"{place} names a theme twice.")
    return Example(text, themes, valence, voice)


def _known(place: str, names: Iterable[Any], known: Set[str], what: str) -> None:
    strange = [name for name in names if not isinstance(name, str) or name not in known]
    if strange:
        raise CodebookInvalid(f"{place} names “{strange[0]}”, which is not {what}.")
