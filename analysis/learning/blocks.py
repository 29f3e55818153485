"""A text as blocks of features, side by side, each with its weight: words, letters, meaning, pairs of it, and facts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from analysis.learning.vocabulary import Floats, Sources, Vocabulary, find

TOGETHER = 500  # texts compared with all others at a time


@dataclass(frozen=True)
class Weights:
    """How much each block counts in the likeness of two texts; see docs/decisions/linear-models-for-themes.md.

    `pairs` are products of two dimensions of meaning, by which a linear model can say "this, but only if that".
    """

    words: float = 0.5
    letters: float = 1.0
    meaning: float = 1.0
    pairs: float = 1.0
    facts: float = 0.1


@dataclass(frozen=True)
class Texts:
    """Texts with the vectors of an encoder, float32 (texts, dimensions), and known facts, float32 (texts, facts)."""

    texts: Sequence[str] = field(repr=False)
    vectors: Floats = field(repr=False)
    facts: Floats = field(repr=False)

    def __len__(self) -> int:
        return len(self.texts)

    def some(self, rows: NDArray[np.intp]) -> "Texts":
        """The texts at these rows, in their order."""
        return Texts([self.texts[row] for row in rows], self.vectors[rows], self.facts[rows])


@dataclass(frozen=True)
class Blocks:
    """Features of texts, one row each, multiplied by the roots of their weights."""

    counted: csr_array
    dense: Floats
    turned: Floats  # vectors from which pairs are made; their likeness is squared

    def some(self, rows: NDArray[np.intp]) -> "Blocks":
        """The features of the texts at these rows, in their order."""
        return Blocks(self.counted[rows], self.dense[rows], self.turned[rows])

    def likeness(self, others: "Blocks") -> Floats:
        """How alike each text is to each of the others, float32 (texts, others); no other array is as large."""
        found = np.empty((self.counted.shape[0], others.counted.shape[0]), dtype=np.float32)
        columns = others.counted.T.tocsr()
        for start in range(0, len(found), TOGETHER):
            rows = slice(start, start + TOGETHER)
            np.square(self.turned[rows] @ others.turned.T, out=found[rows])
            found[rows] += self.dense[rows] @ others.dense.T
            found[rows] += (self.counted[rows] @ columns).toarray()
        return found


@dataclass(frozen=True)
class Reader:
    """Makes blocks of texts: vocabularies and the middle of meaning, as found in the texts that were learned from."""

    words: Vocabulary
    letters: Vocabulary
    middle: Floats
    weights: Weights

    @staticmethod
    def of(texts: Texts, weights: Weights, sources: Sources | None = None) -> "Reader":
        """A reader for texts like these, which knows the terms that enough of the sources say."""
        words, letters = (find(kind, texts.texts, sources) for kind in ("words", "letters"))
        return Reader(words, letters, texts.vectors.mean(axis=0), weights)

    def read(self, texts: Texts) -> Blocks:
        """The blocks of these texts; the last dense column is 1 for every text."""
        weights = self.weights
        words = self.words.counted(texts.texts) * np.float32(weights.words**0.5)
        letters = self.letters.counted(texts.texts) * np.float32(weights.letters**0.5)
        dense = [weights.meaning**0.5 * texts.vectors, weights.facts**0.5 * texts.facts, np.ones((len(texts), 1))]
        turned = _unit(texts.vectors - self.middle) * weights.pairs**0.25
        return Blocks(_beside(words, letters), np.hstack(dense).astype(np.float32), turned.astype(np.float32))


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1))


def _beside(left: csr_array, right: csr_array) -> csr_array:
    return csr_array(hstack([left, right], format="csr"))
