"""What the pages of questions about people hand from one to the next: a locked slip inside the form, and no table.

The slip holds the answers so far. It opens only for the consultation that this browser has just sent answers to.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from django.conf import settings
from nacl.secret import Aead

from surveys.returning import boxes

# Whoever begins before midnight may go on after it.
VALID = timedelta(days=1)
# More than the longest slip there is: a bank of questions, each with one value.
LONGEST = 20_000


@dataclass(frozen=True)
class Slip:
    """The answers so far by key, the question shown, and whether the check page has been reached."""

    mark: str  # random, and used once: the same slip is not counted twice
    day: str  # when it was given out
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    at: str = ""
    is_checked: bool = False


def new(today: date) -> Slip:
    """An empty slip."""
    return Slip(mark=secrets.token_hex(16), day=today.isoformat())


def lock(slip: Slip, consultation: uuid.UUID) -> str:
    """The slip as a form carries it."""
    return boxes.lock(json.dumps(asdict(slip)).encode(), key=_key(), context=consultation.bytes).hex()


def unlock(text: str, consultation: uuid.UUID, *, today: date) -> Slip | None:
    """The slip in a form, or None if it was made up or altered, is for another consultation, or is too old."""
    if len(text) > LONGEST:
        return None
    try:
        slip = Slip(**json.loads(boxes.unlock(bytes.fromhex(text), key=_key(), context=consultation.bytes)))
    except (ValueError, boxes.WrongBox):
        return None
    return slip if date.fromisoformat(slip.day) >= today - VALID else None


def _key() -> bytes:
    secret = settings.SECRET_KEY.encode()
    return hashlib.blake2b(secret, person=b"heard equality", digest_size=Aead.KEY_SIZE).digest()
