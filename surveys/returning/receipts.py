"""What the words show after sending: that it was received, whether a person has read it, what it may be used for.

They change those uses and take everything back. Never what was said, nor what it was about. A process that may not
read these tables asks one that may: see `desk`.
"""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from feedback.consenting import change_uses
from feedback.models import Consultation, Decision, Opening, Use
from feedback.retention import withdraw
from surveys.models import ReceiptWords
from surveys.returning import following
from surveys.returning.following import Became
from surveys.returning.proving import Marks


@dataclass(frozen=True)
class Receipt:
    """What may be said about something that was sent. `row_id` is its row of words."""

    row_id: uuid.UUID
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


def find(marks: Marks) -> uuid.UUID | None:
    """The row of what was sent that these marks prove, or None."""
    row = ReceiptWords.objects.filter(locator=marks.locator).first()
    is_theirs = marks.fit(bytes(row.proof) if row else None)
    return row.pk if row and is_theirs else None


def receipt(row_id: uuid.UUID) -> Receipt | None:
    """The receipt: the day, and whether a person has opened or decided on the words; None if it was taken back."""
    row = _row(row_id)
    if row is None:
        return None
    contribution = row.contribution
    texts = contribution.sealed_texts.values("pk")
    is_decided = Decision.objects.filter(sealed_text__in=texts).exists()
    is_opened = Opening.objects.filter(sealed_text_id__in=texts).exists()
    return Receipt(
        row.pk,
        contribution.consultation,
        contribution.received_on,
        texts.exists(),
        is_decided or is_opened,
        contribution.uses,
        contribution.removed_on,
    )


def became(row_id: uuid.UUID) -> Became | None:
    """What came of what was sent, as far as anybody can tell; None if it was taken back."""
    row = ReceiptWords.objects.filter(pk=row_id).first()
    return following.became(row.contribution_id) if row else None


def choose_uses(row_id: uuid.UUID, uses: Collection[Use]) -> bool:
    """Allow exactly these uses of what was sent; False if it has been taken back or removed in the meantime."""
    row = ReceiptWords.objects.filter(pk=row_id).first()
    return row is not None and change_uses(row.contribution_id, uses)


def take_back(row_id: uuid.UUID) -> None:
    """Delete what was sent with everything that came of it; doing it twice changes nothing."""
    row = _row(row_id)
    if row:
        withdraw(row.contribution)


def _row(row_id: uuid.UUID) -> ReceiptWords | None:
    rows = ReceiptWords.objects.select_related("contribution__consultation__organisation")
    return rows.filter(pk=row_id).first()
