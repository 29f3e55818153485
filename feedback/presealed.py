"""A text that was sealed when it was typed, to be received later without being opened in between.

What triage said of it, and the language it was found to be in, travel inside, so it has to be kept under a lock of the
keeper's own: see `surveys.returning`.
"""

import json
import uuid
from dataclasses import asdict, dataclass, field

from feedback import vault
from feedback.languages import UNKNOWN

# Room for the names around the ciphertext, so that neither flags nor question change the length of what is kept.
ROOM = 2048
LENGTH_BYTES = 2


@dataclass(frozen=True)
class Presealed:
    """One sealed text with its names: its question, its period's key, what triage heard in it, and its language."""

    question_id: str
    period_id: str
    sealed_text_id: uuid.UUID
    urgency: int
    flags: tuple[str, ...]
    sealed: vault.Sealed = field(repr=False)
    language: str = UNKNOWN


def to_bytes(text: Presealed) -> bytes:
    """The whole as bytes: the names in a fixed room, then the wrapped key behind its length, then the ciphertext.

    Raises:
        TextTooLong: if the names do not fit their room, which no known set of flags comes near.
    """
    names = asdict(text) | {"sealed": None, "sealed_text_id": text.sealed_text_id.hex}
    written = json.dumps(names, separators=(",", ":")).encode()
    if len(written) > ROOM:
        raise vault.TextTooLong("The names of a sealed text do not fit their room.")
    key = text.sealed.wrapped_key
    return written.ljust(ROOM) + len(key).to_bytes(LENGTH_BYTES, "big") + key + text.sealed.ciphertext


def from_bytes(content: bytes) -> Presealed:
    """What `to_bytes` was given."""
    names = json.loads(content[:ROOM])
    start = ROOM + LENGTH_BYTES
    end = start + int.from_bytes(content[ROOM:start], "big")
    return Presealed(
        question_id=names["question_id"],
        period_id=names["period_id"],
        sealed_text_id=uuid.UUID(names["sealed_text_id"]),
        urgency=names["urgency"],
        flags=tuple(names["flags"]),
        language=names.get("language", UNKNOWN),
        sealed=vault.Sealed(ciphertext=content[end:], wrapped_key=content[start:end]),
    )
