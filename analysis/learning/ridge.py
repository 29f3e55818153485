"""Ridge models for all labels at once, and what each would have said of every text had it not seen it.

One factorisation serves every label, and leaving texts out costs almost nothing more: their residuals follow in closed
form from the inverse (for one text, Cawley and Talbot 2003; for a group of them, the same with blocks).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from analysis.learning.blocks import Blocks
from analysis.learning.vocabulary import Floats

ROWS = 8  # texts multiplied at a time, always as many: more, or fewer, and their last bits depend on their neighbours

DIRECTIONS = 48  # of some 380; where the pairs of a theme add most
SLACK = 1e-3  # far more than rounding can make of a score


@dataclass(frozen=True)
class Lines:
    """One linear model for each label: a weight for each feature of the blocks.

    `counted` is (terms, labels), `dense` (columns, labels), `pairs` (labels, dimensions, dimensions).
    """

    counted: Floats
    dense: Floats
    pairs: Floats

    def scores(self, blocks: Blocks) -> Floats:
        """About -1 to 1 for each text and label, float32 (texts, labels)."""
        scores, turned = self._without_pairs(blocks), _tiles(blocks.turned)
        # One label after the other, so that its matrix stays in the processor's cache for all texts.
        for label, matrix in enumerate(self.pairs):
            scores[:, label] += _of_pairs(turned, matrix)[: len(scores)]
        return scores

    def scores_above(self, least: Floats, blocks: Blocks, around: NDArray[np.intp]) -> Floats:
        """The mean of each text's score and of that of the text `around` it, whose number is given for each, (texts,).

        It is exact where it may reach `least` of its label, (labels,); minus infinity where it surely does not. Hardly
        any does, so that for many texts this is several times as fast; for few, `scores` is.
        """
        scores = self._without_pairs(blocks)
        most = self._ceiling.over(blocks.turned) + scores
        may = halved(most, most[around]) > least - SLACK
        # First the texts around, each of which settles the matter for several others.
        settled = np.zeros_like(may)
        np.logical_or.at(settled, around, may)
        self._add_pairs(scores, blocks, settled)
        most = np.where(settled, scores, most)
        may &= halved(most, most[around]) > least - SLACK
        self._add_pairs(scores, blocks, may & ~settled)
        scores = halved(scores, scores[around])
        scores[~may] = -np.inf
        return scores

    def _add_pairs(self, scores: Floats, blocks: Blocks, wanted: NDArray[np.bool_]) -> None:
        for label, matrix in enumerate(self.pairs):
            rows = np.flatnonzero(wanted[:, label])
            scores[rows, label] += _of_pairs(_tiles(blocks.turned[rows]), matrix)[: len(rows)]

    def _without_pairs(self, blocks: Blocks) -> Floats:
        scores = np.asarray(blocks.counted @ self.counted, dtype=np.float32)
        scores += np.concatenate([*(_tiles(blocks.dense) @ self.dense), scores[:0]])[: len(scores)]
        return scores

    @cached_property
    def _ceiling(self) -> "_Ceiling":
        most, values, rest = [], [], []
        for matrix in self.pairs:  # one at a time: together they would take a hundred megabytes more
            along, directions = np.linalg.eigh(matrix)
            most.append(directions[:, -DIRECTIONS:])
            values.append(along[-DIRECTIONS:])
            rest.append(max(0.0, along[:-DIRECTIONS].max(initial=0.0)))
        return _Ceiling(np.stack(most, axis=1), np.stack(values), np.array(rest, dtype=np.float32))


@dataclass(frozen=True)
class _Ceiling:
    """No less than what pairs add to a score: exact in the `directions` that add most, the most possible in the rest.

    `directions` is (dimensions, labels, directions), `values` (labels, directions), `rest` (labels,).
    """

    directions: Floats
    values: Floats
    rest: Floats

    def over(self, turned: Floats) -> Floats:
        """A ceiling for each text and label, float32 (texts, labels)."""
        dimensions, labels, directions = self.directions.shape
        along = (turned @ self.directions.reshape(dimensions, -1)).reshape(-1, labels, directions) ** 2
        left = (turned**2).sum(axis=1, keepdims=True) - along.sum(axis=2)
        return np.asarray((along * self.values).sum(axis=2) + left * self.rest, dtype=np.float32)


def halved(own: Floats, around: Floats) -> Floats:
    """Scores of texts of which each has half a say, and the text around it the other half."""
    return np.asarray((own + around) / np.float32(2))


def _of_pairs(tiles: Floats, matrix: Floats) -> Floats:
    return np.asarray(((tiles @ matrix) * tiles).sum(axis=2)).ravel()


def _tiles(rows: Floats) -> Floats:
    count, width = -(-len(rows) // ROWS), rows.shape[1]
    missing = np.zeros((count * ROWS - len(rows), width), dtype=np.float32)
    return np.concatenate([rows, missing]).reshape(count, ROWS, width)


def solve(blocks: Blocks, given: NDArray[np.bool_], groups: NDArray[np.intp], smoothing: float) -> tuple[Lines, Floats]:
    """The models, and the score (texts, labels) each text gets from models learned without its group.

    `given` says which labels each text has, (texts, labels); texts of one group are about the same words. `smoothing`
    is added to each text's likeness to itself: the more, the less any one text counts.
    """
    likeness = blocks.likeness(blocks)
    likeness[np.diag_indices_from(likeness)] += np.float32(smoothing)
    # In its own room: it is symmetric, so its transpose is itself in the order of columns that LAPACK wants.
    inverse = linalg.inv(likeness.T, overwrite_a=True, check_finite=False)
    wanted = np.where(given, np.float32(1), np.float32(-1))
    shares = inverse @ wanted
    return _lines(blocks, shares), wanted - _residuals(inverse, shares, groups)


def _lines(blocks: Blocks, shares: Floats) -> Lines:
    turned = blocks.turned
    pairs = np.stack([turned.T @ (turned * share[:, None]) for share in shares.T])
    return Lines(np.asarray(blocks.counted.T @ shares), blocks.dense.T @ shares, pairs)


def _residuals(inverse: Floats, shares: Floats, groups: NDArray[np.intp]) -> Floats:
    """By how much each text's wish is missed by models that never saw its group."""
    missed = shares / np.diag(inverse)[:, None]
    order = np.argsort(groups, kind="stable")
    cuts = np.flatnonzero(np.diff(groups[order])) + 1
    for rows in np.split(order, cuts):
        if len(rows) > 1:
            missed[rows] = np.linalg.solve(inverse[np.ix_(rows, rows)], shares[rows])
    return missed
