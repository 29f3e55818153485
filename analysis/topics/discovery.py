"""Looks for topics three times from fixed seeds and keeps what recurs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

import numpy as np

from analysis.topics.clustering import OUTSIDE, Labels, Vectors, by_bertopic, by_kmeans
from analysis.topics.recurring import agreement, most_typical, recurring
from analysis.topics.words import FEWEST, Word, distinctive, representative

ENOUGH = 300  # statements; below, two runs of BERTopic agree too little (adjusted Rand index about 0.4)
TENTATIVE = 30  # statements; below, nothing is clustered
EACH_TENTATIVE = 25  # statements that a tentative topic has on average
MOST_TENTATIVE = 8
STEP = 1000  # between the seeds of the runs

Run = Callable[[int], Labels]


class Mode(StrEnum):
    """How topics were looked for."""

    TOPICS = "topics"
    FIXED = "fixed number"
    TENTATIVE = "tentative"
    TOO_FEW = "too few"


@dataclass(frozen=True)
class Settings:
    """How to look. With `topics`, so many are made and none is dropped; `fewest` contributions must say a word."""

    seed: int = 0
    topics: int | None = None
    runs: int = 3
    fewest: int = FEWEST


@dataclass(frozen=True)
class Topic:
    """What recurs: how many statements, how much of it recurs (0 to 1), its words, and the rows nearest its middle."""

    size: int
    stability: float
    words: tuple[Word, ...] = field(repr=False)
    representative: tuple[int, ...]


@dataclass(frozen=True)
class Discovered:
    """Topics, largest first, and for each statement which it is in, or -1.

    `agreement` is the mean adjusted Rand index between runs; `outside` the share of statements in no topic;
    `dropped` how many topics of the most typical run were not there again.
    """

    mode: Mode
    labels: Labels = field(repr=False)
    topics: tuple[Topic, ...] = ()
    agreement: float | None = None
    outside: float = 1.0
    dropped: int = 0

    @property
    def is_tentative(self) -> bool:
        """Whether there were too few statements to rely on it."""
        return self.mode is not Mode.TOO_FEW and len(self.labels) < ENOUGH


def discover(
    texts: Sequence[str],
    vectors: Vectors,
    settings: Settings = Settings(),
    contributions: Sequence[int] | None = None,
    seen: Callable[[int], object] = lambda _runs: None,
) -> Discovered:
    """The topics of cleaned statements; `seen` is told after each run.

    Raises:
        ValueError: if `settings.topics` is below 2, or more than the statements.
    """
    mode, run = _way(texts, vectors, settings)
    if mode is Mode.TOO_FEW:
        return Discovered(mode, np.full(len(texts), OUTSIDE, dtype=np.int64))
    runs = []
    for number in range(settings.runs):
        runs.append(run(settings.seed + number * STEP))
        seen(1)
    labels, stability = recurring(runs, drop=mode is not Mode.FIXED)
    words = distinctive(texts, labels, contributions, settings.fewest)
    nearest = representative(vectors, labels, contributions)
    topics = tuple(
        Topic(int((labels == at).sum()), round(stable, 3), tuple(words[at]), tuple(nearest[at]))
        for at, stable in enumerate(stability)
    )
    outside = float((labels == OUTSIDE).mean())
    found = int(runs[most_typical(runs)].max(initial=OUTSIDE)) + 1
    return Discovered(mode, labels, topics, agreement(runs), outside, found - len(topics))


def _way(texts: Sequence[str], vectors: Vectors, settings: Settings) -> tuple[Mode, Run]:
    if settings.topics is not None:
        if not 2 <= settings.topics <= len(texts):
            msg = f"There can be 2 to {len(texts)} topics of {len(texts)} different statements, not {settings.topics}."
            raise ValueError(msg)
        return Mode.FIXED, partial(by_kmeans, vectors, settings.topics)
    if len(texts) >= ENOUGH:
        return Mode.TOPICS, partial(by_bertopic, texts, vectors)
    if len(texts) >= TENTATIVE:
        number = min(MOST_TENTATIVE, max(2, len(texts) // EACH_TENTATIVE))
        return Mode.TENTATIVE, partial(by_kmeans, vectors, number)
    return Mode.TOO_FEW, partial(by_kmeans, vectors, 0)
