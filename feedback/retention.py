"""Ends what was given: a withdrawal, an imported batch undone, a month's key destroyed. Everything derived goes too."""

import logging
from datetime import date

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Capability, require
from feedback import keys
from feedback.models import Batch, Contribution, Envelope, Period

logger = logging.getLogger(__name__)
SHORT_WAIT_MILLISECONDS = 200


@transaction.atomic
def withdraw(contribution: Contribution) -> None:
    """Delete a contribution with its sealed texts, envelopes, answers, tags, passages and quotes.

    The envelopes go first and by themselves: without them the ciphertext is dead in old copies as well, once the copies
    of the envelope table have passed their few days. The log of openings stays; it holds ids and days, no words.
    """
    _delete(Contribution.objects.filter(pk=contribution.pk))
    logger.info("a contribution was withdrawn")


@transaction.atomic
def undo_batch(batch: Batch, by: User | None) -> int:
    """Delete an imported file's contributions and the batch; `by` is None for the operator at the command line.

    Returns:
        How many contributions were deleted.

    Raises:
        PermissionDenied: if the person may not edit content.
    """
    if by is not None:
        require(by, Capability.EDIT_CONTENT)
    number = _delete(Contribution.objects.filter(batch=batch))
    batch.delete()
    logger.info("an imported batch of %d contributions was undone", number)
    return number


@transaction.atomic
def destroy_period(period: Period, *, on: date | None = None) -> int:
    """Destroy a past month's private key and its envelopes: nobody can open what was sealed in it any more.

    Reviewed passages and counts stay. For the operator at the command line; no web process can reach the key.

    Returns:
        How many envelopes were deleted.

    Raises:
        KeyStillInUse: if the month is not over.
    """
    keys.destroy(period, on=on)
    number, _ = Envelope.objects.filter(sealed_text__period=period).delete()
    return number


def forget_deleted() -> None:
    """Empty SQLite's write-ahead log, where deleted rows live on until something overwrites them; for the schedule.

    Must be called outside a transaction. While somebody reads it leaves the log for next time, because waiting would
    hold up everyone who writes. Other databases clean up behind themselves.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {SHORT_WAIT_MILLISECONDS}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            cursor.execute(f"PRAGMA busy_timeout = {patience}")


def _delete(contributions: "QuerySet[Contribution]") -> int:
    number = contributions.count()
    Envelope.objects.filter(sealed_text__contribution__in=contributions).delete()
    contributions.delete()
    return number
