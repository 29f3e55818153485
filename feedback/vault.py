"""Seals a text so that only the holder of a period's private key can read it. Pure: no Django, no files.

Each text gets its own data key; the text is padded to a size class, so that its stored length says next to nothing, and
encrypted with XChaCha20-Poly1305. The data key is wrapped to the period's public key, which is all an intake holds.
"""

from dataclasses import dataclass, field
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead
from nacl.utils import random

# The first byte of everything sealed, so that a later scheme can stand beside this one.
VERSION = 1
KEY_BYTES = 32
# Bytes of padded text. An eavesdropper on the table learns one of four sizes, never a length.
SIZE_CLASSES = (4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024)
LENGTH_BYTES = 4
LONGEST_TEXT = SIZE_CLASSES[-1] - LENGTH_BYTES


class VaultError(Exception):
    """Something sealed could not be made or read; messages never hold words or keys."""


class WrongKey(VaultError):
    """The envelope does not open with this private key: another period's key, or the envelope was altered."""


class Damaged(VaultError):
    """The sealed text or its header is not what was sealed."""


class TextTooLong(VaultError):
    """The text does not fit the largest size class."""


@dataclass(frozen=True)
class Header:
    """Where a sealed text belongs. It is bound to the ciphertext and to the wrapped key, so neither can be moved."""

    period_id: str
    sealed_text_id: UUID
    question_id: str

    def __bytes__(self) -> bytes:
        """Version byte, then each part behind its length, so that no two headers look alike."""
        parts = (self.period_id.encode(), self.sealed_text_id.bytes, self.question_id.encode())
        return bytes([VERSION]) + b"".join(len(part).to_bytes(2, "big") + part for part in parts)


@dataclass(frozen=True)
class Sealed:
    """One sealed text and its envelope, kept in two tables."""

    ciphertext: bytes = field(repr=False)
    wrapped_key: bytes = field(repr=False)


def seal(text: str, *, header: Header, public_key: bytes) -> Sealed:
    """The text sealed under a fresh data key, and that key wrapped to the period's public key.

    Raises:
        TextTooLong: if its UTF-8 form is longer than `LONGEST_TEXT` bytes.
    """
    data_key = new_data_key()
    ciphertext = lock(text, key=data_key, context=bytes(header))
    # A SealedBox authenticates nothing beside its content, so the header travels inside and is checked on opening.
    wrapped_key = SealedBox(PublicKey(public_key)).encrypt(data_key + bytes(header))
    return Sealed(ciphertext=ciphertext, wrapped_key=wrapped_key)


def open_sealed(sealed: Sealed, *, header: Header, private_key: bytes) -> str:
    """The text that was sealed with this header.

    Raises:
        WrongKey: if the envelope does not open with this private key.
        Damaged: if ciphertext, envelope or header were altered or swapped.
    """
    try:
        opened = SealedBox(PrivateKey(private_key)).decrypt(sealed.wrapped_key)
    except CryptoError:
        raise WrongKey("The envelope does not open with this period's key.") from None
    if opened[KEY_BYTES:] != bytes(header):
        raise Damaged("The envelope belongs to another sealed text.")
    return unlock(sealed.ciphertext, key=opened[:KEY_BYTES], context=bytes(header))


def lock(text: str, *, key: bytes, context: bytes) -> bytes:
    """The text padded to its size class and encrypted under `key`; it opens only with the same key and context.

    Raises:
        TextTooLong: if its UTF-8 form is longer than `LONGEST_TEXT` bytes.
    """
    return bytes([VERSION]) + bytes(Aead(key).encrypt(_pad(text), context))


def unlock(box: bytes, *, key: bytes, context: bytes) -> str:
    """The text that `lock` was given.

    Raises:
        Damaged: if the box was altered, or locked with another key, context or version.
    """
    if box[:1] != bytes([VERSION]):
        raise Damaged("The sealed text was made by another version.")
    try:
        padded = Aead(key).decrypt(box[1:], context)
    except (CryptoError, ValueError):
        raise Damaged("The sealed text was altered, or belongs elsewhere.") from None
    return _unpad(padded)


def new_data_key() -> bytes:
    """A fresh random key for one text or one sitting."""
    return random(KEY_BYTES)


def new_private_key() -> bytes:
    """A fresh private key for one period."""
    return bytes(PrivateKey.generate())


def public_key_of(private_key: bytes) -> bytes:
    """The public half of a period's private key."""
    return bytes(PrivateKey(private_key).public_key)


def _pad(text: str) -> bytes:
    # "surrogatepass", because a UnicodeEncodeError would carry the whole text out in its message.
    encoded = text.encode("utf-8", "surrogatepass")
    if len(encoded) > LONGEST_TEXT:
        raise TextTooLong("The text is longer than can be sealed.")
    content = len(encoded).to_bytes(LENGTH_BYTES, "big") + encoded
    size = next(size for size in SIZE_CLASSES if len(content) <= size)
    return content.ljust(size, b"\0")


def _unpad(padded: bytes) -> str:
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    return padded[LENGTH_BYTES : LENGTH_BYTES + length].decode("utf-8", "surrogatepass")
