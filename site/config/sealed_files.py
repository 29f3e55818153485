"""Files sealed to a public key whose private half is kept away from the server: whoever takes them can read nothing.

A sealed file is `MAGIC`, a fresh key sealed to the public key (libsodium's sealed box), a stream's header, and its
chunks, each behind its length; libsodium's secretstream (XChaCha20-Poly1305) notices a chunk that was changed, moved
or cut off.
"""

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from nacl import bindings as sodium
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

MAGIC = b"HEARD-SEALED-1\n"
SUFFIX = ".sealed"
PUBLIC_NAME, PRIVATE_NAME = "heard-backup-public-1:", "heard-backup-private-1:"
CHUNK = 1 << 20
LENGTH_BYTES = 4
LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
HEADER_BYTES = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
ADDED_BYTES = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
KEY_BYTES = sodium.crypto_secretstream_xchacha20poly1305_KEYBYTES
WRAPPED_BYTES = KEY_BYTES + sodium.crypto_box_SEALBYTES


class NotOpened(Exception):
    """A key or a sealed file is not as it should be; the message says which and what to do."""


def new_pair() -> tuple[str, str]:
    """A fresh pair as two lines of text: the public half for the server, the private half for a safe."""
    private = PrivateKey.generate()
    return PUBLIC_NAME + bytes(private.public_key).hex(), PRIVATE_NAME + bytes(private).hex()


def public_key(line: str) -> PublicKey:
    """The public key that `new_pair` wrote.

    Raises:
        NotOpened: if the line is something else.
    """
    return PublicKey(_bytes(line, PUBLIC_NAME, "HEARD_BACKUP_KEY is not a public key of `make backup-key`."))


def offline_key(file: Path) -> PrivateKey:
    """The private key in a file that `make backup-key` wrote.

    Raises:
        NotOpened: if there is no such file, or it holds something else.
    """
    if not file.is_file():
        raise NotOpened(f"There is no key file at {file}.")
    return PrivateKey(_bytes(file.read_text(), PRIVATE_NAME, f"{file} is not a private key of `make backup-key`."))


def _bytes(line: str, name: str, complaint: str) -> bytes:
    try:
        key = bytes.fromhex(line.strip().removeprefix(name))
    except ValueError:
        key = b""
    if not line.strip().startswith(name) or len(key) != KEY_BYTES:
        raise NotOpened(complaint)
    return key


class Sealing:
    """A file to write to: what is written arrives in `target` sealed; leaving the `with` writes the end of it."""

    def __init__(self, target: BinaryIO, key: PublicKey) -> None:
        """Begin; the key of this one file is made here and kept nowhere."""
        self._target = target
        self._waiting = bytearray()
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        once = sodium.crypto_secretstream_xchacha20poly1305_keygen()
        header = sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, once)
        target.write(MAGIC + SealedBox(key).encrypt(once) + header)

    def write(self, content: bytes) -> int:
        """Seal this too."""
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._push(bytes(self._waiting[:CHUNK]), MORE)
            del self._waiting[:CHUNK]
        return len(content)

    def _push(self, content: bytes, tag: int) -> None:
        sealed = sodium.crypto_secretstream_xchacha20poly1305_push(self._state, content, tag=tag)
        self._target.write(len(sealed).to_bytes(LENGTH_BYTES, "big") + sealed)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if kind is None:
            self._push(bytes(self._waiting), LAST)


def open_file(source: Path, target: Path, key: PrivateKey) -> None:
    """Write what `source` holds to the new file `target`, and nothing at all unless the whole of it is sound.

    Raises:
        NotOpened: if it is no sealed file, was sealed to another key, or is damaged.
    """
    target.touch(mode=0o600, exist_ok=False)
    try:
        with source.open("rb") as sealed, target.open("wb") as opened:
            _open(sealed, opened, key, source.name)
    except NotOpened:
        target.unlink()
        raise


def _open(sealed: BinaryIO, opened: BinaryIO, key: PrivateKey, name: str) -> None:
    if sealed.read(len(MAGIC)) != MAGIC:
        raise NotOpened(f"{name} is not a sealed backup.")
    try:
        once = SealedBox(key).decrypt(sealed.read(WRAPPED_BYTES))
    except (CryptoError, ValueError, TypeError):
        raise NotOpened(f"{name} was sealed to another key than the one you gave.") from None
    damaged = NotOpened(f"{name} is damaged. Use an older one.")
    state, tag = sodium.crypto_secretstream_xchacha20poly1305_state(), MORE
    try:
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, sealed.read(HEADER_BYTES), once)
        while tag != LAST:
            length = int.from_bytes(sealed.read(LENGTH_BYTES), "big")
            if not ADDED_BYTES <= length <= CHUNK + ADDED_BYTES:
                raise damaged
            content, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, sealed.read(length))
            opened.write(content)
    except (CryptoError, ValueError, TypeError, RuntimeError):
        raise damaged from None
    if sealed.read(1):
        raise damaged
