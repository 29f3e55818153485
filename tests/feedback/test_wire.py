import socket
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import wire
from feedback.models import Purpose
from feedback.redaction.spans import Redaction, Span

WORDS = "fictional heron words"


def test_a_request_comes_back_as_it_was_sent():
    request = wire.Request(uuid.uuid4(), uuid.uuid4(), Purpose.SAFEGUARDING)
    assert wire.Request.from_json(request.to_json()) == request
    assert len(request.to_json()) < wire.LONGEST_REQUEST


@given(st.text(alphabet=st.characters()))
def test_an_answer_comes_back_as_it_was_sent(text):
    answer = wire.Answer(text=text, suggestion=Redaction(text=text, spans=(Span(0, 1, "PERSON"),)))
    assert wire.Answer.from_json(answer.to_json()) == answer


@pytest.mark.parametrize("refusal", wire.Refusal)
def test_a_refusal_comes_back_without_text(refusal):
    assert wire.Answer.from_json(wire.Answer(refusal=refusal).to_json()) == wire.Answer(refusal=refusal)


def test_the_longest_text_there_can_be_fits_an_answer():
    text = "\x01" * (256 * 1024)
    answer = wire.Answer(text=text, suggestion=Redaction(text=text, spans=()))
    assert len(answer.to_json()) < wire.LONGEST_ANSWER


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'["a","b","review"]',
        b"[1,2,3]",
        b"\xff\xfe",
        b'"x"',
        b'["%s","%s","gossip"]' % ((str(uuid.UUID(int=7)).encode(),) * 2),
    ],
    ids=str,
)
def test_what_is_not_a_message_is_refused_on_both_sides(message):
    with pytest.raises(wire.BadMessage):
        wire.Request.from_json(message)
    with pytest.raises(wire.BadMessage):
        wire.Answer.from_json(message)


def test_no_representation_shows_words():
    answer = wire.Answer(text=WORDS, suggestion=Redaction(text=WORDS, spans=()))
    assert "heron" not in repr(answer)


@pytest.fixture
def pair():
    one, other = socket.socketpair()
    other.settimeout(5)
    with one, other:
        yield one, other


@pytest.mark.parametrize("size", [0, 1, 70_000])
def test_messages_of_any_size_arrive_whole(pair, size):
    one, other = pair
    wire.write(one, b"x" * size)
    assert wire.read(other, at_most=size) == b"x" * size


def test_a_message_over_the_bound_is_refused_before_it_is_read(pair):
    one, other = pair
    wire.write(one, b"x" * 11)
    with pytest.raises(wire.BadMessage, match="too long"):
        wire.read(other, at_most=10)


@pytest.mark.parametrize("sent", [b"", b"\0\0", b"\0\0\0\x05ab"])
def test_a_message_that_ends_early_is_refused(pair, sent):
    one, other = pair
    one.sendall(sent)
    one.shutdown(socket.SHUT_WR)
    with pytest.raises(wire.BadMessage, match="ended early"):
        wire.read(other, at_most=10)
