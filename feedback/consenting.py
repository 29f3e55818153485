"""Changes what a contribution may be used for, as its contributor says now, and ends what a use had made of it."""

import logging
import uuid
from collections.abc import Collection

from django.db import transaction

from feedback.derived import forget
from feedback.ending import end_if_past_use
from feedback.models import Contribution, Decision, Outcome, Use

logger = logging.getLogger(__name__)


@transaction.atomic
def change_uses(contribution_id: uuid.UUID, uses: Collection[Use]) -> bool:
    """Allow exactly these uses from now on. The caller has proved, by return words, who is asking.

    What was made for a use that ends is deleted in the same transaction; a released report keeps its figures. Words
    that no use is left for are not readable any more: they go back to being sealed, and would be reviewed anew. After
    the last day of use, words that are not kept for later work any more are removed.

    Returns:
        False, with nothing changed, if the contribution was withdrawn or its words were removed in the meantime.
    """
    contribution = Contribution.objects.select_for_update().filter(pk=contribution_id, removed_on=None).first()
    if contribution is None:
        return False
    ended = contribution.uses - set(uses)
    for use in Use:
        setattr(contribution, f"may_{use.value}", use in uses)
    contribution.save(update_fields=[f"may_{use.value}" for use in Use])
    for use in ended:
        forget(contribution, use)
    if not contribution.may_be_read:
        _make_unreadable(contribution)
    end_if_past_use(contribution)
    logger.info("the uses of a contribution were changed")
    return True


def _make_unreadable(contribution: Contribution) -> None:
    """Delete the reviewed passages with the decisions that made them; a text that was withheld stays so."""
    Decision.objects.filter(sealed_text__contribution=contribution).exclude(outcome=Outcome.WITHHELD).delete()
