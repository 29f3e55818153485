import contextlib
import os
import socket
import stat
import tempfile
import threading
import uuid
from pathlib import Path

import pytest

from accounts.models import Role
from feedback import opening
from feedback.listening import OpenerNotStarted, Server
from feedback.models import Opening, Purpose
from feedback.opener import Opener
from feedback.opening import NotOpened, open_text
from feedback.redaction.spans import Redaction, Span
from feedback.review import mark_of
from feedback.wire import Refusal
from tests.accounts.factories import UserFactory
from tests.feedback.factories import SealedTextFactory

WORDS = "fictional heron words"
pytestmark = pytest.mark.django_db(transaction=True)


def hide_first_word(text):
    return Redaction(text="[PERSON]" + text[9:], spans=(Span(0, 9, "PERSON"),))


@pytest.fixture
def path(settings):
    # pytest's own temporary folders are deeper than a socket's path may be long.
    with tempfile.TemporaryDirectory(prefix="heard-") as folder:
        settings.HEARD_OPENER_SOCKET = Path(folder) / "opener.sock"
        yield settings.HEARD_OPENER_SOCKET


@pytest.fixture
def running(path):
    server = Server(path, Opener(redact=hide_first_word).reply)
    thread = server.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.fixture
def moderator(db):
    return UserFactory(roles=[Role.MODERATOR])


def test_a_moderator_opens_one_text(keys, running, moderator):
    text = SealedTextFactory(text=WORDS)
    opened = open_text(text.pk, user=moderator, purpose=Purpose.REVIEW)
    assert opened.text == WORDS
    assert opened.suggestion == Redaction(text="[PERSON] heron words", spans=(Span(0, 9, "PERSON"),))
    assert opened.mark == mark_of(text.pk, "[PERSON] heron words")
    assert Opening.objects.get().opened_by == moderator
    assert "heron" not in repr(opened)
    assert opened.mark not in repr(opened)


def test_a_refusal_arrives_as_a_sentence(keys, running, moderator):
    with pytest.raises(NotOpened, match=r"withdrawn by the person who sent it\.") as raised:
        open_text(uuid.uuid4(), user=moderator, purpose=Purpose.REVIEW)
    assert raised.value.why == Refusal.WITHDRAWN


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_has_a_sentence(refusal):
    assert opening.SENTENCES[refusal].endswith(".")


def test_without_a_worker_the_sentence_says_to_start_it(path, moderator):
    with pytest.raises(NotOpened, match=r"The opener is not running\. Start the worker") as raised:
        open_text(uuid.uuid4(), user=moderator, purpose=Purpose.REVIEW)
    assert raised.value.why is None


def test_a_socket_left_by_a_killed_worker_is_no_opener(path, moderator):
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    with pytest.raises(NotOpened, match="not running"):
        open_text(uuid.uuid4(), user=moderator, purpose=Purpose.REVIEW)


def test_a_new_worker_takes_over_a_socket_left_behind(keys, path, moderator):
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    server = Server(path, Opener(redact=hide_first_word).reply)
    thread = server.start()
    assert open_text(SealedTextFactory(text=WORDS).pk, user=moderator, purpose=Purpose.REVIEW).text == WORDS
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.mark.parametrize("answer", [b"", b"\0\0", b"\xff\xff\xff\xff", b"\0\0\0\x04null"], ids=str)
def test_an_opener_that_talks_nonsense_is_not_believed(path, moderator, answer):
    with socket.socket(socket.AF_UNIX) as impostor:
        impostor.bind(str(path))
        impostor.listen()

        def talk():
            caller, _ = impostor.accept()
            with caller:
                caller.recv(1000)
                caller.sendall(answer)

        talking = threading.Thread(target=talk)
        talking.start()
        with pytest.raises(NotOpened, match="did not answer"):
            open_text(uuid.uuid4(), user=moderator, purpose=Purpose.REVIEW)
        talking.join(10)


@pytest.mark.parametrize("message", [b"", b"\0\0\0\x02[]", b"\xff\xff\xff\xff", b"GET / HTTP/1.1\r\n\r\n"], ids=str)
def test_the_opener_outlives_callers_that_talk_nonsense(keys, running, path, moderator, message):
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(10)
        caller.connect(str(path))
        caller.sendall(message)
        caller.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionResetError):
            assert caller.recv(10) == b""
    assert open_text(SealedTextFactory(text=WORDS).pk, user=moderator, purpose=Purpose.REVIEW).text == WORDS


def test_the_socket_is_closed_to_other_accounts(running, path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_second_worker_is_told_that_there_is_one(running, path):
    with pytest.raises(OpenerNotStarted, match="Another worker is already running"):
        Server(path, Opener(redact=hide_first_word).reply)
    assert path.exists()


def test_stopping_gives_up_the_socket_and_the_lock(path):
    for _ in range(2):
        Server(path, Opener(redact=hide_first_word).reply).server_close()
        assert not path.exists()


def test_a_path_too_long_for_a_socket_is_explained(tmp_path):
    with pytest.raises(OpenerNotStarted, match="Set HEARD_VAR to a shorter folder"):
        Server(tmp_path / ("x" * 100) / "opener.sock", Opener(redact=hide_first_word).reply)


def test_the_mask_of_new_files_is_put_back(path):
    before = os.umask(0o022)
    os.umask(before)
    Server(path, Opener(redact=hide_first_word).reply).server_close()
    after = os.umask(before)
    assert after == before
