"""Decides who speaks for a label: its rules, until a model is no worse on texts that people coded."""

import numpy as np
from numpy.typing import NDArray

from analysis.learning.metrics import f1

ACCEPTED = 10  # live statements a person gave the label, before a model learned from live data may speak for it
Bools = NDArray[np.bool_]


def taken_over(meant: Bools, by_rules: Bools, by_model: Bools, accepted: NDArray[np.int64] | None = None) -> Bools:
    """For each label whether its model speaks: somebody meant it, and the model's F1 is no worse than the rules'.

    The three are (texts, labels). For a model learned from live data `accepted` counts, for each label, the live
    statements that people gave it.
    """
    no_worse = _f1(meant, by_model) >= _f1(meant, by_rules)
    enough = np.ones(meant.shape[1], dtype=bool) if accepted is None else accepted >= ACCEPTED
    return np.asarray(no_worse & enough & meant.any(axis=0) & (_f1(meant, by_model) > 0))


def _f1(meant: Bools, said: Bools) -> NDArray[np.float64]:
    return np.asarray(f1((meant & said).sum(axis=0), said.sum(axis=0), meant.sum(axis=0)))
