"""Notices when many recent statements lie close together where few did before: a scan for a theme nobody knows yet.

Around every statement its nearest neighbours are counted, recent and earlier, and the least likely surplus of recent
ones is held against the same in shuffled time: whole contributions change places, so that one person who says a thing
five times is not five. After Kulldorff 1997, A spatial scan statistic, doi 10.1080/03610929708831995.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.preprocessing import normalize

from analysis.topics.clustering import Vectors

WEEKS_RECENT = 4
WEEKS_BEFORE = 26
CIRCLES = (5, 8, 12, 16, 24, 32)  # how many nearest statements are looked at together
SHUFFLES = 499
# One week in two hundred by chance: about one false alarm in four years of unchanged weeks.
RARE = 0.005
LEAST_RECENT = 20  # statements; fewer are no basis
LEAST_EARLIER = 60
LEAST_SPEAKERS = 3

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Alarm:
    """Where recent statements are too close together: their rows, and how often chance does as much (0 to 1)."""

    rows: tuple[int, ...]
    chance: float


def is_enough(recent: Bools) -> bool:
    """Whether there are statements enough, recent and earlier, to tell anything."""
    return int(recent.sum()) >= LEAST_RECENT and int((~recent).sum()) >= LEAST_EARLIER


def watch(vectors: Vectors, recent: Bools, contributions: Sequence[int], seed: int = 0) -> Alarm | None:
    """The recent statements that stand out, or None. `contributions` says as a number who is speaking."""
    if not is_enough(recent):
        return None
    near = _nearest(vectors)
    sizes = np.array([size for size in CIRCLES if size <= near.shape[1]])
    surplus = _surplus(sizes, len(recent), int(recent.sum()))
    speakers, of = np.unique(np.asarray(contributions), return_inverse=True)
    seen = _strength(recent, near, sizes, surplus)
    highest = float(seen.max())
    draw = np.random.default_rng(seed)
    is_recent = np.zeros(len(speakers), dtype=bool)
    is_recent[of[recent]] = True
    as_much = 1 + sum(
        _strength(draw.permutation(is_recent)[of], near, sizes, surplus).max() >= highest for _ in range(SHUFFLES)
    )
    chance = as_much / (SHUFFLES + 1)
    centre, circle = np.unravel_index(int(seen.argmax()), seen.shape)
    rows = [int(row) for row in near[centre, : sizes[circle]] if recent[row]]
    if chance > RARE or len(set(of[rows])) < LEAST_SPEAKERS:
        return None
    return Alarm(tuple(sorted(rows)), chance)


def _nearest(vectors: Vectors) -> NDArray[np.intp]:
    """For each statement the rows most like it, itself first, by what sets each apart from the usual."""
    number = min(CIRCLES[-1], len(vectors))
    apart = normalize(vectors - vectors.mean(axis=0))
    like = apart @ apart.T
    np.fill_diagonal(like, np.inf)
    closest = np.argpartition(-like, number - 1, axis=1)[:, :number]
    order = np.argsort(-np.take_along_axis(like, closest, axis=1), axis=1, kind="stable")
    return np.take_along_axis(closest, order, axis=1)


def _strength(
    recent: Bools, near: NDArray[np.intp], sizes: NDArray[np.int64], surplus: NDArray[np.float64]
) -> NDArray[np.float64]:
    counted = np.cumsum(recent[near], axis=1)[:, sizes - 1]
    return surplus[np.arange(len(sizes)), counted]


def _surplus(sizes: NDArray[np.int64], everything: int, recent: int) -> NDArray[np.float64]:
    """How unlikely each count of recent ones is in a circle of each size: log likelihood ratio, 0 where not more."""
    found = np.zeros((len(sizes), int(sizes[-1]) + 1))
    for at, size in enumerate(sizes):
        for inside in range(min(int(size), recent) + 1):
            if inside / size > recent / everything:
                outside = _log(recent - inside, everything - int(size))
                found[at, inside] = _log(inside, int(size)) + outside - _log(recent, everything)
    return found


def _log(some: int, of: int) -> float:
    """The log likelihood of so many of so many, at their own share."""
    rest = of - some
    return (some * np.log(some / of) if some else 0.0) + (rest * np.log(rest / of) if rest else 0.0)
