"""Every address is staff unless listed, and every staff address demands a whole session."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import ResolverMatch

from accounts import sessions
from accounts.guard import ENROLLING, SIGNING_IN, Guard
from accounts.models import Role
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db
PUBLIC = {"wagtail_serve", "journey:form", "journey:file", "kept", "leave", "alive", "metrics"}
WAGTAILS_OWN = [
    "/admin/login/",
    "/admin/password_reset/",
    "/admin/password_reset/confirm/MQ/a-b/",
    "/_util/login/",
    "/_util/authenticate_with_password/1/1/",
]


def names(resolver: URLResolver, space: str = "") -> list[str]:
    """The name of every view there is, as the guard meets it."""
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            name = pattern.name or pattern.lookup_str
            found.append(f"{space}{name}")
        else:
            found += names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
    return found


EVERY_VIEW = sorted(set(names(get_resolver())))


@pytest.fixture(scope="module")
def ask(django_db_setup, django_db_blocker):
    """What the guard says to somebody at a view; the rows live for the module."""
    with django_db_blocker.unblock():
        person = UserFactory()

    def asked(name: str, *, factor: str = "", user=person):
        request = RequestFactory().get("/somewhere/")
        request.session, request.user = SessionStore(), user
        sessions.begin(request.session, factor=factor)
        space, _, own = name.rpartition(":")
        match = ResolverMatch(HttpResponse, (), {}, own, namespaces=space.split(":") if space else [])
        request.resolver_match = match
        return Guard(HttpResponse).process_view(request, HttpResponse, (), {})

    yield asked
    with django_db_blocker.unblock():
        person.delete()


def test_what_is_public_is_this_and_nothing_else():
    assert set(django_settings.HEARD_PUBLIC_VIEWS) == PUBLIC
    assert not {name for name in PUBLIC if name not in EVERY_VIEW}
    assert len(EVERY_VIEW) > 150


@pytest.mark.parametrize("name", [name for name in EVERY_VIEW if name not in PUBLIC | SIGNING_IN])
def test_a_password_alone_opens_only_enrolment(ask, name):
    answer = ask(name)
    if name in ENROLLING:
        assert answer is None
    else:
        assert (answer.status_code, answer["Location"]) == (302, "/staff/enrol/")


def test_an_address_nobody_has_listed_is_closed(ask):
    assert ask("brand-new").status_code == 302
    assert ask("brand-new", factor="totp") is None


@pytest.mark.parametrize("name", sorted(PUBLIC | SIGNING_IN))
def test_public_addresses_ask_nothing(ask, name):
    assert ask(name) is None


@pytest.fixture
def person():
    return UserFactory(roles=[Role.EDITOR])


def test_a_person_with_a_factor_cannot_go_on_with_a_password_alone(client: Client, person):
    Authenticator.objects.create(user=person, type="totp", data={})
    sign_in(client, person, factor="")
    assert client.get("/staff/enrol/")["Location"] == "/staff/sign-in/?next=/staff/enrol/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", WAGTAILS_OWN)
@pytest.mark.parametrize("way", ["get", "post"])
def test_wagtails_own_ways_in_lead_to_ours(client: Client, path, way):
    person = UserFactory()
    person.set_password("a fictional pass phrase")
    person.save()
    response = getattr(client, way)(path, {"username": person.username, "password": "a fictional pass phrase"})
    assert response.status_code == 302
    assert response["Location"].startswith("/staff/sign-in/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", WAGTAILS_OWN)
def test_wagtails_own_ways_in_are_closed_to_the_signed_in_too(client: Client, person, path):
    sign_in(client, person)
    response = client.post(path, {"username": "another", "password": "x"})
    assert response.status_code in {302, 404, 405}
    assert client.session["_auth_user_id"] == str(person.pk)


def test_only_a_button_signs_out(client: Client, person):
    sign_in(client, person)
    response = client.get("/admin/logout/")
    assert response.status_code == 405
    assert not response.cookies
    assert client.post("/admin/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_process_that_signs_nobody_in_has_no_closed_addresses(monkeypatch):
    monkeypatch.setattr("accounts.guard.is_valid_path", lambda path: False)
    request = RequestFactory().get("/_util/login/")
    request.user, request.resolver_match = AnonymousUser(), ResolverMatch(HttpResponse, (), {})
    with pytest.raises(Http404):
        Guard(HttpResponse).process_view(request, HttpResponse, (), {})


@pytest.mark.parametrize(
    "name", ["accounts/signup/", "staff/signup/", "staff/password/reset/", "staff/confirm-email/x/"]
)
def test_nobody_signs_up_or_resets_a_password_by_mail(client: Client, name):
    assert client.get(f"/{name}").status_code == 404


@pytest.mark.parametrize(
    ("roles", "seconds", "ended"),
    [
        ([Role.MODERATOR], 15 * 60 - 5, None),
        ([Role.MODERATOR], 15 * 60, "idle"),
        ([Role.ANALYST], 15 * 60, "idle"),
        ([Role.SAFEGUARDING_LEAD, Role.EDITOR], 15 * 60, "idle"),
        ([Role.EDITOR], 15 * 60, None),
        ([Role.EDITOR], 60 * 60 - 5, None),
        ([Role.EDITOR], 60 * 60, "idle"),
    ],
)
def test_an_unused_session_ends_sooner_for_those_who_open_words(client: Client, roles, seconds, ended):
    sign_in(client, UserFactory(roles=roles))
    move(client, sessions.SEEN, seconds)
    response = client.get("/staff/")
    if ended is None:
        assert response.status_code == 200
    else:
        assert response["Location"] == f"/staff/sign-in/?next=/staff/&ended={ended}"
        assert "_auth_user_id" not in client.session
        assert "nothing was done for a while" in client.get(response["Location"]).content.decode()


@pytest.mark.parametrize(
    ("role", "seconds", "status"),
    [
        (Role.EDITOR, 12 * 60 * 60 - 5, 200),
        (Role.EDITOR, 12 * 60 * 60, 302),
        (Role.MODERATOR, 8 * 60 * 60 - 5, 200),
        (Role.MODERATOR, 8 * 60 * 60, 302),
    ],
)
def test_a_session_ends_after_hours_however_busy_sooner_for_those_who_open_words(client: Client, role, seconds, status):
    sign_in(client, UserFactory(roles=[role]))
    move(client, sessions.SINCE, seconds)
    response = client.get("/staff/")
    assert response.status_code == status
    if status == 302:
        assert response["Location"].endswith("&ended=over")
        assert "every session ends" in client.get(response["Location"]).content.decode()


def test_the_limits_are_those_of_the_settings(client: Client, settings):
    settings.HEARD_WORDS_IDLE_SECONDS, settings.HEARD_WORDS_SESSION_SECONDS = 450, 5400
    sign_in(client, UserFactory(roles=[Role.MODERATOR]))
    text = client.get("/staff/").content.decode()
    assert "after 7.5 minutes" in text
    assert "after 1.5 hours" in text
    move(client, sessions.SINCE, 5400 - 60)
    assert client.get("/staff/time-left/").json()["unused"] <= 60
    move(client, sessions.SEEN, 450)
    assert client.get("/staff/").status_code == 302


def test_nobody_is_signed_out_later_for_opening_words(settings):
    settings.HEARD_IDLE_SECONDS, settings.HEARD_SESSION_SECONDS = 300, 3600
    opens, other = UserFactory(roles=[Role.MODERATOR]), UserFactory(roles=[Role.EDITOR])
    assert sessions.idle_limit(opens) <= sessions.idle_limit(other)
    assert sessions.longest(opens) <= sessions.longest(other)


def test_being_busy_keeps_a_session_and_asking_how_long_is_left_does_not(client: Client, person):
    sign_in(client, person)
    move(client, sessions.SEEN, 1000)
    before = client.session[sessions.SEEN]
    left = client.get("/staff/time-left/").json()
    assert 2590 <= left["unused"] <= 2600
    assert client.session[sessions.SEEN] == before
    client.get("/staff/stay/")
    assert client.session[sessions.SEEN] > before


def test_the_limits_are_said_before_they_happen(client: Client):
    sign_in(client, UserFactory(roles=[Role.MODERATOR]))
    text = client.get("/staff/").content.decode()
    assert "after 15 minutes" in text
    assert "after 8 hours" in text


def move(client: Client, mark: str, seconds: float) -> None:
    """Let so many seconds pass on this mark of the session."""
    session = client.session
    session[mark] = time.time() - seconds
    session.save()
