"""Drafts: opened, read back, moved on by exactly one post at a time, and thrown away."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from feedback import keys, presealed, vault
from feedback.intake import FreeText, preseal
from feedback.models import Consultation
from surveys.definition import TEXT_KINDS, Definition, Question, Sensitivity, from_json
from surveys.journey import places
from surveys.journey.sitting import Sitting, begin
from surveys.models import Draft, DraftAnswer, KeptText, SurveyVersion
from surveys.returning import boxes, keeping
from surveys.routes import Answer, Answers, route

WORDS = b"heard words"  # what the sitting's key for words is derived for
CARRY = b"heard carry"  # and the draft's carrying key
UNSAID = frozenset({"not-sure", "prefer-not-to-say"})  # values of options that name nothing


@dataclass(frozen=True)
class Progress:
    """A draft as it stands: what was answered, what was only seen, and the words as the sitting's key opens them."""

    draft: Draft
    definition: Definition
    sitting: Sitting
    values: Mapping[str, Answer] = field(repr=False)
    seen: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()  # questions with words of an earlier sitting, which cannot be shown

    @property
    def has_words(self) -> bool:
        """Whether somebody can come back to this draft with return words."""
        return hasattr(self.draft, "words")

    @property
    def consultation(self) -> Consultation:
        """What is being asked, and by whom."""
        return self.draft.version.survey.consultation

    @property
    def answers(self) -> Answers:
        """Every answer so far by question id; None where a question was skipped."""
        return self.values

    @property
    def is_closed(self) -> bool:
        """Whether the day has passed on which somebody who had begun could still send."""
        return self.consultation.last_day_to_send < timezone.localdate()

    def named(self, breakdown: str) -> str:
        """What the person answered to the question for this breakdown, such as "area"; empty if they have not said."""
        for question in route(self.definition, self.answers):
            given = self.answers.get(question.id)
            if question.breakdown == breakdown and isinstance(given, str) and given not in UNSAID:
                return given
        return ""

    def with_answer(self, question_id: str, answer: Answer) -> "Progress":
        """The same draft as it would be with this answer, or with the question skipped if the answer is None."""
        return replace(self, values={**self.values, question_id: answer}, seen=self.seen | {question_id})

    def onward(self) -> str:
        """Where "Continue" leads; return words are offered once, before the first sensitive question or at the end."""
        to = places.onward(self.definition, self.answers, self.seen)
        return places.WORDS if self._is_offer_due(to) else to

    def _is_offer_due(self, to: str) -> bool:
        if self.draft.words_offered or to == places.DECLINED:
            return False
        return to == places.CHECK or self.definition.question(to).sensitivity is not Sensitivity.NONE

    def is_open(self, place: str) -> bool:
        """Whether this question may be shown now."""
        return places.is_open(self.definition, self.answers, self.seen, place)

    def place(self) -> str:
        """The place to show: where the draft says the person is, or where they can be if that has closed."""
        position = self.draft.position
        return position if places.is_around(position) or self.is_open(position) else self.onward()


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
    first = places.first(is_victim_facing=version.survey.consultation.is_victim_facing)
    draft = Draft.objects.create(version=version, position=first, touched_on=timezone.localdate())
    return begin(draft.id)


def load(sitting: Sitting) -> Progress | None:
    """The draft of this sitting as it stands, or None if it was sent, deleted or left too long."""
    # Deferred, because what a version asks is read once per process and not on every page.
    drafts = Draft.objects.select_related("version__survey__consultation__organisation", "words")
    drafts = drafts.defer("version__definition", "version__survey__questions")
    draft = drafts.filter(pk=sitting.draft_id).first()
    if draft is None:
        return None
    rows = draft.answers.values_list("id", "question_id", "value", "sitting_box")
    values = {name: _opened(row_id, bytes(box), sitting) if box else value for row_id, name, value, box in rows}
    kept = _kept(draft) if hasattr(draft, "words") else frozenset()
    return Progress(draft, definition_of(draft.version), sitting, values, frozenset(values), kept)


@transaction.atomic
def advance(
    progress: Progress, *, position: str, changed: Mapping[str, Answer] | None = None, earlier: str = ""
) -> bool:
    """Move the draft on to a place and keep the changed answers, if no other post has moved it since it was read.

    `earlier` says what becomes of a text of an earlier sitting under the same question: "replace" (if there is a new
    one), "delete", or else it is kept.

    Returns:
        False, with nothing changed, if another post came first.
    """
    if not claim(progress, position=position):
        return False
    for question_id, answer in (changed or {}).items():
        _keep(progress, progress.definition.question(question_id), answer)
        if earlier == "delete" or (earlier == "replace" and answer):
            KeptText.objects.filter(answer__draft=progress.draft, answer__question_id=question_id).delete()
    return True


def claim(progress: Progress, *, position: str) -> bool:
    """Count this post, in the database and in one statement, so that of two equal posts only one is accepted."""
    waiting = Draft.objects.filter(pk=progress.draft.pk, step=progress.draft.step)
    return bool(waiting.update(step=F("step") + 1, position=position, touched_on=timezone.localdate()))


def settle_words(progress: Progress) -> bool:
    """Note that return words were offered and go on, if no other post came first; joins the caller's transaction."""
    progress.draft.words_offered = True
    if not claim(progress, position=progress.onward()):
        return False
    Draft.objects.filter(pk=progress.draft.pk).update(words_offered=True)
    return True


def judge_texts(progress: Progress) -> None:
    """Seal again, with what triage hears, the texts typed before there were words: they may be sent unopened now."""
    texts = {name: value for name, value in progress.values.items() if isinstance(value, str)}
    for row in progress.draft.answers.filter(question_id__in=texts, period_box__isnull=False):
        row.period_box = _period_box(row, texts[row.question_id], progress.sitting, judged=True)
        row.save(update_fields=["period_box"])


def carrying_key(sitting: Sitting) -> bytes:
    """The key under which sealed words outlive the sitting, for whoever has return words."""
    return sitting.key_for(CARRY)


def leave(sitting: Sitting) -> None:
    """End the sitting: with return words the draft is set aside, without them it is deleted at once."""
    keeping.set_aside(sitting.draft_id)


def discard(sitting: Sitting) -> None:
    """Delete everything this sitting has typed, at once."""
    Draft.objects.filter(pk=sitting.draft_id).delete()


def discard_abandoned(today: date) -> int:
    """Delete the drafts nobody has touched for as long as they are kept; for the worker's sweep.

    Returns:
        How many drafts were deleted.
    """
    abandoned = keeping.abandoned(today)
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
    row.period_box = _period_box(row, str(answer), progress.sitting, judged=progress.has_words) if is_text else None
    row.save()


def _sitting_box(row: DraftAnswer, text: str, sitting: Sitting) -> bytes:
    return vault.lock(text, key=sitting.key_for(WORDS), context=row.id.bytes)


def _opened(row_id: uuid.UUID, box: bytes, sitting: Sitting) -> str:
    return vault.unlock(box, key=sitting.key_for(WORDS), context=row_id.bytes)


def _period_box(row: DraftAnswer, text: str, sitting: Sitting, *, judged: bool) -> bytes:
    # Without words nobody sends this unopened: the sitting shows the text, and triage hears it when it is sent.
    sealed = presealed.to_bytes(preseal(FreeText(row.question_id, text), judged=judged))
    return boxes.lock(sealed, key=carrying_key(sitting), context=row.id.bytes)


def _kept(draft: Draft) -> frozenset[str]:
    return frozenset(KeptText.objects.filter(answer__draft=draft).values_list("answer__question_id", flat=True))
