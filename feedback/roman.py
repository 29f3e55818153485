"""Whether words in Roman letters are Urdu or Panjabi rather than English. Pure Python.

No published detector knows either as people type them. The model is linear, over words and pieces of words;
`tools/train_languages.py` learns it at set-up from the project's fictional sentences, and anyone can read its weights.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt

from feedback.resemblance import NotALikeness, number

# The learned file's name in the folder of models.
FILE_NAME = "languages.json"
ENGLISH = "en"
# The order of the weights in the learned file.
LANGUAGES = (ENGLISH, "pa-Latn", "ur-Latn")
PIECES = (2, 3, 4)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# A stretch is long enough to judge and short enough that a change of language inside a text shows.
STRETCH = 8


@dataclass(frozen=True)
class Roman:
    """What was learned: for each gram how rare it is and its weight for each of `LANGUAGES`."""

    grams: Mapping[str, tuple[float, ...]]
    intercepts: tuple[float, ...]


def read(written: bytes) -> Roman:
    """What the bytes of a learned file hold.

    Raises:
        NotALikeness: if a part is missing, or is not a number where there should be one.
    """
    try:
        data = json.loads(written)
        grams = {gram: _numbers(values, len(LANGUAGES) + 1) for gram, values in data["grams"].items()}
        return Roman(grams, _numbers(data["intercepts"], len(LANGUAGES)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotALikeness("The learned file is damaged.") from error


def _numbers(values: Sequence[object], wanted: int) -> tuple[float, ...]:
    if len(values) != wanted:
        raise NotALikeness("Not as many numbers as were learned.")
    return tuple(number(value) for value in values)


def words(text: str) -> list[str]:
    """The words in small letters, without figures and signs."""
    return [found.lower() for found in WORD.findall(text)]


def stretches(said: Sequence[str]) -> list[Sequence[str]]:
    """The words in stretches of about `STRETCH`, none of them much shorter than the others."""
    count = max(1, round(len(said) / STRETCH))
    return [said[len(said) * at // count : len(said) * (at + 1) // count] for at in range(count)]


def likely(said: Sequence[str], learned: Roman) -> dict[str, float]:
    """The probability of each of `LANGUAGES` for these words, if it is one of them."""
    known = [learned.grams[gram] for gram in set(grams(said)) if gram in learned.grams]
    size = sqrt(sum(rarity**2 for rarity, *_ in known)) or 1.0
    odds = [
        intercept + sum(values[0] * values[at] for values in known) / size
        for at, intercept in enumerate(learned.intercepts, start=1)
    ]
    powers = [exp(one - max(odds)) for one in odds]
    return {language: power / sum(powers) for language, power in zip(LANGUAGES, powers, strict=True)}


def grams(said: Sequence[str]) -> list[str]:
    """The words, and their pieces of two to four letters with the word's ends marked."""
    ended = [f"<{word}>" for word in said]
    pieces = [word[at : at + size] for word in ended for size in PIECES for at in range(len(word) - size + 1)]
    return [*said, *(f"{piece}~" for piece in pieces)]
