"""The lots by which statements are drawn: fixed for an installation, and unknown to who writes or reads the words."""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

WHOLE = 2**64


def lot(purpose: str, *about: object) -> float:
    """A number from 0 up to 1, the same each time: the keyed hash of what it is for and about."""
    said = "\0".join([f"analysis.coding.{purpose}", *(str(one) for one in about)])
    digest = hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") / WHOLE


def is_audited(sealed_text_id: UUID) -> bool:
    """Whether two people code this text without suggestions.

    It depends on the random id the text got when it came in, so it was drawn from everything, before anybody or
    anything read it. The share is `HEARD_AUDIT_SHARE`.
    """
    return lot("audit", sealed_text_id) < settings.HEARD_AUDIT_SHARE
