"""The worker's side of the desk: one question by one holder of words, answered from the tables."""

import json
import logging
import uuid
from collections.abc import Callable
from typing import Any

from django.utils import translation

from feedback import wire
from feedback.models import Use
from surveys.returning import receipts
from surveys.returning.proving import Marks

logger = logging.getLogger(__name__)
FAILED = b'{"failed": true}'


def answer(message: bytes) -> bytes:
    """What `asking` is told: the answer, or that it failed. What was asked is never logged.

    Raises:
        BadMessage: if it is not a question of this kind.
    """
    try:
        wish, *facts = json.loads(message)
        act = WISHES[wish]
    except (ValueError, TypeError, KeyError):
        raise wire.BadMessage("That is not a question to the desk.") from None
    try:
        return json.dumps({"is": act(*facts)}).encode()
    except Exception as error:  # noqa: BLE001 - the worker goes on, and the person is asked to try again
        logger.error("the desk failed with %s", type(error).__name__)
        return FAILED


def _find(locator: str, proof: str) -> str | None:
    found = receipts.find(Marks(bytes.fromhex(locator), bytes.fromhex(proof)))
    return str(found) if found else None


def _receipt(row_id: str) -> dict[str, Any] | None:
    said = receipts.receipt(uuid.UUID(row_id))
    if said is None:
        return None
    return {
        "consultation": str(said.consultation.pk),
        "received_on": said.received_on.isoformat(),
        "has_words": said.has_words,
        "is_read": said.is_read,
        "uses": [use.value for use in said.uses],
        "removed_on": said.removed_on.isoformat() if said.removed_on else None,
    }


def _became(row_id: str, language: str) -> dict[str, Any] | None:
    said = receipts.became(uuid.UUID(row_id))
    if said is None:
        return None
    with translation.override(language):
        reports = [[one.title, one.released_on.isoformat(), str(one.left_out)] for one in said.reports]
    return {"themes": [[theme.name, theme.is_reviewed] for theme in said.themes], "reports": reports}


def _choose_uses(row_id: str, uses: list[str]) -> bool:
    return receipts.choose_uses(uuid.UUID(row_id), [Use(use) for use in uses])


def _take_back(row_id: str) -> None:
    receipts.take_back(uuid.UUID(row_id))


WISHES: dict[str, Callable[..., Any]] = {
    "find": _find,
    "receipt": _receipt,
    "became": _became,
    "choose_uses": _choose_uses,
    "take_back": _take_back,
}
