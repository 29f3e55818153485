"""What a question costs the database: so many queries and no more, however long the survey is."""

from urllib.parse import urlencode

import pytest

from feedback import remembering
from feedback.models import Organisation, SupportService
from surveys.models import DraftAnswer
from tests.feedback.factories import SupportServiceFactory
from tests.surveys.factories import SurveyVersionFactory
from tests.surveys.journey.factories import EVERY_KIND, Walker

pytestmark = pytest.mark.django_db
PLACE = "K-04"


@pytest.fixture
def walker(keys, settings):
    """Somebody at a question, in a process that has served this survey before."""
    settings.HEARD_REMEMBER_SECONDS = 60
    remembering._kept.clear()
    SupportServiceFactory.create_batch(3)
    walker = Walker()
    walker.begin(SurveyVersionFactory(definition=EVERY_KIND).survey.code)
    walker.go_to(":words")
    walker.press("skip")
    assert walker.place == PLACE
    yield walker
    remembering._kept.clear()


def test_showing_a_question_takes_two_queries(walker, django_assert_num_queries):
    with django_assert_num_queries(2):  # the draft with its words, its answers
        walker.read()


def test_answering_takes_two_queries_and_two_writes_in_one_transaction(walker, django_assert_num_queries):
    marks = {**walker.marks, "button": "continue", "answer": "yes"}
    with django_assert_num_queries(6):  # draft, answers, begin, one step on, the answer, commit
        response = walker.client.post(walker.url, urlencode(marks), content_type="application/x-www-form-urlencoded")
    assert response.status_code == 303


def test_changing_an_answer_takes_one_query_more_and_no_second_row(walker):
    walker.press(answer="yes")
    walker.press("back")
    walker.press(answer="no")
    assert [row.value for row in DraftAnswer.objects.filter(question_id=PLACE)] == ["no"]


def test_what_is_remembered_is_asked_again_after_its_time(walker, settings):
    Organisation.objects.update(name="Another office")
    SupportService.objects.update(name="Another line")
    walker.read()
    assert "Another" not in walker.text
    settings.HEARD_REMEMBER_SECONDS = 0
    remembering._kept.clear()
    walker.read()
    assert "Another office" in walker.text
    assert "Another line" in walker.text
