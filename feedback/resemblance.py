"""Whether words as a whole are like what people in danger say, when no telling phrase is among them. Pure Python.

The likeness is a linear model that `tools/train_triage.py` learns at set-up from the project's fictional statements. It
holds words and word pairs with a weight each, so that anyone can read why it marks what it marks.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

# The learned file's name in the folder of models.
FILE_NAME = "triage.json"
# Letters of a long word that stand for its family: "strangled" and "strangling" share what was learned.
STEM_LETTERS = 5
# Learned numbers are below 20; one far beyond is damage, and would decide every score by itself.
LARGEST = 1000


class NotALikeness(ValueError):
    """What was read is damaged, or was never a likeness: learn it again."""


@dataclass(frozen=True)
class Likeness:
    """What was learned: for each gram how rare it is and how much it speaks for danger; above `threshold` is danger."""

    grams: Mapping[str, tuple[float, float]]
    intercept: float
    threshold: float


def read(written: bytes) -> Likeness:
    """The likeness in the bytes of a learned file.

    Raises:
        NotALikeness: if a part is missing, or is not a number where there should be one.
    """
    try:
        data = json.loads(written)
        grams = {gram: (number(rarity), number(weight)) for gram, (rarity, weight) in data["grams"].items()}
        return Likeness(grams, number(data["intercept"]), number(data["threshold"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotALikeness("The learned file is damaged.") from error


def number(value: object) -> float:
    """The value, if it is a number that could have been learned.

    Raises:
        NotALikeness: if it is anything else; JSON also knows NaN and Infinity.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        raise NotALikeness("Not a number that could have been learned.")
    return float(value)


def resembles_danger(plain: str, likeness: Likeness) -> bool:
    """Whether these words, in the plain form of `wording.sentences`, score above the threshold."""
    return score(plain, likeness) > likeness.threshold


def score(plain: str, likeness: Likeness) -> float:
    """The log odds of danger; the length of a text does not move it."""
    known = [likeness.grams[gram] for gram in set(grams(plain)) if gram in likeness.grams]
    size = sqrt(sum(rarity**2 for rarity, _ in known)) or 1.0
    return likeness.intercept + sum(rarity * weight for rarity, weight in known) / size


def grams(plain: str) -> list[str]:
    """The words, each pair of neighbours, and the beginnings of long words."""
    words = plain.split()
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return [*words, *pairs, *(f"{word[:STEM_LETTERS]}~" for word in words if len(word) > STEM_LETTERS)]
