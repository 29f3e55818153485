"""Hashes that only this installation's staff process can make."""

import hashlib
import hmac

from django.conf import settings


def keyed(purpose: str, content: str = "") -> bytes:
    """A 32-byte hash of the content for one purpose, under the key to second factors, which is not in the database."""
    return hmac.digest(settings.HEARD_FACTOR_KEY.encode(), f"{purpose}\0{content}".encode(), hashlib.sha256)
