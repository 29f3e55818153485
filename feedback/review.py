"""Decides what becomes of an opened text: a person approves the suggested redactions, amends them or withholds it."""

import logging
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from accounts.roles import Capability, require
from feedback.models import Contribution, Decision, Opening, Outcome, Passage, Purpose, SealedText, WithheldFor
from feedback.normalise import normalise

logger = logging.getLogger(__name__)
# Code points; no sealed text is longer, and redaction hardly ever lengthens one.
LONGEST_PASSAGE = 262_144


class CannotDecide(Exception):
    """The decision was not taken; the message is a sentence for the moderator."""


class Withdrawn(CannotDecide):
    """The text is gone."""


class AlreadyDecided(CannotDecide):
    """Somebody decided before; a decision is never overwritten."""


class NotRead(CannotDecide):
    """This person never opened the text."""


class NotTheSuggestion(CannotDecide):
    """The text to approve is not the suggestion as the machine made it."""


class NoLongerAgreed(CannotDecide):
    """Whoever sent it has refused every use of the words since it was opened."""


class UnfitText(CannotDecide):
    """The text cannot be a passage: blank or too long."""


def mark_of(sealed_text_id: uuid.UUID, suggestion: str) -> str:
    """What proves that a text posted back is this suggestion, unchanged, for this sealed text."""
    return salted_hmac(f"feedback.review {sealed_text_id}", normalise(suggestion), algorithm="sha256").hexdigest()


def approve(sealed_text_id: uuid.UUID, *, by: User, text: str, mark: str) -> Decision:
    """Make the suggested redaction a readable passage; `mark` is the one that came with it when it was opened.

    Raises:
        PermissionDenied: if the person may not review.
        NotTheSuggestion: if the text was changed; amending is another decision.
        CannotDecide: if the text is withdrawn, decided on, or was not opened by this person.
    """
    require(by, Capability.REVIEW)
    if not constant_time_compare(mark, mark_of(sealed_text_id, text)):
        raise NotTheSuggestion("The text was changed. Choose “Approve with my changes” instead.")
    return _publish(sealed_text_id, by=by, text=text, outcome=Outcome.APPROVED)


def amend(sealed_text_id: uuid.UUID, *, by: User, text: str) -> Decision:
    """Make the moderator's own redaction a readable passage.

    Raises:
        PermissionDenied: if the person may not review.
        CannotDecide: if the text is blank or too long, or withdrawn, decided on, or not opened by this person.
    """
    require(by, Capability.REVIEW)
    return _publish(sealed_text_id, by=by, text=text, outcome=Outcome.AMENDED)


@transaction.atomic
def withhold(sealed_text_id: uuid.UUID, *, by: User, reason: WithheldFor) -> Decision:
    """Keep the text sealed for good, for one of the known reasons.

    Raises:
        PermissionDenied: if the person may not review.
        CannotDecide: if the text is withdrawn, decided on, or was not opened by this person.
    """
    require(by, Capability.REVIEW)
    return _decide(sealed_text_id, by=by, outcome=Outcome.WITHHELD, reason=WithheldFor(reason).value)


@transaction.atomic
def _publish(sealed_text_id: uuid.UUID, *, by: User, text: str, outcome: Outcome) -> Decision:
    passage = normalise(text)
    if not passage:
        raise UnfitText("There is no text to approve. Withhold it instead.")
    if len(passage) > LONGEST_PASSAGE:
        raise UnfitText("The text is too long.")
    decision = _decide(sealed_text_id, by=by, outcome=outcome)
    if not Contribution.objects.select_for_update().get(sealed_texts=sealed_text_id).may_be_read:
        raise NoLongerAgreed("The person agrees to no use of these words any more, so they stay sealed.")
    Passage.objects.create(
        decision=decision,
        contribution=decision.sealed_text.contribution,
        question_id=decision.sealed_text.question_id,
        text=passage,
        length=len(passage),
    )
    return decision


def _decide(sealed_text_id: uuid.UUID, *, by: User, outcome: Outcome, reason: str = "") -> Decision:
    # The row lock makes two moderators decide one after the other, so that the second is told.
    sealed_text = SealedText.objects.select_for_update().filter(pk=sealed_text_id).first()
    if sealed_text is None:
        raise Withdrawn("This was withdrawn by the person who sent it. It no longer exists.")
    if Decision.objects.filter(sealed_text=sealed_text).exists():
        raise AlreadyDecided("Someone has already decided on this.")
    if not Opening.objects.filter(sealed_text_id=sealed_text_id, opened_by=by, purpose=Purpose.REVIEW).exists():
        raise NotRead("Open this before you decide on it.")
    logger.info("sealed text %s is %s by %s", sealed_text_id, outcome.value, by.pk)
    return Decision.objects.create(
        sealed_text=sealed_text, outcome=outcome, reason=reason, decided_by=by, decided_on=timezone.localdate()
    )
