"""How good given labels are: the usual figures for many labels, with intervals by resampling groups of texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
ROUNDS = 1000
LEVEL = 0.95


@dataclass(frozen=True)
class _Counts:
    """Sums for one resampling each: by label (rounds, labels), by text (rounds)."""

    right: NDArray[np.float64]
    said: NDArray[np.float64]
    meant: NDArray[np.float64]
    samples: NDArray[np.float64]
    exact: NDArray[np.float64]
    texts: NDArray[np.float64]


def measure(
    meant: Bools, said: Bools, labels: tuple[str, ...], groups: NDArray[np.intp], seed: int = 0
) -> dict[str, Any]:
    """Figures 0-1 for labels said against labels meant, both bool (texts, labels).

    macro and kappa are means over the labels that somebody meant. samples counts a text rightly left without labels as
    1. hamming is the share of right decisions, hamming_loss the rest. Intervals are 95 %, from 1,000 resamplings of
    whole groups of texts.
    """
    plain = _figures(_counted(meant, said, np.ones((1, len(meant)))))
    rounds = _figures(_counted(meant, said, _resampled(groups, seed)))
    edges = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    intervals = {name: [round(float(at), 4) for at in np.quantile(values, edges)] for name, values in rounds.items()}
    figures = {name: round(float(values[0]), 4) for name, values in plain.items()}
    return {**figures, "intervals": intervals, "labels": _by_label(meant, said, labels)}


def f1(right: Any, said: Any, meant: Any) -> Any:
    """The harmonic mean of precision and recall; 0 where nothing is right."""
    return 2 * right / np.maximum(said + meant, 1)


def kappa(right: Any, said: Any, meant: Any, texts: Any) -> Any:
    """Cohen's kappa of yes-or-no decisions on `texts` texts; 1 where both never vary and agree."""
    agreed = (texts - said - meant + 2 * right) / texts
    chance = (said * meant + (texts - said) * (texts - meant)) / texts**2
    return np.where(chance >= 1, 1.0, (agreed - chance) / np.where(chance >= 1, 1, 1 - chance))


def _figures(counts: _Counts) -> Mapping[str, NDArray[np.float64]]:
    texts, labels = counts.texts, counts.meant.shape[1]
    wrong = (counts.said + counts.meant - 2 * counts.right).sum(axis=1) / (texts * max(1, labels))
    each = f1(counts.right, counts.said, counts.meant)
    agreement = kappa(counts.right, counts.said, counts.meant, texts[:, None])
    return {
        "micro": f1(counts.right.sum(axis=1), counts.said.sum(axis=1), counts.meant.sum(axis=1)),
        "macro": _mean_of_meant(each, counts.meant),
        "samples": counts.samples / texts,
        "hamming": 1 - wrong,
        "hamming_loss": wrong,
        "exact": counts.exact / texts,
        "kappa": _mean_of_meant(agreement, counts.meant),
    }


def _mean_of_meant(values: NDArray[np.float64], meant: NDArray[np.float64]) -> NDArray[np.float64]:
    counts = meant > 0
    return np.asarray((values * counts).sum(axis=1) / np.maximum(1, counts.sum(axis=1)))


def _counted(meant: Bools, said: Bools, times: NDArray[np.float64]) -> _Counts:
    """Sums with each text counted `times`, (rounds, texts)."""
    both, either = (meant & said).sum(axis=1), meant.sum(axis=1) + said.sum(axis=1)
    samples = np.where(either == 0, 1.0, 2 * both / np.maximum(1, either))
    exact = (meant == said).all(axis=1)
    right, said_so, meant_so = (times @ table.astype(np.float64) for table in (meant & said, said, meant))
    return _Counts(right, said_so, meant_so, times @ samples, times @ exact, times.sum(axis=1))


def _resampled(groups: NDArray[np.intp], seed: int) -> NDArray[np.float64]:
    """How often each text is drawn in each round, (rounds, texts), whole groups at a time."""
    _, number = np.unique(groups, return_inverse=True)
    total = int(number.max()) + 1
    drawn = np.random.default_rng(seed).multinomial(total, np.full(total, 1 / total), size=ROUNDS)
    return np.asarray(drawn[:, number], dtype=np.float64)


def _by_label(meant: Bools, said: Bools, labels: tuple[str, ...]) -> dict[str, dict[str, float]]:
    found = {}
    for number, label in enumerate(labels):
        right, given, wanted = ((meant & said)[:, number].sum(), said[:, number].sum(), meant[:, number].sum())
        found[label] = {
            "f1": round(float(f1(right, given, wanted)), 4),
            "precision": round(float(right / max(1, given)), 4),
            "recall": round(float(right / max(1, wanted)), 4),
            "kappa": round(float(kappa(right, given, wanted, len(meant))), 4),
            "support": int(wanted),
        }
    return found
