"""Words and their forms: what spaCy's English lookup lemmas and word frequencies give to the rules."""

import gzip
import json
from collections import defaultdict
from functools import cache

import spacy_lookups_data
from wordfreq import get_frequency_dict

COMMON = 4e-6  # words of at least this share are spelt as meant; rarer ones that no dictionary has may be slips
ENDINGS = (
    *("s", "es", "ed", "ing", "er", "ers", "e", "y", "ies", "ied", "ion", "ions", "ation", "al", "able", "ment", "ity"),
    *("ive", "ant", "ance", "ent", "ence", "ency", "ancy", "ly", "ous", "ary"),
)
SHORTEST_SLIP = 6  # shorter words have too many true neighbours


@cache
def _lemmas() -> dict[str, str]:
    with gzip.open(f"{spacy_lookups_data.en['lemma_lookup']}.gz", "rt", encoding="utf-8") as table:
        return dict(json.load(table))


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for form, lemma in _lemmas().items():
        if form.isalpha():
            found[lemma].add(form)
    return {lemma: tuple(sorted(forms)) for lemma, forms in found.items()}


def forms(word: str) -> tuple[str, ...]:
    """A word in all its forms; of a stem such as "believ" or "credib" the English words that end it in a usual way."""
    known = _forms().get(word, ())
    return (word, *known) if known else tuple(dict.fromkeys((word, *_grown(word))))


def family(word: str) -> frozenset[str]:
    """A word with the other forms of the same word: told, tell, tells, telling; a word nobody knows stands alone."""
    lemma = word if word in _forms() else _lemmas().get(word, word)
    return frozenset((word, lemma, *_forms().get(lemma, ())))


def _grown(stem: str) -> list[str]:
    lemmas = [stem + ending for ending in ("e", "y") if stem + ending in _forms()]
    found = [form for lemma in lemmas for form in (lemma, *_forms()[lemma])]
    return found + [stem + ending for ending in ENDINGS if stem + ending in _shares()]


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
