"""After sending the words show that it came, whether somebody read it, and take it back; never a word of it."""

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Role
from accounts.slowing import KEY_SECONDS, TRIES_AT_ONCE, Slowing, network
from feedback.models import Contribution, Envelope, Opening, SealedText
from surveys.journey import comeback, places
from surveys.models import Draft, ReceiptWords, Response
from surveys.returning import grants, proving
from surveys.returning.turns import Busy
from surveys.returning.words import draw
from tests.accounts.factories import UserFactory
from tests.surveys.journey.factories import WHOLE_WAY, Walker
from tests.surveys.returning.factories import ask, come_back, other_than, take_words

pytestmark = pytest.mark.django_db
CANARY = "Quillfeather zanzibar canary"


@pytest.fixture
def sent(walker):
    """The words of somebody who has sent their answers."""
    words = take_words(walker)
    walker.go_to(places.CHECK, answers={**WHOLE_WAY, "K-11": {"answer": CANARY}})
    walker.press("send")
    assert walker.heading == "Your answers have been sent"
    return words


def test_the_words_show_the_day_and_not_a_word_of_what_was_said(sent):
    back = come_back(sent)
    assert back.heading == "We have your answers"
    today = timezone.localdate()
    assert f"{today.day} {today:%B %Y}" in back.text
    assert "Not yet" in back.text
    for said in ("canary", "Slow but kind", "Ring people back", "Did you tell"):
        assert said not in back.text


def test_they_show_that_a_person_has_read_it(sent):
    Opening.objects.create(
        sealed_text_id=SealedText.objects.first().pk,
        opened_by=UserFactory(roles=[Role.MODERATOR]),
        purpose="review",
        opened_on=timezone.localdate(),
    )
    back = come_back(sent)
    assert "Not yet" not in back.text
    assert ">Yes<" in back.text


def test_answers_without_words_have_nothing_to_read(walker):
    words = take_words(walker)
    walker.go_to(places.CHECK, answers={"K-01": {"answer": "yes"}})
    walker.press("send")
    assert "There is nothing to read" in come_back(words).text


def test_taking_back_says_first_what_goes_and_what_stays(sent):
    back = ask(come_back(sent), "withdraw")
    assert "What goes" in back.text
    assert "What stays" in back.text
    assert Contribution.objects.exists()


def test_taking_back_deletes_everything_that_came_of_it(sent):
    back = ask(ask(come_back(sent), "withdraw"), "delete")
    assert back.heading == "Your answers have been deleted"
    for model in (Contribution, SealedText, Envelope, Response, ReceiptWords):
        assert not model.objects.exists()


def test_taking_back_twice_says_the_same(sent):
    back = ask(come_back(sent), "withdraw")
    grant = back.text.split('name="grant" value="')[1].split('"')[0]
    for _ in range(2):
        back._send({"return": "delete", "grant": grant})
        assert back.heading == "Your answers have been deleted"


def test_nobody_elses_answers_are_taken_back(sent, version):
    other = Walker()
    other.begin(version.survey.code)
    other.go_to(places.CHECK)
    other.press("send")
    ask(ask(come_back(sent), "withdraw"), "delete")
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize("grant", ["", "zz", "00" * 60])
def test_a_forged_grant_deletes_nothing(sent, grant):
    walker = Walker()
    for step in ("withdraw", "delete"):
        walker._send({"return": step, "grant": grant})
        assert walker.heading == "Come back with your six words"
    assert Contribution.objects.exists()


def test_a_grant_is_good_for_half_an_hour(sent, monkeypatch):
    grant = grants.grant(ReceiptWords.objects.get().pk)
    assert grants.granted(grant) == ReceiptWords.objects.get().pk
    later = time.time() + grants.GRANT_SECONDS + 1
    monkeypatch.setattr(grants.time, "time", lambda: later)
    assert grants.granted(grant) is None


def test_a_wrong_a_withdrawn_and_an_unknown_set_look_the_same(sent, walker):
    wrong = come_back(other_than(sent, at=5))
    unknown = come_back(draw().spoken)
    ask(ask(come_back(sent), "withdraw"), "delete")
    withdrawn = come_back(sent)
    for seen in (wrong, unknown, withdrawn):
        assert seen.heading == "We found nothing with these words"
    assert wrong.response.content == unknown.response.content == withdrawn.response.content
    assert {seen.response.status_code for seen in (wrong, unknown, withdrawn)} == {422}
    kinds = [sorted(seen.response.headers.items()) for seen in (wrong, unknown, withdrawn)]
    assert kinds[0] == kinds[1] == kinds[2]


def test_a_wrong_a_withdrawn_and_an_unknown_set_do_the_same_work(sent, monkeypatch, django_assert_num_queries):
    runs = []
    kdf = proving.pwhash.argon2id.kdf

    def counted(*args, **settings):
        runs.append(settings)
        return kdf(*args, **settings)

    monkeypatch.setattr(proving.pwhash.argon2id, "kdf", counted)
    gone = sent
    for said in (other_than(sent, at=5), draw().spoken):
        with django_assert_num_queries(2):
            comeback._found(None, proving.prove(comeback.words.read(said)))
    Contribution.objects.all().delete()
    with django_assert_num_queries(2):
        comeback._found(None, proving.prove(comeback.words.read(gone)))
    assert runs == [{"opslimit": 2, "memlimit": 64 * 1024 * 1024}] * 3


def test_every_set_has_a_salt_of_its_own(monkeypatch):
    salts = []
    monkeypatch.setattr(
        proving.pwhash.argon2id, "kdf", lambda size, words, salt, **cost: salts.append(salt) or bytes(size)
    )
    for _ in range(20):
        proving.prove(draw())
    assert len(set(salts)) == 20


def test_another_pepper_finds_nothing(sent, settings):
    settings.HEARD_PEPPER = "another"
    assert come_back(sent).heading == "We found nothing with these words"


@pytest.mark.parametrize(
    ("typed", "said"), [("", "six words"), ("abacus " * 7, "six words"), ("abacus " * 5 + "hxuse", "not a word we use")]
)
def test_what_cannot_be_six_words_is_said_and_shown_again(version, typed, said):
    back = come_back(typed)
    assert back.response.status_code == 422
    assert said in back.text
    assert f'value="{typed}"' in back.text


def test_a_cross_site_form_is_refused_before_the_words_are_read(sent):
    walker = Walker()
    response = walker.client.post("/form/", {"return": "go", "words": sent}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


def test_too_many_at_once_are_asked_to_try_again(sent, monkeypatch):
    def busy(_):
        raise Busy

    monkeypatch.setattr(comeback, "prove", busy)
    back = come_back(sent)
    assert back.response.status_code == 503
    assert int(back.response["Retry-After"]) > 0
    assert back.heading == "Please try again in a moment"
    assert f'value="{sent}"' in back.text


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_many_tries_are_slowed_and_nobody_is_locked_out(sent, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(comeback, "slowing", Slowing(clock))
    for _ in range(int(TRIES_AT_ONCE)):
        assert come_back(draw().spoken).response.status_code == 422
    slow = come_back(sent)
    assert slow.response.status_code == 503
    clock.now += int(slow.response["Retry-After"])
    assert come_back(sent).heading == "We have your answers"


def test_a_refusal_never_makes_the_wait_longer():
    clock = Clock()
    slowing = Slowing(clock)
    for _ in range(int(TRIES_AT_ONCE)):
        assert slowing.wait(network("192.0.2.1")) == 0
    assert {slowing.wait(network("192.0.2.1")) for _ in range(1000)} == {2.0}
    assert slowing.wait(network("198.51.100.1")) == 0


def test_no_address_is_held_and_the_key_is_thrown_away():
    clock = Clock()
    slowing = Slowing(clock)
    slowing.wait(network("192.0.2.77"))
    first = slowing._key
    held = repr(vars(slowing)).encode() + b"".join(slowing._left)
    assert b"192.0" not in held
    assert bytes([192, 0, 2]) not in held
    clock.now += KEY_SECONDS + 1
    slowing.wait(network("192.0.2.77"))
    assert slowing._key != first
    assert len(slowing._left) == 1


@pytest.mark.parametrize(
    ("address", "name"),
    [("192.0.2.77", bytes([192, 0, 2])), ("2001:db8:1:2::3", bytes.fromhex("20010db80001")), ("", b""), ("unix:", b"")],
)
def test_a_caller_is_a_network(address, name):
    assert network(address) == name


@pytest.mark.django_db(transaction=True)
def test_no_word_is_in_any_cell_of_the_database(walker):
    words = take_words(walker)
    walker.go_to(places.CHECK, answers={**WHOLE_WAY, "K-11": {"answer": CANARY}})
    walker.client.get("/leave")
    assert Draft.objects.exists()
    come_back(words).press("send")
    cells = every_cell()
    assert "canary" not in cells
    assert words not in cells
    assert not any(f"{first} {second}" in cells for first, second in pairwise(words.split()))
    if connection.vendor == "sqlite":
        assert_not_in_the_files(words.split())


def assert_not_in_the_files(words: list[str]) -> None:
    """No two of the words within a hundred bytes of each other, anywhere in the database file or its log."""
    name = Path(str(connection.settings_dict["NAME"]))
    found = b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))
    assert len(found) > 1000
    for first, second in pairwise(words):
        assert not re.search(re.escape(first.encode()) + rb".{0,100}" + re.escape(second.encode()), found, re.DOTALL)
    assert CANARY.encode() not in found


def every_cell() -> str:
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - the database's own names
            found += [repr(bytes(cell) if isinstance(cell, memoryview) else cell) for row in cursor for cell in row]
    return "\n".join(found)


def test_no_page_of_return_words_is_in_an_address_or_a_cache(sent):
    back = come_back(sent)
    for step in ("withdraw", "delete"):
        assert back.response.request["PATH_INFO"] == "/form/"
        assert back.response.request["QUERY_STRING"] == ""
        assert back.response["Cache-Control"] == "no-store"
        assert "<title>Your answers</title>" in back.text
        assert 'href="/leave"' in back.text
        assert not back.client.cookies
        ask(back, step)


def test_the_receipt_sets_no_cookie_and_the_return_sets_the_one(sent, walker, version):
    assert not come_back(sent).client.cookies
    other = Walker()
    other.begin(version.survey.code)
    assert list(come_back(take_words(other)).client.cookies) == ["sitting"]
