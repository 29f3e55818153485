"""What the words show after sending: that it was received, whether a person has read it, what it may be used for.

They change those uses and take everything back. Never what was said, nor what it was about.
"""

import time
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from feedback.consenting import change_uses
from feedback.models import Consultation, Decision, Opening, Use
from feedback.retention import withdraw
from surveys.models import ReceiptWords
from surveys.returning import boxes
from surveys.returning.proving import Proof, keyed

# How long the page that the words opened may lead on to the next one.
GRANT_SECONDS = 30 * 60
TIME_BYTES = 8
CONTEXT = b"receipt grant"


@dataclass(frozen=True)
class Receipt:
    """What may be said about something that was sent."""

    consultation: Consultation
    received_on: date
    has_words: bool
    is_read: bool
    uses: frozenset[Use]
    removed_on: date | None = None

    @property
    def is_kept(self) -> bool:
        """Whether it is kept for later work."""
        return Use.FUTURE in self.uses


def find(proof: Proof) -> ReceiptWords | None:
    """The row of what was sent that these words prove, or None."""
    row = ReceiptWords.objects.filter(locator=proof.receipt.locator).first()
    return row if proof.receipt.fit(bytes(row.proof) if row else None) else None


def receipt_of(row: ReceiptWords) -> Receipt:
    """The receipt: the day, and whether a person has opened or decided on the words."""
    contribution = row.contribution
    texts = contribution.sealed_texts.values("pk")
    is_decided = Decision.objects.filter(sealed_text__in=texts).exists()
    is_opened = Opening.objects.filter(sealed_text_id__in=texts).exists()
    return Receipt(
        contribution.consultation,
        contribution.received_on,
        texts.exists(),
        is_decided or is_opened,
        contribution.uses,
        contribution.removed_on,
    )


def grant(row: ReceiptWords) -> str:
    """A mark for the next form, so that nobody has to type the words again within half an hour; stored nowhere."""
    until = int(time.time()) + GRANT_SECONDS
    return boxes.lock(row.pk.bytes + until.to_bytes(TIME_BYTES, "big"), key=_grant_key(), context=CONTEXT).hex()


def granted(mark: str) -> uuid.UUID | None:
    """Which row a form may speak of, or None if its mark is not ours or too old."""
    try:
        content = boxes.unlock(bytes.fromhex(mark), key=_grant_key(), context=CONTEXT)
    except (ValueError, boxes.WrongBox):
        return None
    is_over = int.from_bytes(content[-TIME_BYTES:], "big") < time.time()
    return None if is_over else uuid.UUID(bytes=content[:-TIME_BYTES])


def granted_row(mark: str) -> ReceiptWords | None:
    """The row a form may speak of, or None if its mark is no good or what was sent has been taken back."""
    row_id = granted(mark)
    return _row(row_id) if row_id else None


def row_now(row: ReceiptWords) -> ReceiptWords | None:
    """The same row as it is after a change, or None if what was sent has been taken back."""
    return _row(row.pk)


def _row(row_id: uuid.UUID) -> ReceiptWords | None:
    rows = ReceiptWords.objects.select_related("contribution__consultation__organisation")
    return rows.filter(pk=row_id).first()


def choose_uses(row: ReceiptWords, uses: Collection[Use]) -> bool:
    """Allow exactly these uses of what was sent; False if it has been taken back or removed in the meantime."""
    return change_uses(row.contribution_id, uses)


def take_back(row_id: uuid.UUID) -> None:
    """Delete what was sent with everything that came of it; doing it twice changes nothing."""
    row = ReceiptWords.objects.select_related("contribution").filter(pk=row_id).first()
    if row:
        withdraw(row.contribution)


def _grant_key() -> bytes:
    return keyed(b"receipt grant", b"")
