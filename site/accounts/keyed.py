"""Hashes that only the process in which staff sign in can make."""

import hashlib
import hmac

from django.conf import settings


class NoFactorKeyHere(Exception):
    """This process holds no key to second factors: nobody signs in to it."""


def keyed(purpose: str, content: str = "") -> bytes:
    """A 32-byte hash of the content for one purpose, under the key to second factors, which is not in the database.

    Raises:
        NoFactorKeyHere: if staff do not sign in to this process.
    """
    if settings.HEARD_FACTOR_KEY is None:
        raise NoFactorKeyHere
    return hmac.digest(settings.HEARD_FACTOR_KEY.encode(), f"{purpose}\0{content}".encode(), hashlib.sha256)
