"""What the opener and its client say to each other: one length-prefixed JSON message each way, bounded in size."""

import json
import socket
import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from feedback.models import Purpose
from feedback.redaction.spans import Redaction, Span

LENGTH_BYTES = 4
LONGEST_REQUEST = 512
# The longest sealed text twice, as opened and as suggested, each byte of it escaped at worst to six.
LONGEST_ANSWER = 4 * 1024 * 1024


class BadMessage(Exception):
    """The other side sent something that is not a message of this kind; it is never quoted."""


class Refusal(StrEnum):
    """Why a text was not opened."""

    NOT_ALLOWED = "not-allowed"
    NOT_URGENT = "not-urgent"
    NO_CONSENT = "no-consent"
    DECIDED = "decided"
    HOURLY_CAP = "hourly-cap"
    DAILY_CAP = "daily-cap"
    WITHDRAWN = "withdrawn"
    KEY_DESTROYED = "key-destroyed"
    UNREADABLE = "unreadable"
    FAILED = "failed"


@dataclass(frozen=True)
class Request:
    """One person asks to open one text for one purpose."""

    sealed_text_id: uuid.UUID
    user_id: uuid.UUID
    purpose: Purpose

    def to_json(self) -> bytes:
        """The request as it is sent."""
        return json.dumps([str(self.sealed_text_id), str(self.user_id), self.purpose.value]).encode()

    @classmethod
    def from_json(cls, message: bytes) -> "Request":
        """The request that was sent.

        Raises:
            BadMessage: if it is not a request.
        """
        try:
            sealed_text_id, user_id, purpose = json.loads(message)
            return cls(uuid.UUID(sealed_text_id), uuid.UUID(user_id), Purpose(purpose))
        except (ValueError, TypeError, AttributeError):
            raise BadMessage("That is not a request to open a text.") from None


@dataclass(frozen=True)
class Answer:
    """The opened text and what to hide in it, or why it was refused."""

    refusal: Refusal | None = None
    text: str = field(default="", repr=False)
    suggestion: Redaction | None = None

    def to_json(self) -> bytes:
        """The answer as it is sent."""
        content: dict[str, Any] = {"refusal": self.refusal, "text": self.text}
        if self.suggestion is not None:
            content["redacted"] = self.suggestion.text
            content["spans"] = [[span.start, span.end, span.kind] for span in self.suggestion.spans]
        return json.dumps(content).encode()

    @classmethod
    def from_json(cls, message: bytes) -> "Answer":
        """The answer that was sent.

        Raises:
            BadMessage: if it is not an answer.
        """
        try:
            content = json.loads(message)
            if content["refusal"] is not None:
                return cls(refusal=Refusal(content["refusal"]))
            spans = tuple(Span(*span) for span in content["spans"])
            return cls(text=content["text"], suggestion=Redaction(text=content["redacted"], spans=spans))
        except (ValueError, TypeError, KeyError):
            raise BadMessage("That is not an answer of the opener.") from None


def write(connection: socket.socket, message: bytes) -> None:
    """Send one message."""
    connection.sendall(len(message).to_bytes(LENGTH_BYTES, "big") + message)


def read(connection: socket.socket, *, at_most: int) -> bytes:
    """Receive one message.

    Raises:
        BadMessage: if it is longer than `at_most` bytes, or ends early.
    """
    length = int.from_bytes(_read_exactly(connection, LENGTH_BYTES), "big")
    if length > at_most:
        raise BadMessage("The message is too long.")
    return _read_exactly(connection, length)


def _read_exactly(connection: socket.socket, length: int) -> bytes:
    parts: list[bytes] = []
    missing = length
    while missing:
        part = connection.recv(min(missing, 65536))
        if not part:
            raise BadMessage("The message ended early.")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
