"""Lists and questions about people in the admin: who may, what may change, and what stays."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import Role
from surveys.equality import bank
from surveys.models import EqualityQuestion, ListedOption
from tests.accounts.factories import UserFactory, sign_in
from tests.feedback.factories import OrganisationFactory
from tests.surveys.test_desk import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled_lists")]
LISTED, ABOUT = "wagtailsnippets_surveys_listedoption:", "wagtailsnippets_surveys_equalityquestion:"


@pytest.fixture
def editor(client):
    user = UserFactory(roles=[Role.EDITOR])
    sign_in(client, user)
    return user


def listed(**changes):
    row = ListedOption.objects.get(value="hate-crime")
    fields = {"kind": row.kind, "value": row.value, "label": row.label, "hint": row.hint, "position": row.position}
    return row, {**fields, "from_date": "2020-01-01", "to_date": "", **changes}


def test_the_words_and_dates_of_an_entry_may_change(client, editor):
    row, fields = listed(label="Hate", to_date="2027-01-01")
    assert client.post(reverse(f"{LISTED}edit", args=[row.pk]), fields).status_code == 302
    row.refresh_from_db()
    assert (row.label, row.to_date) == ("Hate", datetime.date(2027, 1, 1))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "hate"}, "This stays as it is. End this one and add another instead."),
        ({"kind": "area"}, "This stays as it is."),
        ({"to_date": "2019-12-31"}, "The last day comes before the first day."),
    ],
)
def test_its_name_stays_and_its_dates_run_forwards(client, editor, changes, said):
    row, fields = listed(**changes)
    response = client.post(reverse(f"{LISTED}edit", args=[row.pk]), fields)
    assert said in text_of(response)
    assert ListedOption.objects.filter(pk=row.pk, value="hate-crime", kind="crime-type").exists()


def test_an_editor_takes_over_the_shipped_questions(client, editor):
    office = OrganisationFactory()
    assert reverse(f"{ABOUT}adopt") in client.get(reverse(f"{ABOUT}list")).content.decode()
    response = client.post(reverse(f"{ABOUT}adopt"), {"organisation": office.pk}, follow=True)
    assert "11 questions were added" in text_of(response)
    assert len(bank.questions(office)) == EqualityQuestion.objects.count() == 11


def test_a_question_about_people_is_edited_as_it_stands(client, editor):
    bank.adopt(OrganisationFactory(), from_date=datetime.date(2026, 1, 1), by=editor)
    row = EqualityQuestion.objects.get(key="sex")
    text = client.get(reverse(f"{ABOUT}edit", args=[row.pk])).content.decode()
    assert "What is your sex?" in text
    assert "Female" in text


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ANALYST])
@pytest.mark.parametrize("where", [f"{ABOUT}list", f"{ABOUT}adopt", f"{LISTED}list"])
def test_others_may_not(client, role, where):
    sign_in(client, UserFactory(roles=[role]))
    assert client.get(reverse(where)).status_code in {302, 403}
