"""Words and their forms: what spaCy's English lookup lemmas and word frequencies give to the rules."""

from collections import defaultdict
from functools import cache

import spacy_lookups_data
import srsly
from wordfreq import get_frequency_dict

COMMON = 4e-6  # words of at least this share are spelt as meant; rarer ones that no dictionary has may be slips
SHORTEST_SLIP = 6  # shorter words have too many true neighbours


@cache
def _lemmas() -> dict[str, str]:
    return dict(srsly.read_gzip_json(f"{spacy_lookups_data.en['lemma_lookup']}.gz"))


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for form, lemma in _lemmas().items():
        if form.isalpha():
            found[lemma].add(form)
    return {lemma: tuple(sorted(forms)) for lemma, forms in found.items()}


def forms(word: str) -> tuple[str, ...]:
    """A word and its inflected forms, so far as the table knows them; regular endings are added when it knows none."""
    known = _forms().get(word, ())
    return tuple(dict.fromkeys((word, *known))) if known else (word, f"{word}s", f"{word}ed", f"{word}ing")


@cache
def _shares() -> dict[str, float]:
    return dict(get_frequency_dict("en"))


def share(word: str) -> float:
    """How common a word is in English, as a share 0-1 of all words."""
    return _shares().get(word, 1e-9)


class Speller:
    """Puts right slips of one letter in the words that patterns look for, and leaves every real word alone."""

    def __init__(self, vocabulary: frozenset[str]) -> None:
        self.vocabulary = vocabulary
        self.near: dict[str, str] = {}
        for word in sorted(vocabulary, key=lambda word: (-share(word), word)):
            if len(word) >= SHORTEST_SLIP and word.isalpha():
                for reduced in _reduced(word):
                    self.near.setdefault(reduced, word)

    def __call__(self, word: str) -> str:
        """The word of the vocabulary meant by a misspelt word, or the word itself."""
        if len(word) < SHORTEST_SLIP - 1 or word in self.vocabulary or not word.isalpha() or _is_real(word):
            return word
        meant = next((self.near[reduced] for reduced in _reduced(word) if reduced in self.near), word)
        return meant if meant[0] == word[0] else word


def _reduced(word: str) -> tuple[str, ...]:
    return (word, *(word[:at] + word[at + 1 :] for at in range(len(word))))


def _is_real(word: str) -> bool:
    return word in _lemmas() or share(word) >= COMMON
