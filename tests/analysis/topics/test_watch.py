"""The watch: recent statements too close together, in made-up vectors."""

import numpy as np
import pytest

from analysis.topics.watch import LEAST_EARLIER, LEAST_RECENT, is_enough, watch


def made_up(planted, *, seed=0, recent=80, earlier=400, spread=0.05):
    """Statements in no particular place, and recent ones close together at the end."""
    draw = np.random.default_rng(seed)
    vectors = draw.normal(0, 1, (earlier + recent + planted, 24))
    vectors[earlier + recent :] = draw.normal(0, 1, 24) + draw.normal(0, spread, (planted, 24))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors.astype(np.float32), np.arange(len(vectors)) >= earlier


def test_a_theme_nobody_knew_is_noticed_and_shown_where_it_is():
    vectors, recent = made_up(20)
    alarm = watch(vectors, recent, range(500))
    assert alarm is not None
    assert len(set(alarm.rows) & set(range(480, 500))) >= 16
    assert all(recent[row] for row in alarm.rows)
    assert 0 < alarm.chance <= 0.005


def test_the_same_seed_says_the_same():
    vectors, recent = made_up(20)
    assert watch(vectors, recent, range(500), 4) == watch(vectors, recent, range(500), 4)


def test_a_theme_that_was_always_there_is_none():
    vectors, recent = made_up(40)
    recent[480:] = np.arange(40) < 7
    assert watch(vectors, recent, range(520)) is None


def test_one_person_saying_it_often_is_no_theme():
    vectors, recent = made_up(20)
    assert watch(vectors, recent, [*range(480), *[480] * 20]) is None


@pytest.mark.parametrize("seed", range(12))
def test_where_nothing_changed_it_says_nothing(seed):
    vectors, recent = made_up(0, seed=seed)
    assert watch(vectors, recent, range(480)) is None


def test_too_few_statements_tell_nothing():
    vectors, recent = made_up(0, recent=LEAST_RECENT - 1)
    assert not is_enough(recent)
    assert watch(vectors, recent, range(len(recent))) is None
    assert not is_enough(made_up(0, earlier=LEAST_EARLIER - 1)[1])
