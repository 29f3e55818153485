"""The figures are those of the library everybody knows, and their intervals hold together what belongs together."""

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, cohen_kappa_score, f1_score, hamming_loss

from analysis.learning.metrics import measure

LABELS = ("a", "b", "c", "never-meant")


@pytest.fixture
def judged():
    rng = np.random.default_rng(5)
    meant = rng.random((200, 4)) < [0.5, 0.3, 0.05, 0.0]
    return meant, meant ^ (rng.random((200, 4)) < 0.15)


def test_the_figures_agree_with_the_library(judged):
    meant, said = judged
    found = measure(meant, said, LABELS, np.arange(200))
    assert found["micro"] == pytest.approx(f1_score(meant, said, average="micro"), abs=1e-4)
    assert found["macro"] == pytest.approx(f1_score(meant[:, :3], said[:, :3], average="macro"), abs=1e-4)
    assert found["samples"] == pytest.approx(f1_score(meant, said, average="samples", zero_division=1.0), abs=1e-4)
    assert found["hamming_loss"] == pytest.approx(hamming_loss(meant, said), abs=1e-4)
    assert found["hamming"] == pytest.approx(1 - hamming_loss(meant, said), abs=1e-4)
    assert found["exact"] == pytest.approx(accuracy_score(meant, said), abs=1e-4)
    kappas = [cohen_kappa_score(meant[:, number], said[:, number]) for number in range(3)]
    assert found["kappa"] == pytest.approx(np.mean(kappas), abs=1e-4)


def test_each_label_has_its_f1_and_its_support(judged):
    meant, said = judged
    labels = measure(meant, said, LABELS, np.arange(200))["labels"]
    assert [labels[name]["support"] for name in LABELS] == meant.sum(axis=0).tolist()
    assert labels["b"]["f1"] == pytest.approx(f1_score(meant[:, 1], said[:, 1]), abs=1e-4)
    assert labels["never-meant"]["f1"] == 0


def test_intervals_hold_the_figure_and_widen_where_texts_are_said_again(judged):
    meant, said = judged
    each = measure(meant, said, LABELS, np.arange(200))
    low, high = each["intervals"]["micro"]
    assert low < each["micro"] < high
    tens = measure(meant, said, LABELS, np.arange(200) // 20)["intervals"]["micro"]
    again = measure(meant.repeat(10, axis=0), said.repeat(10, axis=0), LABELS, np.arange(200).repeat(10))
    assert again["intervals"]["micro"] == pytest.approx([low, high], abs=0.02)
    assert tens[1] > tens[0]


def test_the_same_seed_gives_the_same_intervals(judged):
    first, second = (measure(*judged, LABELS, np.arange(200), seed=4) for _ in range(2))
    assert first == second


def test_texts_rightly_left_without_a_label_count_as_right():
    none = np.zeros((3, 2), dtype=bool)
    found = measure(none, none, ("a", "b"), np.arange(3))
    assert (found["samples"], found["exact"], found["micro"]) == (1, 1, 0)
