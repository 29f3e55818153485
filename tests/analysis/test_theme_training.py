"""Written lessons are weighed to be like what people say; what people said counts as it is."""

import numpy as np

from analysis.pipeline.theme_training import NOTHING, Lesson, judging

BOTH = frozenset({"communication", "delay"})
ONE = frozenset({"delay"})


def test_a_quarter_of_what_is_written_carries_no_theme_and_a_dense_lesson_counts_less():
    weights = judging([Lesson("a", ONE), Lesson("b", BOTH), Lesson("c", frozenset())])
    assert weights[0] == 2 * weights[1]
    assert weights[2] / weights.sum() == np.float32(NOTHING)


def test_lessons_that_are_not_typical_count_nothing():
    assert judging([Lesson("a", ONE), Lesson("a cue", ONE, is_typical=False)]).tolist() == [1, 0]


def test_what_people_said_counts_as_it_is():
    told = [Lesson(text, themes, told_by=text) for text, themes in (("a", BOTH), ("b", frozenset()), ("c", ONE))]
    assert judging(told).tolist() == [1, 1, 1]
