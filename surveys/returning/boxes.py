"""Locks bytes that are sealed or keyed already, under a key that no table holds. Pure."""

from nacl.exceptions import CryptoError
from nacl.secret import Aead


class WrongBox(Exception):
    """The box was locked with another key or for another place, or was altered."""


def lock(content: bytes, *, key: bytes, context: bytes) -> bytes:
    """The content under this key; it opens only with the same key and context."""
    return bytes(Aead(key).encrypt(content, context))


def unlock(box: bytes, *, key: bytes, context: bytes) -> bytes:
    """What `lock` was given.

    Raises:
        WrongBox: if key or context are others, or the box was altered.
    """
    try:
        return bytes(Aead(key).decrypt(box, context))
    except (CryptoError, ValueError):
        raise WrongBox from None
