"""Turns scores into probabilities that hold what they say: Platt's sigmoid for each label, steadied by all labels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from analysis.learning.vocabulary import Floats

SPREAD = 0.5  # how far a label's slope strays from the slope of all labels, as a share of it


@dataclass(frozen=True)
class Sigmoids:
    """For each label a slope and a height: the probability of a score is 1 / (1 + exp(-(slope * score + height)))."""

    slopes: Floats
    heights: Floats

    def probabilities(self, scores: Floats) -> Floats:
        """Probabilities 0-1 for scores (texts, labels)."""
        odds = np.clip(scores * self.slopes + self.heights, -30, 30)
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


def fit(scores: Floats, given: NDArray[np.bool_], weights: Floats) -> Sigmoids:
    """The sigmoids of scores that models gave to texts they had not seen, (texts, labels), which count by `weights`."""
    usual = _sigmoid(scores.ravel(), given.ravel(), np.repeat(weights, given.shape[1]), None)[0]
    found = [_sigmoid(score, has, weights, usual) for score, has in zip(scores.T, given.T, strict=True)]
    slopes, heights = (np.array(column, dtype=np.float32) for column in zip(*found, strict=True))
    return Sigmoids(slopes, heights)


def _sigmoid(score: Floats, has: NDArray[np.bool_], weights: Floats, usual: float | None) -> tuple[float, float]:
    """Platt's fit with his smoothed targets; a known `usual` slope holds the slope near it."""
    score, weights = score.astype(np.float64), weights.astype(np.float64)
    positives, negatives = has.sum(), (~has).sum()
    target = np.where(has, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    slack = SPREAD * usual if usual else 10.0

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = at[0] * score + at[1]
        strays = (at[0] - (usual or 4.0)) / slack
        value = np.sum(weights * (np.logaddexp(0, odds) - target * odds)) + strays**2 / 2
        error = weights * (1 / (1 + np.exp(-odds)) - target)
        return float(value), np.array([error @ score + strays / slack, error.sum()])

    start = np.array([usual or 4.0, 0.0])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.05, None), (None, None)])
    return float(found.x[0]), float(found.x[1])
