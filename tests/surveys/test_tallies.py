"""Raw tallies: who chose what over all versions, and every option counted, also those nobody chose."""

import pytest

from feedback.models import Contribution
from surveys.conversion import to_raw
from surveys.definition import Definition, Kind, Option, Question
from surveys.models import Answer, Response
from surveys.tallies import Ranks, Split, Tally, answers_by_question, breakdown, rankings
from tests.feedback.factories import ContributionFactory
from tests.surveys.factories import CRIME, SMALL, TAKE_PART, USES, SurveyFactory

pytestmark = pytest.mark.django_db
CALLED = {"stalking-harassment": "Stalking", "hate-crime": "Hate crime"}


def answered(version, **answers):
    contribution = ContributionFactory(consultation=version.survey.consultation)
    response = Response.objects.create(contribution=contribution, version=version)
    for question_id, value in answers.items():
        Answer.objects.create(response=response, question_id=question_id, value=value)
    return contribution.pk


@pytest.fixture
def version():
    return SurveyFactory(published=True).versions.get()


def next_version(version, questions):
    survey = version.survey
    survey.questions = to_raw(Definition(survey.title, questions))
    survey.save_revision().publish()
    return survey.versions.first()


def test_a_breakdown_names_who_chose_what(version):
    first, second = answered(version, CRIME="hate-crime"), answered(version, CRIME="stalking-harassment")
    answered(version, TOLD="yes")
    found = breakdown(Contribution.objects.all(), "crime-type")
    assert found == Split(CALLED, {first: "hate-crime", second: "stalking-harassment"})


def test_only_the_given_contributions_are_in_it(version):
    first, _ = answered(version, CRIME="hate-crime"), answered(version, CRIME="hate-crime")
    assert breakdown(Contribution.objects.filter(pk=first), "crime-type").chosen == {first: "hate-crime"}


def test_a_value_is_called_what_the_newest_version_calls_it_and_counted_over_all(version):
    first = answered(version, CRIME="hate-crime")
    renamed = Question(
        CRIME.id,
        Kind.SINGLE,
        CRIME.label,
        options=(CRIME.options[0], Option("hate-crime", "Hate crime, for who you are")),
        breakdown="crime-type",
    )
    second = answered(next_version(version, (TAKE_PART, USES, renamed)), CRIME="hate-crime")
    found = breakdown(Contribution.objects.all(), "crime-type")
    assert found.labels["hate-crime"] == "Hate crime, for who you are"
    assert found.chosen == {first: "hate-crime", second: "hate-crime"}


def test_a_breakdown_may_move_to_another_question(version):
    first = answered(version, CRIME="hate-crime")
    moved = Question("KIND", Kind.SINGLE, "What was it?", options=CRIME.options, breakdown="crime-type")
    second = answered(next_version(version, (TAKE_PART, USES, moved)), KIND="stalking-harassment")
    assert breakdown(Contribution.objects.all(), "crime-type").chosen == {
        first: "hate-crime",
        second: "stalking-harassment",
    }


@pytest.mark.parametrize("name", ["area", ""])
def test_a_breakdown_nobody_asks_for_is_empty(version, name):
    answered(version, CRIME="hate-crime")
    assert breakdown(Contribution.objects.all(), name) == Split({}, {})


def test_every_choice_question_is_tallied_with_its_base(version):
    answered(version, TOLD="yes", HEARD="agree", USES=["statistics", "quote"])
    answered(version, TOLD="no", USES=["quote"])
    answered(version)
    found = answers_by_question(Contribution.objects.all(), version)
    assert found["TOLD"] == Tally(2, {"yes": 1, "no": 1})
    assert found["USES"] == Tally(2, {"statistics": 1, "quote": 2})
    assert found["HEARD"].counts["agree"] == 1
    assert found["CRIME"] == Tally(0, {"stalking-harassment": 0, "hate-crime": 0})
    assert list(found) == [question.id for question in SMALL.questions if question.id != "CHANGE"]


def test_another_versions_answers_are_not_tallied(version):
    answered(version, TOLD="yes")
    second = next_version(version, SMALL.questions[:-1])
    assert answers_by_question(Contribution.objects.all(), second)["TOLD"].base == 0


def test_the_number_of_queries_does_not_grow_with_the_answers(version, django_assert_num_queries):
    for _ in range(5):
        answered(version, CRIME="hate-crime")
    with django_assert_num_queries(2):
        breakdown(Contribution.objects.all(), "crime-type")


def test_an_order_is_tallied_by_the_first_place_and_the_first_three():
    order = Question("ORDER", Kind.RANKING, "What matters?", options=tuple(Option(v, v.upper()) for v in "abcde"))
    version = SurveyFactory(published=True, definition=Definition("x", (TAKE_PART, USES, order))).versions.get()
    answered(version, ORDER=["a", "b", "c", "d"])
    answered(version, ORDER=["d"])
    answered(version, TP="yes")
    ranks = Ranks(2, {"a": 1, "b": 0, "c": 0, "d": 1, "e": 0}, {"a": 1, "b": 1, "c": 1, "d": 1, "e": 0})
    assert rankings(Contribution.objects.all(), version) == {"ORDER": ranks}
    assert "ORDER" not in answers_by_question(Contribution.objects.all(), version)
