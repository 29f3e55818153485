"""Drafts: opened, read back, moved on by exactly one post at a time, and thrown away."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from feedback import keys, vault
from feedback.models import Consultation, Period
from surveys.definition import TEXT_KINDS, Definition, Question, from_json
from surveys.journey import places
from surveys.journey.sitting import Sitting, begin
from surveys.models import Draft, DraftAnswer, SurveyVersion
from surveys.routes import Answer, Answers

# A draft untouched for a whole day is one that somebody walked away from.
KEPT_AFTER_LAST_POST = timedelta(days=1)
WORDS = b"heard words"  # what the sitting's key for words is derived for


@dataclass(frozen=True)
class Progress:
    """A draft as it stands: what was answered, what was only seen, and the words as the sitting's key opens them."""

    draft: Draft
    definition: Definition
    sitting: Sitting
    values: Mapping[str, Answer] = field(repr=False)
    seen: frozenset[str] = frozenset()

    @property
    def consultation(self) -> Consultation:
        """What is being asked, and by whom."""
        return self.draft.version.survey.consultation

    @property
    def answers(self) -> Answers:
        """Every answer so far by question id; None where a question was skipped."""
        return self.values

    def with_answer(self, question_id: str, answer: Answer) -> "Progress":
        """The same draft as it would be with this answer, or with the question skipped if the answer is None."""
        return replace(self, values={**self.values, question_id: answer}, seen=self.seen | {question_id})

    def onward(self) -> str:
        """Where "Continue" leads."""
        return places.onward(self.definition, self.answers, self.seen)

    def is_open(self, place: str) -> bool:
        """Whether this question may be shown now."""
        return places.is_open(self.definition, self.answers, self.seen, place)

    def place(self) -> str:
        """The place to show: where the draft says the person is, or where they can be if that has closed."""
        position = self.draft.position
        return position if position in places.AROUND or self.is_open(position) else self.onward()


@transaction.atomic
def start(version: SurveyVersion, *, instead_of: Sitting | None = None) -> Sitting:
    """Open a draft of this version, with a sitting whose key exists only in what is returned.

    The draft of the sitting it is begun `instead_of`, if there is one, is deleted.

    Raises:
        NoOpenPeriod: if nothing could be sealed today; better said before the first question than after the last.
    """
    keys.current_period()
    if instead_of:
        discard(instead_of)
    draft = Draft.objects.create(version=version, touched_on=timezone.localdate())
    return begin(draft.id)


def load(sitting: Sitting) -> Progress | None:
    """The draft of this sitting as it stands, or None if it was sent, deleted or left too long."""
    # Deferred, because what a version asks is read once per process and not on every page.
    drafts = Draft.objects.select_related("version__survey__consultation__organisation")
    drafts = drafts.defer("version__definition", "version__survey__questions")
    draft = drafts.filter(pk=sitting.draft_id).first()
    if draft is None:
        return None
    rows = draft.answers.values_list("id", "question_id", "value", "sitting_box")
    values = {name: _opened(row_id, bytes(box), sitting) if box else value for row_id, name, value, box in rows}
    return Progress(draft, definition_of(draft.version), sitting, values, frozenset(values))


@transaction.atomic
def advance(progress: Progress, *, position: str, changed: Mapping[str, Answer] | None = None) -> bool:
    """Move the draft on to a place and keep the changed answers, if no other post has moved it since it was read.

    Returns:
        False, with nothing changed, if another post came first.
    """
    if not claim(progress, position=position):
        return False
    for question_id, answer in (changed or {}).items():
        _keep(progress, progress.definition.question(question_id), answer)
    return True


def claim(progress: Progress, *, position: str) -> bool:
    """Count this post, in the database and in one statement, so that of two equal posts only one is accepted."""
    waiting = Draft.objects.filter(pk=progress.draft.pk, step=progress.draft.step)
    return bool(waiting.update(step=F("step") + 1, position=position, touched_on=timezone.localdate()))


def discard(sitting: Sitting) -> None:
    """Delete everything this sitting has typed, at once."""
    Draft.objects.filter(pk=sitting.draft_id).delete()


def discard_abandoned(today: date) -> int:
    """Delete the drafts nobody has touched since before yesterday; for the worker's sweep.

    Returns:
        How many drafts were deleted.
    """
    abandoned = Draft.objects.filter(touched_on__lt=today - KEPT_AFTER_LAST_POST)
    number = abandoned.count()
    abandoned.delete()
    return number


def definition_of(version: SurveyVersion) -> Definition:
    """What this version asks. A published version never changes, so each process reads it once."""
    if version.pk not in _definitions:
        _definitions[version.pk] = from_json(version.definition)
    return _definitions[version.pk]


_definitions: dict[uuid.UUID, Definition] = {}


def _keep(progress: Progress, question: Question, answer: Answer) -> None:
    row, _ = DraftAnswer.objects.get_or_create(draft=progress.draft, question_id=question.id)
    is_text = question.kind in TEXT_KINDS and isinstance(answer, str)
    row.value = None if is_text else answer
    row.sitting_box = _sitting_box(row, str(answer), progress.sitting) if is_text else None
    row.period_box = _period_box(row, str(answer), keys.current_period()) if is_text else None
    row.save()


def _sitting_box(row: DraftAnswer, text: str, sitting: Sitting) -> bytes:
    return vault.lock(text, key=sitting.key_for(WORDS), context=row.id.bytes)


def _opened(row_id: uuid.UUID, box: bytes, sitting: Sitting) -> str:
    return vault.unlock(box, key=sitting.key_for(WORDS), context=row_id.bytes)


def _period_box(row: DraftAnswer, text: str, period: Period) -> bytes:
    header = vault.Header(period_id=period.pk, sealed_text_id=row.id, question_id=row.question_id)
    sealed = vault.seal(text, header=header, public_key=bytes(period.public_key))
    parts = (period.pk.encode(), sealed.wrapped_key)
    return b"".join(len(part).to_bytes(2, "big") + part for part in parts) + sealed.ciphertext
