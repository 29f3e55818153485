"""What the words show after sending: that it was received, whether a person has read it, and the way to take it back.

Never what was said, nor what it was about.
"""

import time
import uuid
from dataclasses import dataclass
from datetime import date

from feedback.models import Consultation, Decision, Opening
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
    return Receipt(contribution.consultation, contribution.received_on, texts.exists(), is_decided or is_opened)


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


def take_back(row_id: uuid.UUID) -> None:
    """Delete what was sent with everything that came of it; doing it twice changes nothing."""
    row = ReceiptWords.objects.select_related("contribution").filter(pk=row_id).first()
    if row:
        withdraw(row.contribution)


def _grant_key() -> bytes:
    return keyed(b"receipt grant", b"")
