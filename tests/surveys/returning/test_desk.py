"""Where the public process stands apart, the worker serves holders of words, and they notice no difference."""

import json
import logging

import pytest

from feedback import wire
from feedback.models import Contribution, Use
from surveys.journey import places
from surveys.models import ReceiptWords
from surveys.returning import answering, asking, receipts
from surveys.returning.desk import desk
from surveys.returning.words import draw
from tests.surveys.journey.factories import WHOLE_WAY
from tests.surveys.returning.factories import ask, come_back, take_words

pytestmark = pytest.mark.django_db
CANARY = "Quillfeather zanzibar canary"


@pytest.fixture
def sent(walker):
    words = take_words(walker)
    walker.go_to(places.CHECK, answers={**WHOLE_WAY, "K-11": {"answer": CANARY}})
    walker.press("send")
    return words


@pytest.fixture
def apart(settings, monkeypatch):
    """The public process by itself; what goes through the socket goes through as bytes, and is kept to look at."""
    settings.HEARD_PART = "public"
    passed: list[bytes] = []

    def through(wish, *facts):
        message = json.dumps([wish, *facts]).encode()
        answer = answering.answer(message)
        passed.extend([message, answer])
        said = json.loads(answer)
        if "is" not in said:
            raise asking.DeskClosed
        return said["is"]

    monkeypatch.setattr(asking, "_ask", through)
    return passed


def test_one_process_serves_them_itself():
    assert desk() is receipts


def test_the_receipt_is_the_same_from_afar(sent, apart):
    assert desk() is asking
    afar = come_back(sent)
    assert afar.heading == "We have your answers"
    row = ReceiptWords.objects.get().pk
    assert asking.receipt(row) == receipts.receipt(row)
    assert asking.became(row) == receipts.became(row)
    assert not [message for message in apart if b"canary" in message.lower()]


def test_unknown_words_find_nothing_from_afar(sent, apart):
    assert come_back(draw().spoken).heading == "We found nothing with these words"


def test_uses_are_changed_from_afar(sent, apart):
    row = ReceiptWords.objects.get().pk
    assert asking.choose_uses(row, {Use.PARAPHRASE})
    assert Contribution.objects.get().uses == {Use.PARAPHRASE}


def test_answers_are_taken_back_from_afar(sent, apart):
    back = ask(ask(come_back(sent), "withdraw"), "delete")
    assert back.heading == "Your answers have been deleted"
    assert not Contribution.objects.exists()


def test_without_the_worker_people_are_asked_to_try_again(sent, settings, tmp_path):
    settings.HEARD_PART = "public"
    settings.HEARD_DESK_SOCKET = tmp_path / "nobody.sock"
    back = come_back(sent)
    assert back.heading == "Please try again in a moment"
    assert Contribution.objects.exists()


@pytest.mark.parametrize("message", [b"", b"{}", b'"find"', b'["delete everything"]', b"[1]", b"[[]]", b"\xff"])
def test_something_else_is_not_answered(message):
    with pytest.raises(wire.BadMessage):
        answering.answer(message)


def test_a_failure_is_told_without_what_was_asked(caplog):
    with caplog.at_level(logging.ERROR):
        assert answering.answer(b'["take_back", "heron"]') == answering.FAILED
    assert "ValueError" in caplog.text
    assert "heron" not in caplog.text
