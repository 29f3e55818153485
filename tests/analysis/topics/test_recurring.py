"""Topics that are there again from another seed."""

import numpy as np

from analysis.topics.recurring import agreement, overlap, recurring

TEN = [0] * 10 + [1] * 10 + [2] * 10


def labels(*numbers):
    return np.array(numbers, dtype=np.int64)


def test_the_same_topics_by_other_numbers_recur_whole():
    runs = [labels(*TEN), labels(*[2] * 10, *[0] * 10, *[1] * 10), labels(*TEN)]
    found, stability = recurring(runs)
    assert stability == [1, 1, 1]
    assert len(set(found[:10])) == len(set(found[10:20])) == 1
    assert agreement(runs) == 1


def test_a_topic_that_one_run_breaks_up_is_dropped_and_the_others_stay():
    broken = labels(*[0] * 10, *[1] * 10, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5)
    found, stability = recurring([labels(*TEN), labels(*TEN), broken])
    assert sorted(set(found)) == [-1, 0, 1]
    assert (found[20:] == -1).all()
    assert len(stability) == 2


def test_with_a_fixed_number_it_is_kept_and_its_stability_says_so():
    broken = labels(*[0] * 10, *[1] * 10, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5)
    found, stability = recurring([labels(*TEN), labels(*TEN), broken], drop=False)
    assert sorted(set(found)) == [0, 1, 2]
    assert min(stability) < 0.7


def test_a_statement_belongs_where_most_runs_put_it():
    strays = labels(*TEN)
    strays[0] = -1
    elsewhere = labels(*TEN)
    elsewhere[0] = 1
    both = strays.copy()
    assert recurring([labels(*TEN), labels(*TEN), strays])[0][0] == recurring([labels(*TEN)] * 3)[0][1]
    assert recurring([labels(*TEN), elsewhere, both])[0][0] == -1


def test_larger_topics_come_first():
    found, _ = recurring([labels(0, 0, 1, 1, 1, 2)] * 3)
    assert list(found) == [1, 1, 0, 0, 0, 2]


def test_runs_without_any_topic_have_none_in_common():
    found, stability = recurring([labels(-1, -1, -1), labels(0, 0, 0), labels(-1, -1, -1)])
    assert list(found) == [-1, -1, -1]
    assert stability == []


def test_overlap_leaves_out_what_is_in_no_topic():
    assert overlap(labels(0, 0, -1, -1), labels(0, -1, 0, -1)).tolist() == [[1 / 3]]


def test_the_agreement_of_chance_is_nearly_zero():
    draw = np.random.default_rng(0)
    assert abs(agreement([draw.integers(0, 5, 600) for _ in range(3)])) < 0.02
