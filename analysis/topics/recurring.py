"""Which topics are there again when clustering begins from another seed, and how much of them."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score

from analysis.topics.clustering import OUTSIDE, Labels

# A topic is there again if another run has one that shares at least half of all statements in either.
SAME = 0.5


def overlap(one: Labels, other: Labels) -> NDArray[np.float64]:
    """The share that each topic of one run and each of another have in common: both / either, (topics, topics)."""
    rows, columns = int(one.max(initial=OUTSIDE)) + 1, int(other.max(initial=OUTSIDE)) + 1
    both = np.zeros((rows, columns))
    inside = (one != OUTSIDE) & (other != OUTSIDE)
    np.add.at(both, (one[inside], other[inside]), 1)
    sizes = [
        np.bincount(labels[labels != OUTSIDE], minlength=count) for labels, count in ((one, rows), (other, columns))
    ]
    return both / np.maximum(sizes[0][:, None] + sizes[1][None, :] - both, 1)


def agreement(runs: Sequence[Labels]) -> float:
    """How far the runs agree, as the mean adjusted Rand index of every two: 1 alike, 0 as by chance."""
    pairs = [adjusted_rand_score(one, other) for one, other in combinations(runs, 2)]
    return float(np.mean(pairs)) if pairs else 1.0


def most_typical(runs: Sequence[Labels]) -> int:
    """The run that agrees best with the others; the first of equals."""
    if len(runs) == 1:
        return 0
    with_others = [
        np.mean([adjusted_rand_score(one, other) for at, other in enumerate(runs) if at != number])
        for number, one in enumerate(runs)
    ]
    return int(np.argmax(with_others))


def recurring(runs: Sequence[Labels], *, drop: bool = True) -> tuple[Labels, list[float]]:
    """The topics of the most typical run that every other run has again, largest first, each with its stability.

    A statement is in a topic if most runs put it there. Stability is the mean share in common with the other runs,
    from 0 to 1. Without `drop`, every topic of that run is kept with the statements it has there.
    """
    typical = most_typical(runs)
    base = runs[typical]
    votes = np.zeros((int(base.max(initial=OUTSIDE)) + 1, len(base)), dtype=np.int64)
    votes[base[base != OUTSIDE], np.flatnonzero(base != OUTSIDE)] = 1
    shares = []
    for number, other in enumerate(runs):
        if number != typical:
            share, again = _again(base, other)
            votes += again
            shares.append(share)
    stability = np.mean(shares, axis=0) if shares else np.ones(len(votes))
    least = np.min(shares, axis=0) if shares else np.ones(len(votes))
    labels = _by_majority(votes, np.flatnonzero(least >= SAME), len(runs)) if drop else base
    return _largest_first(labels, stability)


def _again(base: Labels, other: Labels) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """For each topic its share in common with its own counterpart, and the statements that counterpart has."""
    common = overlap(base, other)
    share, again = np.zeros(len(common)), np.zeros((len(common), len(base)), dtype=np.int64)
    for topic, counterpart in zip(*linear_sum_assignment(-common), strict=True):
        share[topic] = common[topic, counterpart]
        again[topic] = other == counterpart
    return share, again


def _by_majority(votes: NDArray[np.int64], topics: NDArray[np.intp], runs: int) -> Labels:
    labels = np.full(votes.shape[1], OUTSIDE, dtype=np.int64)
    for topic in topics:
        labels[votes[topic] * 2 > runs] = topic
    return labels


def _largest_first(labels: Labels, stability: NDArray[np.float64]) -> tuple[Labels, list[float]]:
    topics, sizes = np.unique(labels[labels != OUTSIDE], return_counts=True)
    order = topics[np.lexsort((topics, -sizes))]
    renamed = np.full(len(labels), OUTSIDE, dtype=np.int64)
    for new, old in enumerate(order):
        renamed[labels == old] = new
    return renamed, [float(stability[old]) for old in order]
