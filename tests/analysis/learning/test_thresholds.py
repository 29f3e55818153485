"""Where a label begins, worked out by hand."""

import numpy as np
import pytest

from analysis.learning.thresholds import STEADY, choose, ease, given_labels

SAME = np.ones(2000)


def test_a_label_with_many_texts_begins_where_its_own_f1_is_best():
    probabilities = np.repeat([0.9, 0.8, 0.3, 0.1], 500)[:, None]
    given = np.repeat([True, True, False, False], 500)[:, None]
    (threshold,) = choose(probabilities, given, SAME)
    assert 0.3 < threshold < 0.9


def test_a_rare_label_is_drawn_to_the_threshold_of_all():
    often = np.repeat([0.6, 0.2], 1000)
    rare = np.full(2000, 0.01)
    rare[0] = 0.05
    given = np.stack([np.repeat([True, False], 1000), np.arange(2000) == 0], axis=1)
    own = choose(rare[:, None], given[:, 1:], SAME)[0]
    beside = choose(np.stack([often, rare], axis=1), given, SAME)
    assert own == pytest.approx(0.05)
    pooled = choose(np.concatenate([often, rare])[:, None], given.T.reshape(-1, 1), np.ones(4000))[0]
    assert beside[1] == pytest.approx((0.05 + STEADY * pooled) / (1 + STEADY), abs=0.01)


def test_a_label_that_no_text_has_needs_more_than_half():
    assert choose(np.array([[0.2], [0.4]]), np.array([[False], [False]]), np.ones(2))[0] == pytest.approx(0.5)


def test_none_of_these_is_an_answer_and_gives_way_only_as_far_as_it_is_eased():
    probabilities, levels = np.array([[0.6, 0.1], [0.45, 0.1], [0.1, 0.1]]), np.array([0.5, 0.5])
    assert given_labels(probabilities, levels).tolist() == [[True, False], [False, False], [False, False]]
    assert given_labels(probabilities, levels, 0.8).tolist() == [[True, False], [True, False], [False, False]]


def test_where_every_text_has_a_label_the_likeliest_is_given_sooner():
    probabilities, levels = np.array([[0.6, 0.1], [0.42, 0.1], [0.1, 0.42]] * 9), np.array([0.5, 0.5])
    always = np.array([[True, False], [True, False], [False, True]] * 9)
    seldom = np.array([[True, False], [False, False], [False, False]] * 9)
    assert ease(probabilities, always, levels, np.ones(27)) < 0.84
    assert ease(probabilities, seldom, levels, np.ones(27)) > 0.84


def test_the_more_texts_without_it_count_the_later_a_label_begins():
    probabilities = np.linspace(0.95, 0.05, 2000)[:, None]
    given = np.random.default_rng(0).random((2000, 1)) < probabilities
    heavy = np.where(given[:, 0], 1.0, 5.0)
    assert choose(probabilities, given, heavy)[0] > choose(probabilities, given, SAME)[0] + 0.1


def test_none_of_these_gives_way_less_where_texts_with_none_count_more():
    probabilities, levels = np.array([[0.6], [0.42], [0.42]] * 9), np.array([0.5])
    given = np.array([[True], [True], [False]] * 9)
    seldom = np.where(given[:, 0], 1.0, 10.0)
    assert ease(probabilities, given, levels, np.ones(27)) < 0.84 < ease(probabilities, given, levels, seldom)
