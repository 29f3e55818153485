"""Ridge models for all labels at once, and what each would have said of every text had it not seen it.

One factorisation serves every label, and leaving texts out costs almost nothing more: their residuals follow in closed
form from the inverse (for one text, Cawley and Talbot 2003; for a group of them, the same with blocks).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.learning.blocks import Blocks
from analysis.learning.vocabulary import Floats

SMOOTHING = 2.0  # what is added to each text's likeness to itself
ROWS = 8  # texts multiplied at a time, always as many: more, or fewer, and their last bits depend on their neighbours


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
        scores = np.asarray(blocks.counted @ self.counted, dtype=np.float32)
        dense, turned = _tiles(blocks.dense), _tiles(blocks.turned)
        scores += np.concatenate([*(dense @ self.dense), scores[:0]])[: len(scores)]
        # One label after the other, so that its matrix stays in the processor's cache for all texts.
        for label, matrix in enumerate(self.pairs):
            scores[:, label] += ((turned @ matrix) * turned).sum(axis=2).ravel()[: len(scores)]
        return scores


def _tiles(rows: Floats) -> Floats:
    count, width = -(-len(rows) // ROWS), rows.shape[1]
    missing = np.zeros((count * ROWS - len(rows), width), dtype=np.float32)
    return np.concatenate([rows, missing]).reshape(count, ROWS, width)


def solve(blocks: Blocks, given: NDArray[np.bool_], groups: NDArray[np.intp]) -> tuple[Lines, Floats]:
    """The models, and the score (texts, labels) each text gets from models learned without its group.

    `given` says which labels each text has, (texts, labels); texts of one group are about the same words.
    """
    likeness = blocks.likeness(blocks)
    likeness[np.diag_indices_from(likeness)] += np.float32(SMOOTHING)
    inverse = np.linalg.inv(likeness)
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
