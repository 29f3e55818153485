"""A mark that leads from one page of the receipt to the next, so that nobody types the words again; stored nowhere."""

import time
import uuid

from surveys.returning import boxes
from surveys.returning.proving import keyed

# How long the page that the words opened may lead on to the next one.
GRANT_SECONDS = 30 * 60
TIME_BYTES = 8
CONTEXT = b"receipt grant"


def grant(row_id: uuid.UUID) -> str:
    """The mark for a row of words, good for half an hour."""
    until = int(time.time()) + GRANT_SECONDS
    return boxes.lock(row_id.bytes + until.to_bytes(TIME_BYTES, "big"), key=_key(), context=CONTEXT).hex()


def granted(mark: str) -> uuid.UUID | None:
    """Which row a form may speak of, or None if its mark is not ours or too old."""
    try:
        content = boxes.unlock(bytes.fromhex(mark), key=_key(), context=CONTEXT)
    except (ValueError, boxes.WrongBox):
        return None
    is_over = int.from_bytes(content[-TIME_BYTES:], "big") < time.time()
    return None if is_over else uuid.UUID(bytes=content[:-TIME_BYTES])


def _key() -> bytes:
    return keyed(b"receipt grant", b"")
