"""What an office asks about people: its own rows between their dates, or what ships, once."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from surveys.definition import Kind
from surveys.equality import bank
from surveys.models import EqualityQuestion
from surveys.soundness import question_faults
from tests.accounts.factories import UserFactory
from tests.feedback.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 7, 1)


@pytest.fixture
def office():
    return OrganisationFactory()


@pytest.fixture
def editor():
    return UserFactory(roles=[Role.EDITOR])


def test_an_office_without_questions_asks_none(office):
    assert bank.questions(office) == ()


def test_what_ships_is_sound_and_lets_everybody_rather_not_say(office, editor):
    assert bank.adopt(office, from_date=DAY, by=editor) == len(bank.shipped())
    asked = bank.questions(office, on=DAY)
    assert [question.id for question in asked] == [item["key"] for item in bank.shipped()]
    for question in asked:
        assert question.kind is Kind.SINGLE
        assert list(question_faults(question, {})) == []
        assert question.options[-1] == bank.RATHER_NOT


def test_the_protected_characteristics_are_all_there_and_immigration_is_not():
    keys = {item["key"] for item in bank.shipped()}
    assert keys >= {
        "age", "sex", "gender-identity", "ethnic-group", "disability", "religion", "sexual-orientation", "marriage",
        "pregnancy",
    }  # fmt: skip
    assert "migra" not in str(bank.shipped()).lower()


def test_adopting_again_adds_only_what_is_missing(office, editor):
    bank.adopt(office, from_date=DAY, by=editor)
    EqualityQuestion.objects.filter(key="age").delete()
    EqualityQuestion.objects.filter(key="sex").update(label="Our own words?")
    assert bank.adopt(office, from_date=DAY, by=editor) == 1
    assert EqualityQuestion.objects.get(key="sex").label == "Our own words?"


@pytest.mark.parametrize(("day", "is_asked"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_question_is_asked_between_its_dates(office, editor, day, is_asked):
    bank.adopt(office, from_date=DAY, by=editor)
    EqualityQuestion.objects.update(to_date=DAY + datetime.timedelta(days=30))
    assert bool(bank.questions(office, on=DAY + datetime.timedelta(days=day))) == is_asked


def test_another_office_is_not_asked_for(office, editor):
    bank.adopt(OrganisationFactory(), from_date=DAY, by=editor)
    assert bank.questions(office, on=DAY) == ()


def test_only_an_editor_may(office):
    with pytest.raises(PermissionDenied):
        bank.adopt(office, from_date=DAY, by=UserFactory(roles=[Role.ANALYST]))
