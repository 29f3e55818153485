"""Staff sign-in in a real browser, with a security key that Chromium plays. Every name here is made up."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import expect

from accounts import joining, sessions
from accounts.models import Role, User
from tests.accounts.factories import UserFactory, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a fictional pass phrase"


@pytest.fixture
def person() -> User:
    person = UserFactory(roles=[Role.COMMISSION_MEMBER])
    person.set_password(PASSWORD)
    person.save()
    cache.clear()
    return person


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]


def fits(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def give_key(page, *, verifies: bool = True) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal" if verifies else "usb",
        "hasResidentKey": verifies,
        "hasUserVerification": verifies,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def give_password(page, person: User) -> None:
    page.goto("/staff/")
    page.get_by_label("User name").fill(person.get_username())
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def at(page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def enrol_key(page) -> None:
    page.get_by_role("link", name="A key or passkey").click()
    page.get_by_label("Name of the key").fill("blue key")
    page.get_by_role("button", name="Set up this key").click()
    at(page, "Your recovery codes")


def test_a_passkey_is_enrolled_and_then_signs_in_alone(open_page, person):
    page = open_page(width=360)
    give_key(page)
    give_password(page, person)
    at(page, "Set up a second factor")
    enrol_key(page)
    page.get_by_role("link", name="I have written them down").click()
    at(page, "Your work")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/staff/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    at(page, "Your work")


def test_a_plain_key_signs_in_after_the_password_and_not_alone(open_page, person):
    page = open_page(width=1280)
    give_key(page, verifies=False)
    give_password(page, person)
    page.get_by_role("link", name="A key or passkey").click()
    page.get_by_label("Sign in with this key alone").uncheck()
    page.get_by_role("button", name="Set up this key").click()
    at(page, "Your recovery codes")
    page.goto("/staff/")
    page.get_by_role("button", name="Sign out").click()
    give_password(page, person)
    at(page, "Your second factor")
    page.get_by_role("button", name="Use a key instead").click()
    at(page, "Your work")


def test_a_key_that_does_not_answer_leaves_other_ways(open_page, person):
    page = open_page(width=360)
    give_password(page, person)
    page.context.new_cdp_session(page).send("WebAuthn.enable")
    page.get_by_role("link", name="A key or passkey").click()
    page.evaluate(
        "() => { navigator.credentials.create = () => Promise.reject(new DOMException('no', 'NotAllowedError')) }"
    )
    page.get_by_role("button", name="Set up this key").click()
    expect(page.get_by_text("The key did not answer.")).to_be_visible()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_app_is_enrolled_and_signs_in_by_keyboard_alone(open_page, person, javascript):
    page = open_page(width=360, javascript=javascript)
    give_password(page, person)
    page.get_by_role("link", name="An authenticator app").press("Enter")
    secret = page.locator(".heard-secret").inner_text()
    field = page.get_by_label("Code")
    field.fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    field.press("Enter")
    at(page, "Your recovery codes")
    codes = page.locator(".heard-codes code").all_inner_texts()
    assert len(codes) == 10
    page.goto("/staff/")
    page.get_by_role("button", name="Sign out").press("Enter")
    give_password(page, person)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_label("Code").press("Enter")
    at(page, "Your work")


@pytest.mark.parametrize("width", [360, 1280])
def test_every_screen_of_signing_in_is_accessible_and_fits(open_page, live_server, person, width):
    ada = UserFactory(username="ada", roles=[Role.ADMINISTRATOR])
    Authenticator.objects.create(user=ada, type="totp", data={})
    joining.report_lost(person, by=ada)
    link = joining.path_of(joining.invite(UserFactory.build(), [Role.EDITOR], by=ada))
    page = open_page(width=width)
    found = []
    for address in ("/staff/sign-in/", "/staff/sign-in/?ended=idle", link, "/staff/invitation/gone/"):
        page.goto(address)
        found += violations(page) + ([] if fits(page) else [f"{address} is too wide"])
    client = Client()
    sign_in(client, ada)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    for address in (
        "", "security/", "security/keys/", "security/keys/add/", "security/app/remove/", "security/codes/new/",
        "security/password/", "security/again/", "people/", "people/invite/", f"people/{person.pk}/", f"people/{ada.pk}/",
    ):  # fmt: skip
        page.goto(f"/staff/{address}")
        found += violations(page) + ([] if fits(page) else [f"{address} is too wide"])
    assert found == []


def test_a_session_says_two_minutes_before_that_it_ends_and_can_go_on(open_page, live_server, person):
    client = Client()
    sign_in(client, person)
    page = open_page(width=360)
    cookie = {"name": "sessionid", "value": client.session.session_key, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto("/staff/security/")
    session = client.session
    session[sessions.SEEN] = time.time() - sessions.idle_limit(person) + 60
    session.save()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("alertdialog")).to_contain_text("signed out in two minutes")
    assert violations(page) == []
    page.get_by_role("button", name="Stay signed in").press("Enter")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    assert client.session[sessions.SEEN] > time.time() - 60
