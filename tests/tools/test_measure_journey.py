"""Both forms are asked as a browser would, so that what is measured is what it is called."""

import re
from itertools import islice

import pytest
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from surveys.models import Draft
from tests.surveys.factories import SurveyVersionFactory
from tests.surveys.journey.factories import EVERY_KIND
from tools import measure_journey
from tools.bare_form.processor import Processor

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    """Django would close the test's connection with each request."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield Processor(get_wsgi_application())
    for end in ends:
        end.connect(close_old_connections)


def test_a_journey_is_asked_for_each_question_and_answers_it(keys, browser):
    code = SurveyVersionFactory(definition=EVERY_KIND).survey.code
    taken = list(islice(measure_journey.our_steps(browser, code), 8))
    assert [method for method, _ in taken] == ["GET", "POST"] * 4
    assert all(seconds > 0 for _, seconds in taken)
    assert Draft.objects.get().answers.count() == 4


def test_a_journey_that_does_not_go_on_is_not_measured(keys, browser, monkeypatch):
    monkeypatch.setattr(measure_journey, "AROUND", {":about": "no such button"})
    code = SurveyVersionFactory(definition=EVERY_KIND).survey.code
    with pytest.raises(SystemExit, match=re.escape("The journey does not go on from its page ':about'.")):
        next(measure_journey.our_steps(browser, code))
