"""The desk as the public process has it: every question goes to the worker over its socket, and nothing is kept."""

import json
import logging
import socket
import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from feedback import wire
from feedback.models import Consultation, Use
from surveys.returning.following import Became, Noted, Report
from surveys.returning.proving import Marks
from surveys.returning.receipts import Receipt

logger = logging.getLogger(__name__)
PATIENCE_SECONDS = 10
LONGEST_ANSWER = 64 * 1024


class DeskClosed(Exception):
    """The worker does not answer: nothing was shown or changed that is known of. It can be asked again."""


def find(marks: Marks) -> uuid.UUID | None:
    """The row these marks prove, or None.

    Raises:
        DeskClosed: as every function here, if the worker does not answer.
    """
    found = _ask("find", marks.locator.hex(), marks.proof.hex())
    return uuid.UUID(found) if found else None


def receipt(row_id: uuid.UUID) -> Receipt | None:
    """What may be said about what was sent, or None if it was taken back."""
    said = _ask("receipt", str(row_id))
    if said is None:
        return None
    return Receipt(
        row_id,
        Consultation.objects.select_related("organisation").get(pk=said["consultation"]),
        date.fromisoformat(said["received_on"]),
        said["has_words"],
        said["is_read"],
        frozenset(Use(use) for use in said["uses"]),
        date.fromisoformat(said["removed_on"]) if said["removed_on"] else None,
    )


def became(row_id: uuid.UUID) -> Became | None:
    """What came of it, in the language of this page, or None if it was taken back."""
    said = _ask("became", str(row_id), get_language() or settings.LANGUAGE_CODE)
    if said is None:
        return None
    reports = [Report(title, date.fromisoformat(day), left_out) for title, day, left_out in said["reports"]]
    return Became(tuple(Noted(name, is_reviewed) for name, is_reviewed in said["themes"]), tuple(reports))


def choose_uses(row_id: uuid.UUID, uses: Collection[Use]) -> bool:
    """Allow exactly these uses; False if it has been taken back or removed in the meantime."""
    return bool(_ask("choose_uses", str(row_id), sorted(use.value for use in uses)))


def take_back(row_id: uuid.UUID) -> None:
    """Delete it with everything that came of it."""
    _ask("take_back", str(row_id))


def _ask(wish: str, *facts: Any) -> Any:
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(PATIENCE_SECONDS)
            connection.connect(str(settings.HEARD_DESK_SOCKET))
            wire.write(connection, json.dumps([wish, *facts]).encode())
            answer = json.loads(wire.read(connection, at_most=LONGEST_ANSWER))
    except (OSError, ValueError, wire.BadMessage) as problem:
        logger.warning("the desk gave no answer: %s", type(problem).__name__)
        raise DeskClosed from None
    if "is" not in answer:
        raise DeskClosed
    return answer["is"]
