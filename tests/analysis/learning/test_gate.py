"""A model speaks for a label only where it is no worse than its rules."""

import numpy as np

from analysis.learning.gate import ACCEPTED, taken_over

MEANT = np.array([[1, 1, 1, 0], [1, 1, 1, 0], [0, 0, 0, 0]], dtype=bool)
RULES = np.array([[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0]], dtype=bool)
MODEL = np.array([[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]], dtype=bool)


def test_better_speaks_worse_does_not_and_what_nobody_meant_or_nothing_finds_stays_with_rules():
    assert taken_over(MEANT, RULES, MODEL).tolist() == [True, False, False, False]


def test_no_worse_is_enough():
    assert taken_over(MEANT, RULES, RULES).tolist() == [True, True, False, False]


def test_live_data_needs_ten_accepted_statements_as_well():
    accepted = np.array([ACCEPTED - 1, ACCEPTED, ACCEPTED, ACCEPTED])
    assert taken_over(MEANT, RULES, RULES, accepted).tolist() == [False, True, False, False]
