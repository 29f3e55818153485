"""A draft with return words: given, set aside when somebody leaves, taken up again by whoever has the words.

The carrying key of a draft locks what must outlive a sitting. The sitting makes it from its cookie; the row of the
words holds it under a key that only the six words make. It is new at every return, and so is the id of the draft, so
that the cookie of an earlier sitting opens nothing any more.
"""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from feedback.models import Contribution
from surveys.helping import AlonePart, GivenAlone
from surveys.models import Draft, DraftAnswer, DraftWords, KeptText, ReceiptWords
from surveys.returning import boxes
from surveys.returning.proving import Marks, Proof

# A draft untouched for a whole day is one that somebody walked away from; with words they may be on their way back.
KEPT_AFTER_LAST_POST = timedelta(days=1)
KEPT_WITH_WORDS = timedelta(days=14)
CARRY = b"carrying key"
RECEIPT = b"receipt marks"


class Taken(Exception):
    """Another set has the same two finding words; draw again."""


@transaction.atomic
def give(draft: Draft, proof: Proof, *, carry: bytes) -> None:
    """Let these words find this draft, and what is sent from it.

    Raises:
        Taken: if other words that are in use begin alike.
    """
    in_use = DraftWords.objects.filter(locator=proof.draft.locator).exists()
    if in_use or ReceiptWords.objects.filter(locator=proof.receipt.locator).exists():
        raise Taken
    DraftWords.objects.create(
        draft=draft,
        locator=proof.draft.locator,
        proof=proof.draft.proof,
        carry_box=boxes.lock(carry, key=proof.draft_key, context=CARRY),
        receipt_box=_receipt_box(proof, carry),
    )


def find(proof: Proof) -> DraftWords | None:
    """The row of the draft these words prove, or None."""
    row = DraftWords.objects.filter(locator=proof.draft.locator).first()
    return row if proof.draft.fit(bytes(row.proof) if row else None) else None


@transaction.atomic
def set_aside(draft_id: uuid.UUID) -> None:
    """End a sitting from outside: a draft with words stays for whoever has them, any other is deleted."""
    draft = Draft.objects.select_for_update().filter(pk=draft_id, words__isnull=False).first()
    if draft is None:
        Draft.objects.filter(pk=draft_id).delete()
        return
    _end_sitting(draft)
    _renew(draft, uuid.uuid4())


@transaction.atomic
def take_up(row: DraftWords, proof: Proof, *, draft_id: uuid.UUID, carry: bytes) -> bool:
    """Make the draft of these words the draft of a new sitting, whose id and carrying key are given.

    Returns:
        False, with nothing changed, if the draft was sent, deleted or taken up elsewhere in the meantime.
    """
    draft = Draft.objects.select_for_update().filter(words__pk=row.pk).first()
    if draft is None:
        return False
    row.refresh_from_db()
    earlier = boxes.unlock(bytes(row.carry_box), key=proof.draft_key, context=CARRY)
    _end_sitting(draft)
    for kept in KeptText.objects.filter(answer__draft=draft):
        kept.box = _relocked(kept, earlier, carry)
        kept.save(update_fields=["box"])
    row.carry_box = boxes.lock(carry, key=proof.draft_key, context=CARRY)
    row.receipt_box = _receipt_box(proof, carry)
    row.save(update_fields=["carry_box", "receipt_box"])
    draft.touched_on = timezone.localdate()
    _renew(draft, draft_id)
    return True


def pass_on(draft: Draft, contribution: Contribution, *, carry: bytes) -> None:
    """Let the words of a draft, if it has any, find what was sent from it; joins the caller's transaction.

    The new row has another id, locator and proof, so nothing in a table or an old copy joins the two.
    """
    row = DraftWords.objects.filter(draft=draft).first()
    if row is None:
        return
    both = boxes.unlock(bytes(row.receipt_box), key=carry, context=RECEIPT)
    half = len(both) // 2
    receipt = ReceiptWords(contribution=contribution, locator=both[:half], proof=both[half:])
    # `give` keeps locators apart. Should a race ever pass it, the answers matter more than the words.
    ReceiptWords.objects.bulk_create([receipt], ignore_conflicts=True)


def kept_boxes(draft: Draft, question_ids: Iterable[str], *, carry: bytes) -> list[bytes]:
    """The sealed texts of earlier sittings under these questions, out of the carrying key's lock, in no order."""
    kept = KeptText.objects.filter(answer__draft=draft, answer__question_id__in=list(question_ids))
    return [boxes.unlock(bytes(text.box), key=carry, context=text.answer_id.bytes) for text in kept]


def abandoned(today: date) -> QuerySet[Draft]:
    """The drafts nobody has touched for as long as they are kept."""
    without_words = Q(words__isnull=True, touched_on__lt=today - KEPT_AFTER_LAST_POST)
    return Draft.objects.filter(without_words | Q(touched_on__lt=today - KEPT_WITH_WORDS))


def close_alone(draft: Draft) -> None:
    """Close what was answered alone; joins the caller's transaction. Its texts open on no device any more."""
    given = DraftAnswer.objects.filter(draft=draft, given_alone=GivenAlone.OPEN)
    _put_by(given.filter(period_box__isnull=False))
    given.update(given_alone=GivenAlone.CLOSED)


def _put_by(texts: QuerySet[DraftAnswer]) -> None:
    """Turn these texts into kept ones, which nobody can open here: not even the device they were typed on."""
    KeptText.objects.bulk_create([KeptText(answer=answer, box=answer.period_box) for answer in texts])
    texts.update(sitting_box=None, period_box=None)


def _end_sitting(draft: Draft) -> None:
    """Put by what was typed, and close the part done alone: whoever comes back with the words may be the helper."""
    _put_by(DraftAnswer.objects.filter(draft=draft, period_box__isnull=False))
    close_alone(draft)
    if draft.alone_part == AlonePart.OPEN:
        draft.alone_part = AlonePart.CLOSED


def _renew(draft: Draft, draft_id: uuid.UUID) -> None:
    """The same draft under another id, with everything that belongs to it."""
    before = draft.pk
    draft.pk = draft_id
    draft._state.adding = True
    draft.save(force_insert=True)
    DraftAnswer.objects.filter(draft_id=before).update(draft=draft)
    DraftWords.objects.filter(draft_id=before).update(draft=draft)
    Draft.objects.filter(pk=before).delete()


def _relocked(kept: KeptText, earlier: bytes, carry: bytes) -> bytes:
    context = kept.answer_id.bytes
    return boxes.lock(boxes.unlock(bytes(kept.box), key=earlier, context=context), key=carry, context=context)


def _receipt_box(proof: Proof, carry: bytes) -> bytes:
    marks: Marks = proof.receipt
    return boxes.lock(marks.locator + marks.proof, key=carry, context=RECEIPT)
