"""What the admin lets each role do follows from the roles, and from nothing else."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory

from accounts.forms import SignInForm
from accounts.grants import grant
from accounts.groups import EDITED_MODELS, EDITORS, STAFF, groups_for
from accounts.models import Grant, Role
from accounts.roles import ADMIN_ROLES, MAY, Capability, may, requires
from tests.accounts.factories import UserFactory, sign_in
from tests.pages.factories import make_site, root

pytestmark = pytest.mark.django_db
PASSWORD = "a fictional pass phrase"


@pytest.fixture(autouse=True)
def pages():
    return root()


def names(*roles: Role) -> set[str]:
    return {group.name for group in groups_for(set(roles))}


@pytest.mark.parametrize("role", Role)
def test_each_role_has_the_groups_of_its_screens(role):
    expected = {STAFF} if role in ADMIN_ROLES else set()
    assert names(role) == expected | ({EDITORS} if role is Role.EDITOR else set())


def test_without_a_role_there_is_no_group_and_none_is_made():
    assert names() == set()
    assert not Group.objects.filter(name__in=[STAFF, EDITORS]).exists()


def test_groups_are_made_once():
    for _ in range(2):
        names(*Role)
    assert Group.objects.filter(name__in=[STAFF, EDITORS]).count() == 2


def test_staff_may_enter_the_admin_and_change_nothing_there():
    person = UserFactory(roles=[Role.MODERATOR])
    assert {right.rpartition(".")[2] for right in person.get_group_permissions()} == {"access_admin"}


def test_editors_change_content_and_nothing_that_anybody_sent():
    person = UserFactory(roles=[Role.EDITOR])
    rights = {right.rpartition(".")[2] for right in person.get_group_permissions()} - {"access_admin"}
    assert rights
    assert {right.rpartition("_")[2] for right in rights} == set(EDITED_MODELS)


def test_editors_may_edit_and_publish_every_page_and_an_analyst_none():
    guidance = make_site()["guidance"]
    editor = guidance.permissions_for_user(UserFactory(roles=[Role.EDITOR]))
    assert editor.can_edit()
    assert editor.can_publish()
    analyst = guidance.permissions_for_user(UserFactory(roles=[Role.ANALYST]))
    assert not analyst.can_edit()
    assert not analyst.can_publish()


def test_a_right_somebody_added_by_hand_goes_with_the_next_grant():
    from django.contrib.auth.models import Permission

    UserFactory(roles=[Role.MODERATOR])
    staff = Group.objects.get(name=STAFF)
    staff.permissions.add(Permission.objects.get(codename="delete_user"))
    UserFactory(roles=[Role.ANALYST])
    assert {right.codename for right in staff.permissions.all()} == {"access_admin"}


def test_a_second_role_adds_to_the_first_and_says_who_gave_it():
    giver = UserFactory()
    person = UserFactory(roles=[Role.MODERATOR])
    held = grant(person, Role.EDITOR, granted_by=giver)
    assert held.granted_by == giver
    assert {group.name for group in person.groups.all()} == {STAFF, EDITORS}
    assert may(person, Capability.REVIEW)
    assert may(person, Capability.EDIT_CONTENT)
    assert str(held) == f"{person.username}: Editor"


def test_taking_a_grant_away_takes_the_capability_at_once():
    person = UserFactory(roles=[Role.PUBLISHER])
    Grant.objects.filter(user=person).delete()
    assert not any(may(person, capability) for capability in Capability)


def test_every_capability_belongs_to_somebody():
    assert frozenset().union(*MAY.values()) == set(Capability)


@requires(Capability.RELEASE)
def release(request, number):
    return HttpResponse(f"released {number}")


def asked(user, **given):
    request = RequestFactory().get("/fictional/")
    request.user = user
    return release(request, **given)


def test_a_guarded_view_is_reached_with_its_arguments_by_whoever_may():
    assert asked(UserFactory(roles=[Role.PUBLISHER]), number=3).content == b"released 3"


@pytest.mark.parametrize("role", [role for role in Role if Capability.RELEASE not in MAY[role]])
def test_a_guarded_view_refuses_every_other_role(role):
    with pytest.raises(PermissionDenied, match="Ask an administrator"):
        asked(UserFactory(roles=[role]), number=3)


def test_a_guarded_view_sends_the_signed_out_to_sign_in():
    from django.contrib.auth.models import AnonymousUser

    response = asked(AnonymousUser(), number=3)
    assert response.status_code == 302
    assert response["Location"] == "/staff/sign-in/?next=/fictional/"


def test_the_form_names_its_fields_in_plain_words():
    form = SignInForm()
    assert [field.label for field in form.fields.values()] == ["User name", "Password"]


@pytest.mark.parametrize("is_active", [True, False])
def test_a_wrong_password_and_a_switched_off_account_sound_the_same(is_active):
    person = UserFactory(is_active=is_active)
    person.set_password(PASSWORD)
    person.save()
    given = {"login": person.username, "password": "another" if is_active else PASSWORD}
    text = Client().post("/staff/sign-in/", given).content.decode()
    assert "That user name and password do not belong together." in text


def test_whoever_is_signed_in_is_led_past_the_form():
    client = Client()
    sign_in(client, UserFactory(roles=[Role.ANALYST]))
    response = client.get("/staff/sign-in/")
    assert (response.status_code, response["Location"]) == (302, "/staff/")


def test_signing_in_never_leads_to_another_site():
    person = UserFactory()
    person.set_password(PASSWORD)
    person.save()
    given = {"login": person.username, "password": PASSWORD, "next": "https://elsewhere.invalid/"}
    assert Client().post("/staff/sign-in/", given)["Location"] == "/staff/"


@pytest.mark.parametrize("role", Role)
def test_the_start_page_names_the_role(role):
    client = Client()
    sign_in(client, UserFactory(roles=[role], first_name="Orla", last_name="Fictional"))
    text = client.get("/staff/").content.decode()
    assert f"<strong>Orla Fictional</strong>: {role.label.lower()}." in text
    assert ("freeze a new one" in text) is (role is Role.PUBLISHER)
