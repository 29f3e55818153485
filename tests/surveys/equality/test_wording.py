"""The questions about people in other languages and in Easy Read: the whole set, or none of it."""

import datetime
from dataclasses import replace

import pytest

from accounts.models import Role
from surveys import catalogues
from surveys.definition import Option
from surveys.equality import bank, wording
from surveys.models import EqualityQuestion
from tests.accounts.factories import UserFactory
from tests.feedback.factories import OrganisationFactory
from tools.measure_reading import EASY_AIM, reading_age

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions():
    office = OrganisationFactory()
    bank.adopt(office, from_date=datetime.date(2020, 1, 1), by=UserFactory(roles=[Role.EDITOR]))
    return bank.questions(office)


@pytest.mark.parametrize("language", catalogues.languages())
def test_what_ships_is_said_whole_in_each_language_with_the_same_values(questions, language):
    said = wording.said_in(language, questions)
    assert [one.id for one in said] == [one.id for one in questions]
    for ours, theirs in zip(questions, said, strict=True):
        assert [option.value for option in theirs.options] == [option.value for option in ours.options]
        assert theirs.label != ours.label
        assert bool(theirs.hint) == bool(ours.hint)
        assert len({option.label for option in theirs.options}) == len(theirs.options)


@pytest.mark.parametrize(
    "change",
    [
        {"label": "Our own words?"},
        {"hint": "Our own hint."},
        {"options": (Option("new", "Our own answer"),)},
        {"options": (Option("new", "Yes", "Our own hint of an answer"),)},
    ],
    ids=["label", "hint", "option", "hint of an option"],
)
def test_one_text_of_an_offices_own_leaves_none_in_another_language_or_in_easy_read(questions, change):
    mixed = (*questions[:-1], replace(questions[-1], **change))
    assert wording.said_in("cy", mixed) == ()
    assert wording.in_easy_words(mixed) == ()
    assert wording.said_in("en", mixed) == mixed


def test_easy_words_keep_the_values_and_the_answer_not_to_say(questions):
    easy = wording.in_easy_words(questions)
    assert [[option.value for option in one.options] for one in easy] == [
        [option.value for option in one.options] for one in questions
    ]
    assert {one.options[-1].label for one in easy} == {"I do not want to say"}
    assert all(one.easy.picture for one in easy)


def test_easy_words_keep_to_the_aim(questions):
    """Names of groups of people are left out: they are not ours to shorten."""
    easy = wording.in_easy_words(questions)
    named = {"ethnic-group", "religion", "sexual-orientation"}
    ages = {
        one.id: reading_age(" ".join([one.label, one.hint, *(f"{option.label}." for option in one.options)]))
        for one in easy
        if one.id not in named
    }
    assert {key: age for key, age in ages.items() if age > EASY_AIM} == {}


def test_changed_words_are_heeded_at_once(questions):
    assert wording.in_easy_words(questions)
    EqualityQuestion.objects.filter(key="age").update(label="Your age?")
    assert not wording.in_easy_words(bank.questions(EqualityQuestion.objects.first().organisation))
