"""Kinds of crime and areas as data with dates, and what a new question starts from."""

import datetime

import pytest

from accounts.models import Role
from surveys import library, lists
from surveys.blocks import QuestionsBlock
from surveys.definition import Kind
from surveys.models import ListedOption
from surveys.starting import start_from_template
from tests.accounts.factories import UserFactory
from tests.feedback.factories import ConsultationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled_lists")]
DAY = datetime.date(2026, 7, 1)
KINDS = pytest.mark.parametrize("kind", [Kind.CRIME_TYPE, Kind.AREA])


@KINDS
def test_an_installation_begins_with_the_lists_that_ship(kind):
    assert ListedOption.objects.filter(kind=kind).count() == len(library.shipped(kind))
    assert lists.in_force(kind) == library.shipped(kind)


@KINDS
def test_an_empty_list_offers_what_ships(kind):
    ListedOption.objects.all().delete()
    assert lists.in_force(kind) == library.shipped(kind)


@pytest.mark.parametrize(("days", "is_offered"), [(-1, True), (0, True), (1, False)])
def test_an_entry_is_offered_between_its_dates(days, is_offered):
    ListedOption.objects.filter(value="modern-slavery").update(to_date=DAY)
    offered = lists.in_force(Kind.CRIME_TYPE, on=DAY + datetime.timedelta(days=days))
    assert ("modern-slavery" in {option.value for option in offered}) == is_offered


def test_a_new_question_starts_from_the_list_of_its_day():
    ListedOption.objects.create(kind=Kind.CRIME_TYPE, value="deepfakes", label="Deepfakes", position=0)
    block = QuestionsBlock().child_blocks["crime_type"].get_default()
    assert block["options"][0]["value"] == "deepfakes"


def test_a_survey_started_from_a_template_takes_the_list_of_its_day_and_a_published_one_keeps_its_own():
    survey = start_from_template(
        "victims_code_experience",
        consultation=ConsultationFactory(duty_holder=UserFactory(roles=[Role.SAFEGUARDING_LEAD])),
        code="one",
        by=UserFactory(roles=[Role.EDITOR]),
    )
    survey.save_revision().publish()
    ListedOption.objects.filter(value="hate-crime").update(label="Hate")
    later = start_from_template(
        "victims_code_experience", consultation=survey.consultation, code="two", by=UserFactory(roles=[Role.EDITOR])
    )
    labels = {o.value: o.label for o in later.definition().question("VE-03a").options}
    assert labels["hate-crime"] == "Hate"
    frozen = survey.versions.get().definition["questions"]
    asked = next(question for question in frozen if question["id"] == "VE-03a")
    assert next(o["label"] for o in asked["options"] if o["value"] == "hate-crime") == "Hate crime"
