"""Ends the use of contributions after their consultation's last day: removes them, and keeps count of what went.

What stays of each is one row of facts without words, so that whoever has the return words is told what became of it,
and so that a released report still knows that one contribution has changed.
"""

import logging
import uuid
from collections import Counter

from django.db import transaction
from django.utils import timezone

from feedback.derived import remove
from feedback.models import Contribution, Envelope, Removal, Urgency

logger = logging.getLogger(__name__)


def end_uses() -> int:
    """Remove every contribution that may not be used any more, each in its own transaction; for the schedule.

    Returns:
        How many were emptied.
    """
    due = list(Contribution.objects.to_remove().values_list("pk", flat=True))
    number = sum(_end(pk) for pk in due)
    if number:
        logger.info("%d contributions were removed after their last day of use", number)
    return number


def end_if_past_use(contribution: Contribution) -> None:
    """Remove this one if it may not be used any more; joins the transaction of a caller who holds its lock."""
    if Contribution.objects.to_remove().filter(pk=contribution.pk).exists():
        _remove(contribution)


@transaction.atomic
def _end(pk: uuid.UUID) -> bool:
    # Asked again under a lock, because somebody may be changing what they agreed to.
    contribution = Contribution.objects.select_for_update().filter(pk=pk).first()
    if contribution is None or not Contribution.objects.to_remove().filter(pk=pk).exists():
        return False
    _remove(contribution)
    return True


def _remove(contribution: Contribution) -> None:
    removed = Counter(remove(contribution))
    # The envelopes first, as in a withdrawal: without them the ciphertext is dead in old copies as well.
    removed.update(Envelope.objects.filter(sealed_text__contribution=contribution).delete()[1])
    removed.update(contribution.sealed_texts.all().delete()[1])
    removed.update(contribution.passages.all().delete()[1])
    contribution.urgency, contribution.flags = Urgency.NONE, []
    contribution.removed_on = timezone.localdate()
    contribution.save(update_fields=["urgency", "flags", "removed_on"])
    _keep_count(contribution, removed)


def _keep_count(contribution: Contribution, removed: Counter[str]) -> None:
    removals = Removal.objects.select_for_update()
    day, _ = removals.get_or_create(consultation=contribution.consultation, removed_on=timezone.localdate())
    day.contributions += 1
    day.rows = dict(Counter(day.rows) + removed)
    day.save(update_fields=["contributions", "rows"])
