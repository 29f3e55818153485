"""When somebody was here last: a time inside the sitting's cookie, locked so that only this site can read it.

No time finer than a day may be in a table, so the cookie carries it. Whoever finds the device learns nothing from it.
"""

import hashlib
import time
import uuid

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import Aead

# Half an hour: long enough to think or make tea, short enough for a screen that others may come to.
SECONDS = 30 * 60
TIME_BYTES = 8
STAMP_BYTES = Aead.NONCE_SIZE + TIME_BYTES + Aead.MACBYTES


def stamp(draft_id: uuid.UUID, *, at: float | None = None) -> bytes:
    """The time, now unless said (seconds since 1970), locked for this draft: `STAMP_BYTES` long."""
    seconds = int(time.time() if at is None else at)
    return bytes(_box().encrypt(seconds.to_bytes(TIME_BYTES, "big"), draft_id.bytes))


def is_over(stamped: bytes, draft_id: uuid.UUID) -> bool:
    """Whether that time was half an hour ago or more, or cannot be read as one of this draft's."""
    try:
        seconds = int.from_bytes(_box().decrypt(stamped, draft_id.bytes), "big")
    except (CryptoError, ValueError):
        return True
    return time.time() - seconds >= SECONDS


def _box() -> Aead:
    return Aead(hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"heard idle", digest_size=Aead.KEY_SIZE).digest())
