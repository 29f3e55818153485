"""From six words to what may be stored of them: nothing without the pepper, nothing that joins a draft to what is sent.

One Argon2id run over the four proving words, salted with a keyed hash of the two finding words, gives a root that is
never stored. So every set of words has a salt of its own, no row has to be read before the run, and a set that is
unknown costs what a known one costs because the same is done. Locators, proofs and the key to a draft are keyed hashes
of the words or the root, with a purpose each: those of a draft and those of a contribution look unrelated.
"""

import hashlib
import hmac
from dataclasses import dataclass, field

from django.conf import settings
from nacl import pwhash

from surveys.returning.turns import Turns
from surveys.returning.words import Words

MEMORY = 64 * 1024 * 1024
PASSES = 2
ROOT_BYTES = 32
SALT_BYTES = pwhash.argon2id.SALTBYTES
# Each run takes 64 MiB and a core for about a tenth of a second.
turns = Turns(at_once=2, waiting=4, patience=3.0)


@dataclass(frozen=True)
class Marks:
    """What a row keeps of the words: where it is found, and what it is compared with."""

    locator: bytes = field(repr=False)
    proof: bytes = field(repr=False)

    def fit(self, proof: bytes | None) -> bool:
        """Whether a stored proof is this one; without a row the comparison is made all the same."""
        return hmac.compare_digest(self.proof, bytes(len(self.proof)) if proof is None else proof)


@dataclass(frozen=True)
class Proof:
    """Everything that follows from six words."""

    draft: Marks
    receipt: Marks
    draft_key: bytes = field(repr=False)


def prove(words: Words) -> Proof:
    """Do the slow work for these words, whether or not anything is stored under them.

    Raises:
        Busy: if too many others are waiting for the same.
    """
    with turns.turn():
        root = pwhash.argon2id.kdf(
            ROOT_BYTES,
            words.proving.encode(),
            keyed(b"salt", words.finding.encode())[:SALT_BYTES],
            opslimit=PASSES,
            memlimit=MEMORY,
        )
    return Proof(
        draft=Marks(keyed(b"draft locator", words.finding.encode()), keyed(b"draft proof", root)),
        receipt=Marks(keyed(b"receipt locator", words.finding.encode()), keyed(b"receipt proof", root)),
        draft_key=keyed(b"draft key", root),
    )


class NoPepperHere(Exception):
    """This process is not one where words are typed, so it has no pepper."""


def keyed(purpose: bytes, content: bytes) -> bytes:
    """A 32-byte hash of the content for one purpose, which nobody can compute without the pepper.

    Raises:
        NoPepperHere: in a process that has none.
    """
    if settings.HEARD_PEPPER is None:
        raise NoPepperHere("Return words are made and proved by the public process only.")
    return hmac.new(
        settings.HEARD_PEPPER.encode(), len(purpose).to_bytes(1, "big") + purpose + content, hashlib.sha256
    ).digest()
