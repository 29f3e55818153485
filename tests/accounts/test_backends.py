"""Demonstration people: at home in a demonstration, nobody in a real installation."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from accounts.checks import no_demo_people
from accounts.models import User
from tests.accounts.factories import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_person() -> User:
    return User.objects.create_user("demo-editor", password="a long demo password", is_demo=True)


def test_a_demo_person_cannot_sign_in_to_a_real_installation(client: Client, demo_person: User):
    with override_settings(HEARD_DEMO=False):
        assert not client.login(username="demo-editor", password="a long demo password")


def test_a_demo_person_can_sign_in_to_a_demonstration(client: Client, demo_person: User):
    with override_settings(HEARD_DEMO=True):
        assert client.login(username="demo-editor", password="a long demo password")


def test_an_open_session_of_a_demo_person_ends_where_no_demonstration_runs(client: Client, demo_person: User):
    sign_in(client, demo_person)
    with override_settings(HEARD_DEMO=False):
        assert client.get(reverse("accounts:start")).status_code == 302


def test_the_check_names_demo_people_only_on_a_real_installation(demo_person: User):
    with override_settings(HEARD_DEMO=True):
        assert no_demo_people(None, databases=["default"]) == []
    with override_settings(HEARD_DEMO=False):
        assert [error.id for error in no_demo_people(None, databases=["default"])] == ["accounts.E001"]


def test_the_check_is_silent_without_demo_people():
    with override_settings(HEARD_DEMO=False):
        assert no_demo_people(None, databases=["default"]) == []
