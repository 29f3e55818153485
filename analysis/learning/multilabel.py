"""Learns a model for each label from labelled texts; thresholds and calibration see only what a model had not seen."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.learning import calibration, ridge, thresholds
from analysis.learning.blocks import Reader, Texts, Weights
from analysis.learning.calibration import Sigmoids
from analysis.learning.ridge import Lines
from analysis.learning.vocabulary import Floats, Sources

LARGEST = 12_000  # texts; memory grows with their square (0.6 GB), time with their cube

MANY = 200  # texts from which it is worth knowing which scores cannot matter


@dataclass(frozen=True)
class Labelled:
    """Texts with their labels, bool (texts, labels), and a number each: texts of one group never judge each other."""

    texts: Texts
    labels: tuple[str, ...]
    given: NDArray[np.bool_] = field(repr=False)
    groups: NDArray[np.intp] = field(repr=False)

    def some(self, rows: NDArray[np.intp]) -> "Labelled":
        """The texts at these rows with their labels."""
        return Labelled(self.texts.some(rows), self.labels, self.given[rows], self.groups[rows])


@dataclass(frozen=True)
class Settings:
    """How to learn. A term needs `fewest` contributions, which the groups stand for."""

    weights: Weights = field(default_factory=Weights)
    smoothing: float = 2.0  # the less, the more one text is worth
    fewest: int = 1
    seed: int = 0


@dataclass(frozen=True)
class Learned:
    """Everything a model knows: how to read, a line, a sigmoid and a threshold for each label.

    `unseen` holds, for the texts learned from, the probabilities by models that had not seen the text's group.
    """

    labels: tuple[str, ...]
    reader: Reader = field(repr=False)
    lines: Lines = field(repr=False)
    sigmoids: Sigmoids = field(repr=False)
    thresholds: Floats = field(repr=False)
    easing: float
    unseen: Floats = field(repr=False)

    def probabilities(self, texts: Texts, around: NDArray[np.intp] | None = None) -> Floats:
        """How likely each label is, 0-1, float32 (texts, labels).

        `around` gives for each text the number of the longer one it is part of, or its own: each has half a say.
        """
        scores = self.lines.scores(self.reader.read(texts))
        return self.sigmoids.probabilities(scores if around is None else ridge.halved(scores, scores[around]))

    def likely(self, texts: Texts, around: NDArray[np.intp]) -> Floats:
        """The same where it may be above its threshold; about 0 where it surely is not. Faster for many texts."""
        if len(texts) < MANY:
            return self.probabilities(texts, around)
        least = (np.log(self.thresholds / (1 - self.thresholds)) - self.sigmoids.heights) / self.sigmoids.slopes
        return self.sigmoids.probabilities(self.lines.scores_above(least, self.reader.read(texts), around))

    def only(self, label: str) -> "Learned":
        """The same for one label."""
        at = self.labels.index(label)
        one = slice(at, at + 1)
        lines = Lines(self.lines.counted[:, one], self.lines.dense[:, one], self.lines.pairs[one])
        sigmoids = Sigmoids(self.sigmoids.slopes[one], self.sigmoids.heights[one])
        return Learned((label,), self.reader, lines, sigmoids, self.thresholds[one], self.easing, self.unseen[:, one])

    def decide(self, probabilities: Floats) -> NDArray[np.bool_]:
        """Which labels texts get, bool (texts, labels); "none of these" is an answer."""
        return thresholds.given_labels(probabilities, self.thresholds, self.easing)


def learn(
    examples: Labelled,
    settings: Settings | None = None,
    judging: Floats | None = None,
    written: NDArray[np.bool_] | None = None,
) -> Learned:
    """Learn every label of the examples. Of more than `LARGEST` texts a sample is used that keeps every rare label.

    `judging` says how much each of the examples is like those to come, (texts,): so much does it count where
    probabilities and thresholds are set. Left out, all of them count the same. `written` says which are nobody's
    contribution, so that a term in them needs no other.

    Raises:
        ValueError: if there is no text or no label.
    """
    if not len(examples.texts) or not examples.labels:
        raise ValueError("There is nothing to learn from.")
    settings = settings or Settings()
    rows = within(examples, settings.seed)
    counts = np.ones(len(rows), dtype=np.float32) if judging is None else judging[rows]
    examples = examples.some(rows)
    sources = Sources(examples.groups.tolist(), settings.fewest, None if written is None else written[rows])
    reader = Reader.of(examples.texts, settings.weights, sources)
    lines, unseen_scores = ridge.solve(reader.read(examples.texts), examples.given, examples.groups, settings.smoothing)
    judges = counts > 0
    given, weights = examples.given[judges], counts[judges]
    sigmoids = calibration.fit(unseen_scores[judges], given, weights)
    unseen = sigmoids.probabilities(unseen_scores)
    levels = thresholds.choose(unseen[judges], given, weights)
    easing = thresholds.ease(unseen[judges], given, levels, weights)
    return Learned(examples.labels, reader, lines, sigmoids, levels, easing, unseen)


def groups_of(texts: Sequence[str]) -> NDArray[np.intp]:
    """A number for each text, the same for texts that differ only in case, blanks and marks."""
    numbers: dict[str, int] = {}
    plain = ("".join(filter(str.isalnum, text.casefold())) for text in texts)
    return np.array([numbers.setdefault(text, len(numbers)) for text in plain], dtype=np.intp)


def within(examples: Labelled, seed: int) -> NDArray[np.intp]:
    """The rows to learn from: at most `LARGEST` texts: those of the rarest labels first, then others by lot."""
    if len(examples.texts) <= LARGEST:
        return np.arange(len(examples.texts))
    often = examples.given.sum(axis=0)
    rarest = np.where(examples.given, often, len(examples.texts)).min(axis=1, initial=len(examples.texts))
    lot = np.random.default_rng(seed).random(len(examples.texts))
    is_rare = rarest < LARGEST // (2 * max(1, len(examples.labels)))
    return np.sort(np.lexsort([lot, ~is_rare])[:LARGEST])
