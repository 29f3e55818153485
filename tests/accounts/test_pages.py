"""Signing in, and what each role finds behind it."""

import pytest
from django.test import Client

from accounts.models import Role
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "a fictional pass phrase"
LINKS = {
    Role.EDITOR: {"/admin/"},
    Role.MODERATOR: {"/admin/review/"},
    Role.SAFEGUARDING_LEAD: {"/admin/safeguarding/"},
    Role.ANALYST: {"/reports/"},
    Role.PUBLISHER: {"/reports/"},
    Role.COMMISSION_MEMBER: {"/reports/"},
    Role.BOARD_MEMBER: {"/reports/"},
    Role.ADMINISTRATOR: {"/staff/health/"},
}
EVERY_LINK = set().union(*LINKS.values())


def signed_in(*roles: Role) -> Client:
    client = Client()
    sign_in(client, UserFactory(roles=list(roles)))
    return client


def start_page(client: Client) -> str:
    response = client.get("/staff/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", Role)
def test_each_role_finds_its_own_work_and_no_other(role):
    text = start_page(signed_in(role))
    assert {link for link in EVERY_LINK if f'href="{link}"' in text} == LINKS[role]


def test_a_person_without_a_role_is_told_what_to_do():
    assert "Ask an administrator" in start_page(signed_in())


def test_a_superuser_without_a_role_finds_nothing():
    client = Client()
    sign_in(client, UserFactory(is_superuser=True, is_staff=True))
    text = start_page(client)
    assert not [link for link in EVERY_LINK if f'href="{link}"' in text]


def test_signing_in_leads_to_the_work():
    user = UserFactory(roles=[Role.EDITOR])
    user.set_password(PASSWORD)
    user.save()
    response = Client().post("/staff/sign-in/", {"login": user.get_username(), "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/staff/")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, ["Enter your user name.", "Enter your password."]),
        ({"login": "nobody", "password": "x"}, ["That user name and password do not belong together."]),
    ],
)
def test_a_wrong_sign_in_says_what_to_do(data, said):
    response = Client().post("/staff/sign-in/", data)
    text = response.content.decode()
    assert "<title>Error: Sign in</title>" in text
    for sentence in said:
        assert sentence in text


def test_signing_out_is_a_button_and_ends_the_session():
    client = signed_in(Role.EDITOR)
    assert client.get("/staff/sign-out/").status_code == 405
    client.post("/staff/sign-out/")
    assert client.get("/staff/").status_code == 302
