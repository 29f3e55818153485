"""A published survey of every kind of question, keys to seal with, and somebody who begins to answer."""

import pytest

from tests.surveys.factories import SurveyVersionFactory
from tests.surveys.journey.factories import EVERY_KIND, Walker


@pytest.fixture
def version(keys):
    return SurveyVersionFactory(definition=EVERY_KIND)


@pytest.fixture
def walker(version):
    walker = Walker()
    walker.begin(version.survey.code)
    return walker
