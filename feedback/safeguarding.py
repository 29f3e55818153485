"""Records what was done about a contribution that triage marked: that it was seen to, never what it said."""

import logging
import uuid

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Capability, require
from feedback.models import Contribution, Opening, Purpose, SafeguardingAction, SafeguardingOutcome, Urgency

logger = logging.getLogger(__name__)


class CannotRecord(Exception):
    """Nothing was recorded; the message is a sentence for the safeguarding lead."""


@transaction.atomic
def record(contribution_id: uuid.UUID, outcome: SafeguardingOutcome, by: User) -> SafeguardingAction:
    """Write down what was done, which takes the contribution off the waiting list; more may be recorded later.

    Raises:
        PermissionDenied: if the person is not a safeguarding lead.
        CannotRecord: if it is withdrawn, was never marked, or this person has opened none of its texts.
    """
    require(by, Capability.SAFEGUARD)
    contribution = Contribution.objects.filter(pk=contribution_id).first()
    if contribution is None:
        raise CannotRecord("This was withdrawn by the person who sent it. It no longer exists.")
    if contribution.urgency == Urgency.NONE:
        raise CannotRecord("This was not marked as urgent.")
    if not _has_opened(by, contribution):
        raise CannotRecord("Open this before you record what you did about it.")
    logger.info("safeguarding of contribution %s: %s by %s", contribution_id, SafeguardingOutcome(outcome).value, by.pk)
    return SafeguardingAction.objects.create(
        contribution=contribution,
        outcome=SafeguardingOutcome(outcome),
        taken_by=by,
        taken_on=timezone.localdate(),
    )


def _has_opened(user: User, contribution: Contribution) -> bool:
    texts = contribution.sealed_texts.values("pk")
    return Opening.objects.filter(opened_by=user, purpose=Purpose.SAFEGUARDING, sealed_text_id__in=texts).exists()
