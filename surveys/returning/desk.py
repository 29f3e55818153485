"""Where holders of words are served once they have sent: here, or by the worker where the public process stands apart.

The public process may add to what was sent and never look at it. So it asks the worker, which serves only somebody
who brings the marks that six words make, or the id of a row that such marks have found.
"""

import uuid
from collections.abc import Collection
from typing import Protocol

from django.conf import settings

from feedback.models import Use
from surveys.returning import asking, receipts
from surveys.returning.following import Became
from surveys.returning.proving import Marks
from surveys.returning.receipts import Receipt


class Desk(Protocol):
    """What holders of words can ask for; each is described in `receipts`."""

    def find(self, marks: Marks) -> uuid.UUID | None:
        """The row these marks prove."""

    def receipt(self, row_id: uuid.UUID) -> Receipt | None:
        """What may be said about it."""

    def became(self, row_id: uuid.UUID) -> Became | None:
        """What came of it."""

    def choose_uses(self, row_id: uuid.UUID, uses: Collection[Use]) -> bool:
        """Allow exactly these uses."""

    def take_back(self, row_id: uuid.UUID) -> None:
        """Delete it with everything that came of it."""


def desk() -> Desk:
    """Whoever serves holders of words in this installation."""
    return asking if settings.HEARD_PART == "public" else receipts
