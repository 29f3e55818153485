"""The learned likeness: what it scores, and which files are refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.resemblance import LARGEST, Likeness, NotALikeness, grams, read, resembles_danger, score

LEARNED = Likeness({"door": (2.0, 3.0), "the door": (4.0, -1.0), "quiet~": (1.0, 5.0)}, intercept=-0.5, threshold=0.0)
WRITTEN = {
    "intercept": -0.5,
    "threshold": 0,
    "grams": {"door": [2.0, 3], "the door": [4.0, -1.0], "quiet~": [1.0, 5.0]},
}


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


@pytest.mark.parametrize(("threshold", "is_alike"), [(2.4, True), (2.5, False), (2.6, False)])
def test_only_above_the_threshold_is_it_danger(threshold, is_alike):
    assert resembles_danger("door", Likeness(LEARNED.grams, -0.5, threshold)) is is_alike


def test_nothing_said_resembles_nothing(likeness):
    assert not resembles_danger("", likeness)


@given(plain=st.text(max_size=300))
def test_any_text_has_a_score(likeness, plain):
    assert isinstance(score(plain, likeness), float)


def test_what_was_written_is_read():
    assert read(json.dumps(WRITTEN).encode()) == LEARNED


@pytest.mark.parametrize(
    "changed",
    [
        {"intercept": None},
        {"intercept": "1"},
        {"intercept": True},
        {"threshold": float("nan")},
        {"threshold": float("inf")},
        {"threshold": LARGEST + 1},
        {"threshold": -(10**400)},
        {"grams": None},
        {"grams": ["door"]},
        {"grams": {"door": 2.0}},
        {"grams": {"door": [2.0]}},
        {"grams": {"door": [2.0, 3.0, 4.0]}},
        {"grams": {"door": [2.0, "3"]}},
        {"grams": {"door": [2.0, float("nan")]}},
    ],
    ids=str,
)
def test_what_could_not_have_been_learned_is_refused(changed):
    with pytest.raises(NotALikeness):
        read(json.dumps({**WRITTEN, **changed}).encode())


@pytest.mark.parametrize("part", WRITTEN)
def test_a_file_without_one_of_its_parts_is_refused(part):
    with pytest.raises(NotALikeness):
        read(json.dumps({name: value for name, value in WRITTEN.items() if name != part}).encode())


@pytest.mark.parametrize("written", [b"", b"{", b"[]", b"null", b"\x80\x04]\x94.", b"\xff\xfe\x00", b"[" * 100_000])
def test_what_is_not_such_a_file_is_refused(written):
    with pytest.raises(NotALikeness):
        read(written)


def test_a_file_cut_off_anywhere_is_refused(models):
    written = (models / "triage.json").read_bytes().rstrip()
    for length in range(0, len(written), 997):
        with pytest.raises(NotALikeness):
            read(written[:length])
    with pytest.raises(NotALikeness):
        read(written[:-1])


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(written):
    with pytest.raises(NotALikeness):
        read(written)
