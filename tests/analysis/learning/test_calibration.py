"""Probabilities hold what they say, also where a label is rare."""

import numpy as np
import pytest

from analysis.learning.calibration import fit


def scored(slope, height, texts, seed=0):
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=texts)
    return scores, rng.random(texts) < 1 / (1 + np.exp(-(slope * scores + height)))


def same(texts):
    return np.ones(len(texts), dtype=np.float32)


def test_the_sigmoid_that_made_the_labels_is_found_again():
    scores, has = scored(3.0, -1.0, 20_000)
    found = fit(scores[:, None], has[:, None], same(has))
    assert abs(found.slopes[0] - 3.0) < 0.2
    assert abs(found.heights[0] + 1.0) < 0.1


def test_of_texts_said_to_be_seventy_percent_likely_seventy_percent_have_the_label():
    scores, has = scored(2.0, -2.0, 20_000)
    said = fit(scores[:, None], has[:, None], same(has)).probabilities(scores[:, None])[:, 0]
    near = (said > 0.65) & (said < 0.75)
    assert abs(has[near].mean() - said[near].mean()) < 0.05


def test_a_label_seen_twice_takes_the_slope_of_the_others():
    scores, has = scored(3.0, -1.0, 2_000)
    rare_scores, rare = np.full(2_000, -0.9), np.zeros(2_000, dtype=bool)
    rare[:2], rare_scores[:2] = True, 0.9
    found = fit(np.stack([scores, rare_scores], axis=1), np.stack([has, rare], axis=1), same(has))
    assert found.slopes[0] > 0
    assert found.slopes[1] < 3 * found.slopes[0]
    assert 0 < found.probabilities(np.array([[0.0, -0.9]]))[0, 1] < 0.05


def test_a_label_that_every_text_or_no_text_has_is_no_reason_to_fail():
    scores = np.linspace(-1, 1, 10)[:, None].repeat(2, axis=1)
    given = np.array([[True, False]] * 10)
    said = fit(scores, given, same(given)).probabilities(scores)
    assert np.isfinite(said).all()
    assert (said[:, 0] > said[:, 1]).all()


def test_texts_that_count_half_weigh_as_much_as_half_as_many():
    scores, has = scored(3.0, -1.0, 2_000)
    half = np.concatenate([np.ones(1_000), np.full(1_000, 0.5)]).astype(np.float32)
    twice = np.concatenate([np.repeat(np.arange(1_000), 2), np.arange(1_000, 2_000)])
    weighed = fit(scores[:, None], has[:, None], 2 * half)
    repeated = fit(scores[twice, None], has[twice, None], same(twice))
    assert weighed.heights[0] == pytest.approx(repeated.heights[0], abs=0.02)
    assert weighed.slopes[0] == pytest.approx(repeated.slopes[0], abs=0.02)
