"""Coming in by invitation, coming back after a lost device, and leaving."""

import io
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts import joining, sessions
from accounts.joining import NotPossible
from accounts.models import AccountEvent, Grant, Link, Role, User
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "a fictional pass phrase"
NEW = {"new_password1": PASSWORD, "new_password2": PASSWORD}


@pytest.fixture
def ada() -> User:
    return UserFactory(username="ada", roles=[Role.ADMINISTRATOR])


@pytest.fixture
def bea() -> User:
    return UserFactory(username="bea", roles=[Role.ADMINISTRATOR])


@pytest.fixture
def person() -> User:
    person = UserFactory(username="mo", roles=[Role.MODERATOR])
    person.set_password(PASSWORD)
    person.save()
    TOTP.activate(person, generate_totp_secret())
    return person


@pytest.fixture
def theirs(person: User) -> Client:
    client = Client()
    sign_in(client, person)
    assert client.get("/staff/").status_code == 200
    return client


def screen(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


def done(user: User) -> list[str]:
    return list(AccountEvent.objects.filter(about=user).order_by("pk").values_list("what", flat=True))


def act(client: Client, person: User, what: str):
    return client.post(f"/staff/people/{person.pk}/{what}/", follow=True)


def link_in(response) -> str:
    return re.search(r"http://testserver(/staff/invitation/[\w-]+/)", response.content.decode())[1]


def test_an_invited_person_sets_a_password_and_must_enrol(client, ada):
    given = {"first_name": "Noor", "last_name": "Fictional", "username": "noor", "roles_held": ["moderator", "editor"]}
    link = link_in(screen(ada).post("/staff/people/invite/", given))
    assert "Welcome, Noor" in client.get(link).content.decode()
    assert client.post(link, NEW)["Location"] == "/staff/enrol/"
    assert client.get("/admin/")["Location"] == "/staff/enrol/"
    noor = User.objects.get(username="noor")
    assert noor.check_password(PASSWORD)
    assert {grant.role: grant.granted_by for grant in noor.grants.all()} == {"moderator": ada, "editor": ada}
    assert done(noor) == ["granted", "granted", "invited", "accepted"]
    assert Client().post(link, NEW).status_code == 410


def test_looking_at_a_link_uses_nothing_up_and_only_its_hash_is_kept(client, ada):
    secret = joining.invite(UserFactory.build(), [Role.EDITOR], by=ada)
    for _ in range(3):
        assert client.get(joining.path_of(secret)).status_code == 200
    assert secret not in str(list(Link.objects.values()))


@pytest.mark.parametrize(("days", "status"), [(0, 200), (2, 200), (3, 410)])
def test_a_link_holds_for_two_days(client, ada, days, status):
    secret = joining.invite(UserFactory.build(), [Role.EDITOR], by=ada)
    Link.objects.update(last_day=timezone.localdate() + timedelta(days=joining.DAYS - days))
    assert client.get(joining.path_of(secret)).status_code == status


@pytest.mark.parametrize("given", [{}, {"new_password1": "short", "new_password2": "short"}])
def test_a_weak_password_uses_no_link_up(client, ada, given):
    path = joining.path_of(joining.invite(UserFactory.build(), [Role.EDITOR], by=ada))
    assert "Error: Set your password" in client.post(path, given).content.decode()
    assert client.post(path, NEW).status_code == 302


def test_an_invitation_that_was_lost_is_replaced(client, ada):
    person = UserFactory.build()
    first = joining.invite(person, [Role.EDITOR], by=ada)
    second = link_in(act(screen(ada), person, "invite-again"))
    assert client.get(joining.path_of(first)).status_code == 410
    assert client.get(second).status_code == 200


def test_whoever_has_a_password_is_not_invited_again(ada, person):
    with pytest.raises(NotPossible):
        joining.invite_again(person, by=ada)
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_a_lost_device_needs_two_administrators_and_ends_every_way_in(client, ada, bea, person, theirs):
    act(screen(ada), person, "report-lost")
    assert theirs.get("/staff/").status_code == 200
    assert "Two administrators" in act(screen(ada), person, "confirm-lost").content.decode()
    assert Authenticator.objects.filter(user=person).exists()
    link = link_in(act(screen(bea), person, "confirm-lost"))
    assert theirs.get("/staff/")["Location"].startswith("/staff/sign-in/")
    assert not Authenticator.objects.filter(user=person).exists()
    assert not User.objects.get(pk=person.pk).has_usable_password()
    assert client.post(link, NEW)["Location"] == "/staff/enrol/"
    assert Grant.objects.filter(user=person, role=Role.MODERATOR).exists()
    assert done(person) == ["granted", "lost-asked", "lost-confirmed", "accepted"]
    assert AccountEvent.objects.get(what="lost-confirmed").by == bea


def test_nobody_confirms_what_nobody_reported_or_what_is_about_themselves(ada, bea, person):
    with pytest.raises(NotPossible):
        joining.confirm_lost(person, by=bea)
    joining.report_lost(bea, by=ada)
    with pytest.raises(NotPossible):
        joining.confirm_lost(bea, by=bea)
    with pytest.raises(NotPossible):
        joining.report_lost(ada, by=ada)


def test_a_reported_loss_that_waits_opens_nothing(client, ada, person):
    joining.report_lost(person, by=ada)
    assert joining.find("") is None
    with pytest.raises(NotPossible):
        joining.accept("", PASSWORD)


def test_a_leavers_live_session_ends_at_the_next_request(ada, person, theirs):
    act(screen(ada), person, "leave")
    assert theirs.get("/staff/")["Location"].startswith("/staff/sign-in/")
    person.refresh_from_db()
    assert not person.is_active
    assert not person.has_usable_password()
    assert not person.grants.exists()
    assert not person.groups.exists()
    assert not Authenticator.objects.filter(user=person).exists()
    assert done(person) == ["granted", "withdrawn", "left"]
    assert (
        "That user name and password"
        in Client().post("/staff/sign-in/", {"login": "mo", "password": PASSWORD}).content.decode()
    )


def test_ending_sessions_ends_nobody_elses(ada, person, theirs):
    other = screen(ada)
    assert sessions.end_all(person) == 1
    assert other.get("/staff/").status_code == 200


def test_the_last_administrator_and_oneself_cannot_leave(ada, bea):
    with pytest.raises(NotPossible, match="another administrator"):
        joining.leave(ada, by=ada)
    joining.leave(bea, by=ada)
    with pytest.raises(NotPossible, match="only administrator"):
        joining.leave(ada, by=None)


def test_roles_are_given_and_taken_as_ticked(ada, person):
    screen(ada).post(f"/staff/people/{person.pk}/roles/", {"roles_held": ["analyst", "editor"]})
    assert set(person.grants.values_list("role", flat=True)) == {"analyst", "editor"}
    assert done(person) == ["granted", "withdrawn", "granted", "granted"]


def test_nobody_takes_the_administrators_role_from_themselves(ada):
    text = screen(ada).post(f"/staff/people/{ada.pk}/roles/", {"roles_held": ["editor"]}, follow=True)
    assert "Nobody takes this role from themselves" in text.content.decode()
    assert set(ada.grants.values_list("role", flat=True)) == {"administrator"}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_other_roles_manage_no_accounts(role, person):
    client = screen(UserFactory(roles=[role]))
    for path in ("/staff/people/", "/staff/people/invite/", f"/staff/people/{person.pk}/"):
        assert client.get(path).status_code == 403
    for what in ("leave", "report-lost", "confirm-lost", "invite-again", "roles"):
        assert client.post(f"/staff/people/{person.pk}/{what}/").status_code == 403
    for verb in (joining.leave, joining.report_lost, joining.confirm_lost, joining.invite_again):
        with pytest.raises(PermissionDenied):
            verb(person, by=UserFactory(roles=[role]))


def test_the_first_administrator_is_invited_at_the_server(client):
    out = io.StringIO()
    call_command("invite", "first", "--role", "administrator", stdout=out)
    path = re.search(r"/staff/invitation/[\w-]+/", out.getvalue())[0]
    assert client.post(path, NEW)["Location"] == "/staff/enrol/"


def test_the_server_lets_the_only_administrator_start_again(ada, person):
    out = io.StringIO()
    call_command("invite", "mo", "--again", stdout=out)
    assert not Authenticator.objects.filter(user=person).exists()
    assert AccountEvent.objects.get(what="lost-confirmed").by is None


@pytest.mark.parametrize(
    "given", [["mo"], ["mo", "--role", "editor"], ["new"], ["nobody", "--again"], ["a b", "--role", "editor"]]
)
def test_the_command_says_what_is_missing(person, given):
    with pytest.raises(CommandError):
        call_command("invite", *given)


def test_the_screens_say_what_they_show(ada, bea, person):
    client = screen(bea)
    assert "Signs in with a second factor" in client.get("/staff/people/").content.decode()
    joining.report_lost(person, by=ada)
    text = client.get(f"/staff/people/{person.pk}/").content.decode()
    assert "I have made sure" in text
    assert "Lost device reported, by ada" in text
