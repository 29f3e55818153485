"""The learned likeness: what it scores, and that its file is the one its statements make."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import resemblance
from feedback.resemblance import Weights, grams, score

CASES = Path(__file__).parent / "data" / "triage_cases.yaml"
LEARNED = Weights({"door": (2.0, 3.0), "the door": (4.0, -1.0), "quiet~": (1.0, 5.0)}, intercept=-0.5, threshold=0.0)


def test_the_weights_were_learned_from_the_statements_as_they_are_now():
    learned = json.loads(resemblance.WEIGHTS.read_text(encoding="utf-8"))
    assert learned["cases_sha256"] == hashlib.sha256(CASES.read_bytes()).hexdigest(), (
        "Run `python -m tools.train_triage`."
    )


@pytest.mark.parametrize(
    ("plain", "found"),
    [
        ("", []),
        ("door", ["door"]),
        ("the door", ["the", "door", "the door"]),
        ("quietly", ["quietly", "quiet~"]),
        ("quiet", ["quiet"]),
    ],
)
def test_words_pairs_and_beginnings_are_told_apart(plain, found):
    assert grams(plain) == found


def test_the_score_is_the_weighted_sum_whatever_the_length():
    assert score("door", LEARNED) == pytest.approx(-0.5 + 3.0)
    assert score("the door", LEARNED) == pytest.approx(-0.5 + (2 * 3 - 4) / (2**2 + 4**2) ** 0.5)
    assert score("door door door", LEARNED) == score("door", LEARNED)


def test_unknown_words_leave_the_intercept():
    assert score("heron", LEARNED) == LEARNED.intercept
    assert score("", LEARNED) == LEARNED.intercept


def test_nothing_said_resembles_nothing():
    assert not resemblance.resembles_danger("")


@given(st.text(max_size=300))
def test_any_text_has_a_score(plain):
    assert isinstance(score(plain, resemblance.weights()), float)
