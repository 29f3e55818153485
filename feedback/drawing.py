"""The lots by which texts and statements are drawn: fixed for an installation, and unknown to who writes or reads."""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

WHOLE = 2**64


def lot(purpose: str, *about: object) -> float:
    """A number from 0 up to 1, the same each time: the keyed hash of what it is for and about."""
    said = "\0".join([f"feedback.drawing.{purpose}", *(str(one) for one in about)])
    digest = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") / WHOLE


def is_drawn(sealed_text_id: UUID) -> bool:
    """Whether a text that comes in belongs to the audit sample: reviewed first, then coded by two people.

    It depends on the random id alone, so it is drawn from everything, before anybody or anything reads it. The share is
    `HEARD_AUDIT_SHARE`.
    """
    return lot("audit", sealed_text_id) < settings.HEARD_AUDIT_SHARE
