"""Outreach links: a short fixed list, nothing that points to a person, and nothing kept before somebody starts."""

import pytest

from feedback.models import Contribution
from surveys import tallies
from surveys.journey import places
from surveys.models import Draft
from surveys.outreach import MOST, channel, channels, name_of
from surveys.outreach.drawing import png, svg
from tests.feedback.factories import ContributionFactory
from tests.surveys.factories import SurveyVersionFactory
from tests.surveys.journey.factories import Walker

pytestmark = pytest.mark.django_db


def test_the_list_is_short_and_its_codes_say_nothing():
    codes = [known.code for known in channels()]
    assert 2 <= len(codes) <= MOST
    assert len(set(codes)) == len({known.name for known in channels()}) == len(codes)
    assert all(len(code) == 1 for code in codes)


@pytest.mark.parametrize("code", ["", "z", "poster", "A", "a ", "aa", "victim-0042"])
def test_a_code_that_somebody_made_up_is_none(code):
    assert channel(code) is None
    assert name_of(code) == ""


@pytest.mark.parametrize(("given", "stored"), [({"v": "c"}, "police-letter"), ({"v": "person-17"}, ""), ({}, "")])
def test_it_is_kept_with_what_is_sent_as_a_kind_alone(keys, given, stored):
    walker = Walker()
    walker.begin(SurveyVersionFactory().survey.code, **given)
    assert Draft.objects.get().outreach == stored
    walker.go_to(places.CHECK, answers={"TP": {"answer": "yes"}})
    walker.press("send")
    assert Contribution.objects.get().outreach == stored


def test_the_raw_tally_names_every_kind():
    ContributionFactory.create_batch(2, outreach="poster")
    ContributionFactory(outreach="")
    found = tallies.by_outreach(Contribution.objects.all())
    assert found["poster"] == 2
    assert found["event"] == 0
    assert sum(found.values()) == 2


def test_the_code_is_drawn_here():
    assert png("https://heard.example/?v=a").startswith(b"\x89PNG")
    assert b"<svg" in svg("https://heard.example/?v=a")
    assert svg("https://heard.example/?v=a") != svg("https://heard.example/?v=b")
