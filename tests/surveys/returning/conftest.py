"""Somebody who has six words, and slowing that starts anew for each test."""

import time

import pytest

from accounts.slowing import Slowing
from surveys.journey import comeback
from tests.surveys.factories import SurveyVersionFactory
from tests.surveys.journey.factories import EVERY_KIND, Walker
from tests.surveys.returning.factories import take_words


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    monkeypatch.setattr(comeback, "slowing", Slowing(time.monotonic))


@pytest.fixture
def version(keys):
    return SurveyVersionFactory(definition=EVERY_KIND)


@pytest.fixture
def walker(version):
    walker = Walker()
    walker.begin(version.survey.code)
    return walker


@pytest.fixture
def words(walker):
    """The six words of this walker, who stands at the first question after the offer."""
    return take_words(walker)
