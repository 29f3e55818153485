"""Where Continue and Back lead: pure rules over a definition and what was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.journey import places
from surveys.routes import route
from tests.surveys.journey.factories import EVERY_KIND

AGREED = {"K-01": "yes"}
ids = [question.id for question in EVERY_KIND.questions]


def test_continue_leads_to_the_first_question_not_seen():
    assert places.onward(EVERY_KIND, {}, frozenset()) == "K-01"
    assert places.onward(EVERY_KIND, AGREED, frozenset({"K-01", "K-03"})) == "K-02"


def test_continue_leads_to_check_answers_when_all_were_seen():
    assert places.onward(EVERY_KIND, AGREED, frozenset(ids)) == places.CHECK


def test_no_leads_out():
    assert places.onward(EVERY_KIND, {"K-01": "no"}, frozenset(ids)) == places.DECLINED


@pytest.mark.parametrize(
    ("answers", "agreed", "declined"), [({}, False, False), (AGREED, True, False), ({"K-01": "no"}, False, True)]
)
def test_agreeing_is_saying_yes(answers, agreed, declined):
    assert places.has_agreed(EVERY_KIND, answers) == agreed
    assert places.has_declined(EVERY_KIND, answers) == declined


@pytest.mark.parametrize(
    ("place", "before"), [("K-01", places.ABOUT), ("K-06", "K-04"), (places.CHECK, "K-11"), ("K-99", places.ABOUT)]
)
def test_back_leads_to_the_one_before_on_the_route(place, before):
    assert places.back(EVERY_KIND, {**AGREED, "K-04": "no"}, place) == before


def test_back_from_no_leads_to_the_question_that_was_answered():
    assert places.back(EVERY_KIND, {"K-01": "no"}, places.DECLINED) == "K-01"


@given(
    told=st.sampled_from(["yes", "no", None]),
    seen=st.sets(st.sampled_from(ids)),
)
def test_only_what_was_seen_or_comes_next_is_open(told, seen):
    answers = {**AGREED, "K-04": told}
    on_route = [question.id for question in route(EVERY_KIND, answers)]
    following = places.onward(EVERY_KIND, answers, frozenset(seen))
    opened = {name for name in ids if places.is_open(EVERY_KIND, answers, frozenset(seen), name)}
    assert opened == {name for name in on_route if name in seen or name == following}
