"""The attacker's arithmetic, by hand: if it reasoned badly, a gate that leaks would pass."""

import random
from collections import Counter

import pytest

from analysis.disclosure.published import LEAST
from tools import attack_disclosure
from tools.attack_disclosure import Tally

A, B, C = (("2026-Q1", "crime-type", slug) for slug in "abc")


def test_a_printed_figure_is_within_two_of_the_truth_and_never_small():
    assert attack_disclosure._claim((A,), "1,025") == [((A,), 1023, 1027)]
    assert attack_disclosure._claim((A,), str(LEAST)) == [((A,), LEAST, LEAST + 2)]


def test_a_small_count_lies_below_the_least_and_one_not_shown_says_nothing():
    assert attack_disclosure._claim((A,), f"fewer than {LEAST}") == [((A,), 0, LEAST - 1)]
    assert attack_disclosure._claim((A,), "not shown") == []


def test_the_sum_of_hidden_counts_is_read_like_a_figure_except_the_largest():
    assert attack_disclosure._rest_claim((A, B), "about 12", 2) == [((A, B), LEAST, 14)]
    assert attack_disclosure._rest_claim((A, B), "about 15", 2) == [((A, B), 13, 18)]
    assert attack_disclosure._rest_claim((A, B, C), "about 20", 3) == [((A, B, C), 18, 27)]
    assert attack_disclosure._rest_claim((A, B), f"fewer than {LEAST}", 2) == [((A, B), 0, LEAST - 1)]


def test_a_sum_bounds_each_of_its_parts():
    bounds = {A: (2, 5), B: (0, 100)}
    attack_disclosure._tighten(bounds, (A, B), 10, 12)
    assert bounds == {A: (2, 5), B: (5, 10)}


def test_a_sum_and_one_part_known_exactly_give_the_other():
    bounds = {A: (4, 4), B: (0, 100)}
    attack_disclosure._tighten(bounds, (A, B), 11, 11)
    assert bounds[B] == (7, 7)


def test_bounds_are_never_loosened():
    bounds = {A: (3, 4), B: (3, 4)}
    attack_disclosure._tighten(bounds, (A, B), 0, 1000)
    assert bounds == {A: (3, 4), B: (3, 4)}


def test_the_bounds_of_a_sum_are_the_sums_of_bounds():
    assert attack_disclosure._span((A, B), {A: (1, 2), B: (3, 5), C: (9, 9)}) == (4, 7)
    assert attack_disclosure._span((), {}) == (0, 0)


def test_a_printed_sum_replaces_looser_parts():
    bounds = {A: (0, 100), B: (0, 100), C: (1, 2)}
    assert attack_disclosure._best((A, B, C), bounds, [((A, B), 10, 14)]) == (11, 16)
    assert attack_disclosure._best((A, C), bounds, [((A, B), 10, 14)]) == (1, 102)


def test_what_is_left_of_a_whole_of_known_size_is_found():
    bounds = {A: (0, 100), B: (8, 8)}
    attack_disclosure._through_claims(bounds, [((A,), 0, 9)], (A, B), 12, 12)
    assert bounds[A] == (4, 4)


def test_a_hidden_count_between_two_printed_ones_is_worked_out():
    whole = ("2026-Q1", "", "")
    others = [((("2026-Q1", "crime-type", slug),), 6, 6) for slug in ("b", "c", "d", "")]
    bounds = attack_disclosure._narrowed([((whole,), 27, 27), *others])
    assert bounds[A] == (3, 3)
    assert bounds["2026-Q2", "crime-type", "a"] == (0, 10_000)


@pytest.mark.parametrize(
    ("low", "high", "exact", "narrow"),
    [(3, 3, 1, 1), (0, attack_disclosure.NARROWEST - 1, 0, 1), (0, attack_disclosure.NARROWEST, 0, 0)],
)
def test_what_counts_as_given_away(low, high, exact, narrow):
    tally = Tally()
    attack_disclosure._judge(tally, low, high)
    assert (tally.exact, tally.narrow) == (exact, narrow)
    assert tally.has_failed is bool(exact or narrow)


def test_wide_rooms_count_as_the_least_in_the_mean():
    tally = Tally()
    attack_disclosure._judge(tally, 0, 10_000)
    assert tally.widths == Counter({LEAST: 1})
    assert tally.lines()[-1].endswith(f"{LEAST}.0")


@pytest.mark.parametrize("fault", ["exact", "narrow", "false"])
def test_each_fault_alone_is_a_failure_and_a_refusal_is_none(fault):
    assert Tally(**{fault: 1}).has_failed
    assert not Tally(refused=5, hidden=3).has_failed


def test_made_up_contributions_are_the_same_for_the_same_seed():
    def drawn(seed):
        heard = attack_disclosure.made_up(random.Random(seed))  # noqa: S311 - made-up tables
        return [(one.quarter, one.category, tuple(one.themes.items())) for one in heard]

    assert drawn(3) == drawn(3)
    assert drawn(3) != drawn(4)


def test_the_truth_counts_one_contribution_once_in_every_split():
    heard = attack_disclosure._one("2026-Q1", "a", {"t0": "problem"})
    assert list(attack_disclosure._keys(heard)) == [("2026-Q1", "", ""), ("2026-Q1", "valence", "problem"), A]
    assert list(attack_disclosure._keys(attack_disclosure._one("2026-Q1", "a", {}))) == []
