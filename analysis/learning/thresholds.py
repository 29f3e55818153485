"""From which probability on a label is given: where F1 was best on unseen texts, steadied by all labels."""

import numpy as np
from numpy.typing import NDArray

from analysis.learning.vocabulary import Floats

STEADY = 10  # a label with so many texts lies half-way between its own best threshold and that of all labels
NEAR_BEST = 0.97  # thresholds almost as good as the best say better where it lies than the best one does
EASINGS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)


def choose(probabilities: Floats, given: NDArray[np.bool_]) -> Floats:
    """A threshold for each label, from probabilities of unseen texts (texts, labels)."""
    pooled = _best(probabilities.ravel(), given.ravel())
    own = np.array([_best(column, has) for column, has in zip(probabilities.T, given.T, strict=True)])
    positives = given.sum(axis=0)
    return np.asarray((own * positives + pooled * STEADY) / (positives + STEADY), dtype=np.float32)


def _best(probabilities: Floats, has: NDArray[np.bool_]) -> float:
    if not has.any():
        return 0.5
    order = np.argsort(-probabilities, kind="stable")
    right = has[order].cumsum()
    f1 = 2 * right / (np.arange(1, len(order) + 1) + has.sum())
    return float(probabilities[order][f1 >= NEAR_BEST * f1.max()].mean())


def given_labels(probabilities: Floats, thresholds: Floats, easing: float = 1.0) -> NDArray[np.bool_]:
    """Which labels each text gets, (texts, labels).

    A text that would get none gets its likeliest one if that comes within `easing` (0-1) of its threshold.
    """
    reached = probabilities / thresholds
    labels = np.asarray(reached > 1)
    likeliest = reached.argmax(axis=1)
    rows = np.flatnonzero(~labels.any(axis=1) & (reached.max(axis=1, initial=0) > easing))
    labels[rows, likeliest[rows]] = True
    return labels


def ease(probabilities: Floats, given: NDArray[np.bool_], thresholds: Floats) -> float:
    """How far "none of these" should give way, learned from texts with their labels: 1 for not at all."""
    return max(EASINGS, key=lambda easing: _micro(given_labels(probabilities, thresholds, easing), given))


def _micro(labels: NDArray[np.bool_], given: NDArray[np.bool_]) -> float:
    return float(2 * (labels & given).sum() / max(1, labels.sum() + given.sum()))
