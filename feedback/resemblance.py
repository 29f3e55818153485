"""Whether words as a whole are like what people in danger say, when no telling phrase is among them. Pure Python.

A linear model learned from the project's fictional statements by `tools/train_triage.py`: its file holds words and word
pairs with a weight each, so that anyone can read why it marks what it marks.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

WEIGHTS = Path(__file__).with_name("data") / "triage_weights.json"
# Letters of a long word that stand for its family: "strangled" and "strangling" share what was learned.
STEM_LETTERS = 5


@dataclass(frozen=True)
class Weights:
    """What was learned: for each gram how rare it is and how much it speaks for danger; above `threshold` is danger."""

    grams: Mapping[str, tuple[float, float]]
    intercept: float
    threshold: float


def resembles_danger(plain: str) -> bool:
    """Whether these words, in the plain form of `wording.sentences`, score above the threshold."""
    learned = weights()
    return score(plain, learned) > learned.threshold


def score(plain: str, learned: Weights) -> float:
    """The log odds of danger; the length of a text does not move it."""
    known = [learned.grams[gram] for gram in set(grams(plain)) if gram in learned.grams]
    size = sqrt(sum(rarity**2 for rarity, _ in known)) or 1.0
    return learned.intercept + sum(rarity * weight for rarity, weight in known) / size


def grams(plain: str) -> list[str]:
    """The words, each pair of neighbours, and the beginnings of long words."""
    words = plain.split()
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return [*words, *pairs, *(f"{word[:STEM_LETTERS]}~" for word in words if len(word) > STEM_LETTERS)]


@cache
def weights() -> Weights:
    """The learned file."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    learned = {gram: (rarity, weight) for gram, (rarity, weight) in data["grams"].items()}
    return Weights(learned, data["intercept"], data["threshold"])
