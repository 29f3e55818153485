"""What is known about single words: everyday word, name, place, or never to be hidden. Loaded once, on first use.

How often a word is written small or with a capital comes from the word table of spacy-lookups-data, read as a file
(spaCy itself is never imported); names of many countries come from Faker; everything else from the lists in data/.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from .fold import key

_DATA = Path(__file__).with_name("data")

# Natural logarithm of (share written with a capital / share written small), sentence starts included.
# "however" stands at 0.3, "king" at 0.5, "dave" at 2.7, "birmingham" at 3.1: between 0.5 and 1 both readings are open.
_MOSTLY_SMALL = 0.8
MOSTLY_CAPITAL = 1.0
# A listed name seen small up to three times as often as with a capital ("hodge") is still a name beside a cue.
OFTEN_A_NAME = -1.0
# Natural logarithm of a word's share of all words. Below it "never seen with a capital" says nothing about a name.
_RARE = -17.0


@dataclass(frozen=True)
class Lexicon:
    """Word lists, all keyed by `fold.key`."""

    casing: dict[str, float]
    rare: frozenset[str]
    names: frozenset[str]
    word_names: frozenset[str]
    surname_words: frozenset[str]
    titles: frozenset[str]
    streets: frozenset[str]
    places: "Phrases"
    kept: "Phrases"
    roles: "Phrases"
    organisations: "Phrases"

    def is_everyday(self, word: str) -> bool:
        """Whether the word is mostly written small, so that a capital alone does not make it a name."""
        if "-" in word:
            return all(self.is_everyday(part) for part in word.split("-") if part)
        return self.casing.get(word, MOSTLY_CAPITAL) < _MOSTLY_SMALL

    def is_proper(self, word: str) -> bool:
        """Whether the word is mostly written with a capital, wherever it stands."""
        return self.casing.get(word, 0.0) >= MOSTLY_CAPITAL

    def is_unknown(self, word: str) -> bool:
        """Whether the word table lacks the word: a rare name, a foreign word or a slip of the pen."""
        return all(part not in self.casing and part not in self.rare for part in word.split("-"))

    def is_name(self, word: str) -> bool:
        """Whether the word is a first or family name, and not an everyday word besides."""
        if "-" in word:
            return any(self.is_name(part) for part in word.split("-"))
        return word in self.names and not self.is_everyday(word)


class Phrases:
    """Phrases of one or more words, found by their first word, the longest first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Indexes the phrases by first word."""
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(key(word) for word in phrase.split())
            self._by_first.setdefault(words[0], []).append(words)
        for known in self._by_first.values():
            known.sort(key=len, reverse=True)

    def __contains__(self, word: str) -> bool:
        return (word,) in self._by_first.get(word, ())

    def longest_at(self, keys: list[str], start: int) -> int:
        """How many words from `start` on make up the longest known phrase; 0 if none does."""
        for words in self._by_first.get(keys[start], ()):
            if tuple(keys[start : start + len(words)]) == words:
                return len(words)
        return 0


@cache
def lexicon() -> Lexicon:
    """The word lists; the first call takes a few seconds, later calls nothing."""
    word_names = frozenset(_words("word_names"))
    names = word_names.union(map(key, _words("names")), _names_of_many_countries())
    casing, rare = _casing()
    return Lexicon(
        casing=casing,
        rare=rare,
        names=names,
        word_names=word_names,
        surname_words=frozenset(_words("surname_words")),
        titles=frozenset(map(key, _phrases("titles"))),
        streets=frozenset(map(key, _phrases("streets"))),
        places=Phrases(_phrases("places")),
        kept=Phrases(_phrases("kept")),
        roles=Phrases(_phrases("roles")),
        organisations=Phrases(_phrases("organisations")),
    )


def _lines(name: str) -> list[str]:
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _words(name: str) -> list[str]:
    return [word for line in _lines(name) for word in line.split()]


def _phrases(name: str) -> list[str]:
    return [phrase.strip() for line in _lines(name) for phrase in line.split(",") if phrase.strip()]


def _casing() -> tuple[dict[str, float], frozenset[str]]:
    """How each word is mostly written; and the words seen small too rarely to say."""
    casing: dict[str, float] = {}
    rare: set[str] = set()
    probabilities = _log_probabilities()
    for word, chance in probabilities.items():
        name = word if word.isascii() else key(word)
        if not word.isalpha() or (name is not word and name in probabilities):
            continue
        if word.islower():
            capital = probabilities.get(word.capitalize())
            if chance < _RARE and (capital is None or capital < chance + MOSTLY_CAPITAL):
                rare.add(name)
            else:
                casing[name] = -MOSTLY_CAPITAL if capital is None else capital - chance
        elif word.istitle() and word.lower() not in probabilities:
            casing[name.lower()] = 2 * MOSTLY_CAPITAL
    return casing, frozenset(rare)


def _log_probabilities() -> dict[str, float]:
    spec = find_spec("spacy_lookups_data")
    if spec is None or spec.origin is None:
        msg = "spacy-lookups-data is not installed: names cannot be told from everyday words."
        raise ModuleNotFoundError(msg)
    with gzip.open(Path(spec.origin).parent / "data" / "en_lexeme_prob.json.gz", "rt", encoding="utf-8") as file:
        return json.load(file)


_NAME_LISTS = ("first_names", "first_name", "last_names", "romanized_names")


def _names_of_many_countries() -> Iterator[str]:
    people = import_module("faker.providers.person")
    for module in iter_modules(people.__path__):
        provider = import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            if attribute.startswith(_NAME_LISTS) or attribute.endswith("romanized_names"):
                yield from _latin(getattr(provider, attribute))


def _latin(names: object) -> Iterator[str]:
    if isinstance(names, list | tuple | dict):
        for name in names:
            yield from (key(part) for part in str(name).split() if part[0] < "\u0370" and len(part) > 1)
