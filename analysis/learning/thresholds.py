"""From which probability on a label is given: where F1 was best on unseen texts, steadied by all labels."""

import numpy as np
from numpy.typing import NDArray

from analysis.learning.vocabulary import Floats

STEADY = 10  # a label with so many texts lies half-way between its own best threshold and that of all labels
NEAR_BEST = 0.97  # thresholds almost as good as the best say better where it lies than the best one does
EASINGS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)


def choose(probabilities: Floats, given: NDArray[np.bool_], weights: Floats) -> Floats:
    """A threshold for each label, from probabilities of unseen texts (texts, labels), which count by `weights`."""
    pooled = _best(probabilities.ravel(), given.ravel(), np.repeat(weights, given.shape[1]))
    own = np.array([_best(column, has, weights) for column, has in zip(probabilities.T, given.T, strict=True)])
    positives = given.sum(axis=0)
    return np.asarray((own * positives + pooled * STEADY) / (positives + STEADY), dtype=np.float32)


def _best(probabilities: Floats, has: NDArray[np.bool_], weights: Floats) -> float:
    if not has.any():
        return 0.5
    order = np.argsort(-probabilities, kind="stable")
    weights = weights[order].astype(np.float64)
    right = (has[order] * weights).cumsum()
    f1 = 2 * right / (weights.cumsum() + right[-1])
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


def ease(probabilities: Floats, given: NDArray[np.bool_], thresholds: Floats, weights: Floats) -> float:
    """How far "none of these" should give way, learned from texts with their labels and weights: 1 for not at all."""
    return max(EASINGS, key=lambda easing: _micro(given_labels(probabilities, thresholds, easing), given, weights))


def _micro(labels: NDArray[np.bool_], given: NDArray[np.bool_], weights: Floats) -> float:
    right, said, meant = (float(weights @ which.sum(axis=1)) for which in (labels & given, labels, given))
    return 2 * right / (said + meant) if said + meant else 0.0
