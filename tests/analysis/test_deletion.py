"""The words shown are the fewest that carry the theme."""

import numpy as np

from analysis.pipeline.deletion import carrier
from analysis.pipeline.results import Statement

TEXT = "Well, to be fair to them all, nobody ever rang me back after the trial in the spring."


def likely(*needed):
    """A model that sees its theme where every one of these words is."""
    return lambda texts: np.array([0.9 if all(word in text for word in needed) else 0.1 for text in texts], np.float32)


def answered(search, model):
    """Answers a search until it ends, as `analysis.pipeline.answers` does for many at a time."""
    try:
        left = next(search)
        while True:
            left = search.send(bool(model(left).mean() < 0.5))
    except StopIteration as ended:
        return ended.value


def worth(*needed):
    return lambda words: np.array([word in needed for word in words], np.float32)


def shown(model, text=TEXT, first=None, telling=("rang",)):
    span = answered(carrier(text, Statement(0, len(text)), worth(*telling), first), model)
    return text[span.start : span.end]


def test_the_shortest_stretch_without_which_the_theme_is_gone():
    assert shown(likely("rang")) == "rang"
    assert shown(likely("back"), telling=("rang", "me")) == "rang me back"


def test_it_is_looked_for_in_its_own_statement_only():
    two = "Nobody rang. " + TEXT
    span = answered(carrier(two, Statement(13, len(two)), worth("rang")), likely("rang"))
    assert span.start >= 13
    assert "rang" in two[span.start : span.end]


def without(left):
    """A model whose theme is gone from one text only: that in which these words have come together."""
    return lambda texts: np.array([0.1 if left in text else 0.9 for text in texts], np.float32)


def test_every_length_is_tried_and_of_each_the_two_places_worth_most():
    assert shown(likely("back"), telling=("rang", "back")) == "back"
    four = "rang me back after"
    assert shown(without("ever  the"), telling=four.split()) == four


def test_a_few_words_that_a_rule_matched_are_shown_if_they_carry_the_theme_and_not_otherwise():
    start = TEXT.index("nobody")
    matched = Statement(start, start + len("nobody ever rang"))
    assert shown(likely("rang"), first=matched) == "nobody ever rang"
    assert shown(likely("trial"), first=matched, telling=("trial",)) == "trial"


def test_a_longer_rule_match_is_shown_only_where_nothing_shorter_carries_the_theme():
    start = TEXT.index("nobody")
    matched = Statement(start, start + len("nobody ever rang me back"))
    assert shown(likely("rang"), first=matched) == "rang"
    assert shown(without("all,  after"), first=matched, telling=("spring",)) == "nobody ever rang me back"


def test_the_whole_statement_is_the_last_resort():
    assert shown(lambda texts: np.full(len(texts), 0.9, np.float32)) == TEXT


def test_a_statement_of_few_words_is_shown_whole():
    assert shown(likely("rang"), "Nobody rang") == "Nobody rang"


def test_what_stands_around_a_statement_has_half_a_say():
    text = "Nobody rang. They never rang me back in the spring."
    window, whole = Statement(13, len(text)), Statement(0, len(text))
    asked = []

    def model(left):
        asked.append(left)
        return np.array([0.9 if "rang" in one else 0.0 for one in left], np.float32)

    span = answered(carrier(text, window, worth("rang"), around=whole), model)
    assert "rang" in text[span.start : span.end]
    assert asked[0] == ("They never  me back in the spring.", "Nobody rang. They never  me back in the spring.")
