"""Signing in with a second factor, and what does not count as one."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from accounts import devices, one_time, sessions
from accounts.models import Role, User
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "a fictional pass phrase"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(steps: int = 0) -> str:
    """What an app shows now, or so many steps later."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


@pytest.fixture
def person() -> User:
    person = UserFactory(roles=[Role.ANALYST])
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def app(person: User) -> Authenticator:
    cache.clear()
    return TOTP.activate(person, SECRET).instance


def give_password(client: Client, person: User, password: str = PASSWORD, **more: str):
    return client.post("/staff/sign-in/", {"login": person.username, "password": password, **more})


def give_code(client: Client, given: str):
    return client.post("/staff/second-factor/", {"code": given})


def is_in(client: Client) -> bool:
    return client.get("/reports/").status_code == 200


def test_a_password_and_a_code_lead_to_where_one_was_going(client, person, app):
    assert give_password(client, person, next="/reports/")["Location"] == "/staff/second-factor/"
    assert not is_in(client)
    assert give_code(client, code())["Location"] == "/reports/"
    assert is_in(client)


def test_one_may_start_again_as_somebody_else(client, person, app):
    give_password(client, person)
    assert "<h1" in client.get("/staff/sign-in/").content.decode()
    assert client.get("/staff/second-factor/")["Location"].startswith("/staff/sign-in/")


def test_enrolling_changes_the_sessions_own_key(client, person):
    give_password(client, person)
    before = client.session.session_key
    secret = re.search(r'heard-secret">([A-Z2-7]+)<', client.get("/staff/security/app/").content.decode())[1]
    cache.clear()
    client.post("/staff/security/app/", {"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))})
    assert client.session.session_key != before
    assert is_in(client)


@pytest.mark.parametrize("way", ["wrong", "old", "early", "empty"])
def test_a_code_that_is_not_now_opens_nothing(client, person, app, way):
    given = {"wrong": str((int(code()) + 1) % 10**6).zfill(6), "old": code(-3), "early": code(3), "empty": ""}[way]
    give_password(client, person)
    text = give_code(client, given).content.decode()
    assert "Error: Your second factor" in text
    assert not is_in(client)


def test_a_code_is_taken_once_also_by_another_process(client, person, app):
    give_password(client, person)
    taken = code()
    give_code(client, taken)
    assert is_in(client)
    cache.clear()  # another process has another memory
    other = Client()
    give_password(other, person)
    assert "was used before" in give_code(other, taken).content.decode()
    assert not is_in(other)


def test_a_code_is_taken_once_also_when_written_apart(app):
    assert one_time.claim(app, "123 456")
    assert not one_time.claim(app, "123456")


def test_a_used_code_is_kept_as_a_keyed_hash_and_only_while_it_could_be_used(app, monkeypatch):
    assert one_time.claim(app, "123456")
    assert "123456" not in str(Authenticator.objects.get(pk=app.pk).data)
    later = time.time() + one_time.seconds_valid() + 1
    monkeypatch.setattr(one_time.time, "time", lambda: later)
    one_time.claim(app, "654321")
    assert len(Authenticator.objects.get(pk=app.pk).data["used"]) == 1


def test_a_recovery_code_signs_in_once(client, person, app):
    first = RecoveryCodes.activate(person).get_unused_codes()[0]
    give_password(client, person)
    assert give_code(client, first)["Location"] == "/staff/"
    other = Client()
    give_password(other, person)
    give_code(other, first)
    assert not is_in(other)


def test_recovery_codes_alone_are_no_second_factor(client, person):
    RecoveryCodes.activate(person)
    assert give_password(client, person)["Location"] == "/staff/"
    assert client.get("/staff/")["Location"] == "/staff/enrol/"


def test_the_first_sign_in_forces_enrolment_and_shows_recovery_codes_once(client, person):
    give_password(client, person)
    assert client.get("/staff/")["Location"] == "/staff/enrol/"
    assert client.get("/admin/")["Location"] == "/staff/enrol/"
    page = client.get("/staff/security/app/").content.decode()
    secret = re.search(r'heard-secret">([A-Z2-7]+)<', page)[1]
    shown = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    cache.clear()
    assert client.post("/staff/security/app/", {"code": shown})["Location"] == "/staff/security/codes/"
    codes = re.findall(r"<li><code>(\d{10})</code>", client.get("/staff/security/codes/").content.decode())
    assert len(set(codes)) == 10
    again = client.get("/staff/security/codes/").content.decode()
    assert "10 of 10 are left" in again
    assert not [code for code in codes if code in again]
    assert is_in(client)
    other = Client()
    give_password(other, person)
    assert "was used before" in give_code(other, shown).content.decode()


def test_secrets_are_locked_in_the_database(person, app):
    RecoveryCodes.activate(person)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    assert RecoveryCodes.activate(person).generate_codes()[0] not in kept


def test_another_key_opens_no_secret(client, person, app, settings):
    from nacl.exceptions import CryptoError

    settings.HEARD_FACTOR_KEY = "another"
    with pytest.raises(CryptoError):
        app.wrap().validate_code(code())


def test_the_last_factor_cannot_be_removed(client, person, app):
    sign_in(client, person)
    text = client.post("/staff/security/app/remove/").content.decode()
    assert "only second factor" in text
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_changing_factors_later_asks_for_one_again(client, person, app):
    sign_in(client, person)
    session = client.session
    session[sessions.PROVED] = time.time() - sessions.FRESH_SECONDS
    session.save()
    asked = client.get("/staff/security/keys/add/")
    assert asked["Location"].startswith("/staff/security/again/")
    assert client.post(asked["Location"], {"code": code()})["Location"] == "/staff/security/keys/add/"
    assert client.get("/staff/security/keys/add/").status_code == 200


def test_nothing_of_a_caller_is_kept(client, person, app):
    from django.contrib.sessions.models import Session

    meta = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Telltale/9", "HTTP_REFERER": "http://testserver/x"}
    client.post("/staff/sign-in/", {"login": person.username, "password": "wrong"}, **meta)
    client.post("/staff/sign-in/", {"login": person.username, "password": PASSWORD}, **meta)
    client.post("/staff/second-factor/", {"code": code()}, **meta)
    kept = str([session.get_decoded() for session in Session.objects.all()])
    kept += str(list(Authenticator.objects.values())) + str(list(User.objects.values())) + str(cache.__dict__)
    assert person.username in kept
    assert not [trace for trace in ("203.0.113", "Telltale", "testserver/x") if trace in kept]


class TestSlowing:
    def wrong(self, client: Client, person: User, times: int, **meta: str) -> str:
        for _ in range(times):
            response = client.post("/staff/sign-in/", {"login": person.username, "password": "wrong"}, **meta)
        return response.content.decode()

    def test_guessing_a_password_becomes_slow_from_however_many_networks(self, person):
        for number in range(8):
            assert "too many tries" not in self.wrong(Client(), person, 1, REMOTE_ADDR=f"198.51.{number}.1")
        text = self.wrong(Client(), person, 1, REMOTE_ADDR="203.0.113.1")
        assert "too many tries. Wait 30 seconds" in text

    def test_whoever_signed_in_from_this_browser_before_is_not_held_up(self, client, person, app):
        give_password(client, person)
        give_code(client, code())
        client.post("/staff/sign-out/")
        assert devices.COOKIE in client.cookies
        for _ in range(5):
            assert "too many tries" in self.wrong(Client(), person, 40)
        assert give_password(client, person)["Location"] == "/staff/second-factor/"

    def test_a_known_browser_guesses_no_faster_than_a_stranger(self, client, person, app):
        give_password(client, person)
        give_code(client, code())
        client.post("/staff/sign-out/")
        assert "too many tries" in self.wrong(client, person, 9)

    def test_a_browser_known_for_one_person_is_a_stranger_to_another(self, client, person, app):
        give_password(client, person)
        give_code(client, code())
        client.post("/staff/sign-out/")
        other = UserFactory()
        self.wrong(Client(), other, 8)
        assert "too many tries" in self.wrong(client, other, 1)

    def test_a_new_password_forgets_known_browsers(self, rf, person):
        from django.http import HttpResponse

        response = HttpResponse()
        devices.remember(rf.get("/"), response, person)
        request = rf.get("/")
        request.COOKIES[devices.COOKIE] = response.cookies[devices.COOKIE].value
        assert devices.known(request, person)
        person.set_password("another pass phrase")
        assert not devices.known(request, person)

    def test_a_forged_cookie_is_no_known_browser(self, rf, person):
        request = rf.get("/")
        request.COOKIES[devices.COOKIE] = "e30:forged:signature"
        assert devices.known(request, person) == ""

    def test_waiting_is_enough(self, person, app, clock):
        self.wrong(Client(), person, 20)
        clock.now += 61
        assert give_password(Client(), person)["Location"] == "/staff/second-factor/"

    def test_guessing_a_code_becomes_slow_and_a_right_one_costs_nothing(self, client, person, app):
        for number in range(6):
            give_password(client, person)
            assert "too many tries" not in give_code(client, f"{number:06}").content.decode()
        assert "Wait 5 minutes" in give_code(client, code()).content.decode()
        assert not is_in(client)

    def test_unknown_names_slow_like_known_ones(self, client, person):
        known, unknown = [self.wrong(Client(), somebody, 9) for somebody in (person, UserFactory.build())]
        assert ("too many tries" in known) == ("too many tries" in unknown) is True

    def test_many_names_do_not_make_it_forget(self, person):
        from accounts import attempts

        self.wrong(Client(), person, 9)
        for number in range(30_000):
            attempts.passwords.wait(f"strangers:{number % attempts.BUCKETS}".encode())
        assert "too many tries" in self.wrong(Client(), person, 1, REMOTE_ADDR="203.0.113.1")


def test_a_process_without_the_key_says_so(settings, app):
    from accounts.keyed import NoFactorKeyHere

    settings.HEARD_FACTOR_KEY = None
    with pytest.raises(NoFactorKeyHere):
        one_time.claim(app, "123456")
