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
ROWS = 16  # texts multiplied at a time, always as many: else the last bits of a score would depend on its company


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
        counted = np.asarray(blocks.counted @ self.counted, dtype=np.float32)
        parts = [
            self._dense_scores(_padded(blocks.dense[at : at + ROWS]), _padded(blocks.turned[at : at + ROWS]))
            for at in range(0, len(counted), ROWS)
        ]
        return counted + np.concatenate(parts)[: len(counted)] if parts else counted

    def _dense_scores(self, dense: Floats, turned: Floats) -> Floats:
        scores = dense @ self.dense
        for label, matrix in enumerate(self.pairs):
            scores[:, label] += ((turned @ matrix) * turned).sum(axis=1)
        return scores


def _padded(rows: Floats) -> Floats:
    return np.concatenate([rows, np.zeros((ROWS - len(rows), rows.shape[1]), dtype=np.float32)])


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
