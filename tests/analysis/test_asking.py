import pytest

from analysis.asking import Asked
from analysis.models import MachineTag
from analysis.sweep import sweep
from surveys.definition import Definition, Kind, Question
from surveys.models import Response
from tests.feedback.factories import ContributionFactory, SealedTextFactory
from tests.surveys.factories import SMALL, TAKE_PART, USES, SurveyVersionFactory

pytestmark = pytest.mark.django_db

WELL = Question("WELL", Kind.LONG_TEXT, "What was done well?", valence="praise")
BADLY = Question("BADLY", Kind.LONG_TEXT, "What went badly?", valence="problem")


@pytest.fixture
def version():
    return SurveyVersionFactory(definition=Definition("Two sides", (TAKE_PART, USES, WELL, BADLY)))


def answered(version):
    return Response.objects.create(contribution=ContributionFactory(), version=version).contribution


def test_a_question_that_asks_for_praise_says_so(version):
    contribution = answered(version)
    asked = Asked()
    assert asked.of(contribution.pk, "WELL") == "praise"
    assert asked.of(contribution.pk, "BADLY") == "problem"


def test_a_question_that_asks_for_neither_says_nothing(version):
    assert Asked().of(answered(version).pk, "USES") == ""
    assert Asked().of(answered(version).pk, "no-such-question") == ""


def test_words_that_came_without_a_survey_were_asked_nothing(keys):
    assert Asked().of(SealedTextFactory().contribution_id, "what-happened") == ""


def test_each_version_is_read_once_however_many_answered_it(version, django_assert_num_queries):
    asked = Asked()
    first, second = answered(version), answered(version)
    asked.of(first.pk, "WELL")
    with django_assert_num_queries(1):
        asked.of(second.pk, "WELL")


def test_two_versions_are_not_mixed_up(version):
    other = SurveyVersionFactory(definition=SMALL)
    asked = Asked()
    assert asked.of(answered(version).pk, "WELL") == "praise"
    assert asked.of(answered(other).pk, "WELL") == ""
    assert asked.of(answered(other).pk, "CHANGE") == "suggestion"


def test_the_same_words_count_as_what_was_asked_for(keys, version):
    for question in ("WELL", "BADLY"):
        SealedTextFactory(contribution=answered(version), question_id=question, text="Communication.")
    sweep()
    tags = MachineTag.objects.filter(theme="communication")
    said = dict(tags.values_list("reading__sealed_text__question_id", "valence"))
    assert said == {"WELL": "praise", "BADLY": "problem"}
