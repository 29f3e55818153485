"""Drafts: opened, read back, moved on by exactly one post at a time, and thrown away."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from feedback import keys, presealed, vault
from feedback.intake import FreeText, preseal
from feedback.models import Consultation
from feedback.remembering import remembered
from surveys import formats, helping, texts
from surveys.definition import TEXT_KINDS, Definition, Question, Sensitivity, from_json
from surveys.facets import Mode
from surveys.helping import AlonePart, GivenAlone
from surveys.journey import places, stored
from surveys.journey.sitting import Sitting, begin
from surveys.journey.stored import StoredAnswer
from surveys.models import Draft, DraftAnswer, KeptText, SurveyVersion
from surveys.offering import ENGLISH, Offered, offered
from surveys.returning import boxes, keeping
from surveys.routes import Answer, Answers, route

WORDS = b"heard words"  # what the sitting's key for words is derived for
CARRY = b"heard carry"  # and the draft's carrying key
UNSAID = frozenset({"not-sure", "prefer-not-to-say"})  # values of options that name nothing


@dataclass(frozen=True)
class Progress:
    """A draft as it stands: what was answered, what was only seen, and the words as the sitting's key opens them."""

    draft: Draft
    whole: Definition
    sitting: Sitting
    values: Mapping[str, Answer] = field(repr=False)
    seen: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()  # questions with words of an earlier sitting, which cannot be shown
    closed: frozenset[str] = frozenset()  # questions answered alone, which nothing shows or changes any more
    has_words: bool = False  # whether somebody can come back to this draft with return words

    @property
    def definition(self) -> Definition:
        """What is asked, in this person's order: somebody who is helped does a part alone, at the end."""
        if not self.is_helped:
            return self.whole
        return helping.arranged(self.whole, part=self.draft.alone_part, closed=self.closed)

    @property
    def is_helped(self) -> bool:
        """Whether the person is there and somebody helps them."""
        return helping.is_helped(self.whole, self.draft.help, self.values)

    @property
    def is_alone(self) -> bool:
        """Whether the person has the device to themselves now."""
        return self.draft.alone_part == AlonePart.OPEN

    @property
    def locked(self) -> frozenset[str]:
        """The closed questions and those that led to them: none of them can be changed."""
        return helping.locked(self.whole, self.closed)

    @property
    def languages(self) -> tuple[Offered, ...]:
        """The languages this survey may be answered in today."""
        version = self.draft.version
        return remembered(("languages", version.pk), lambda: offered(version, definition_of(version)))

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
            is_known = question.breakdown == breakdown and question.id not in self.closed
            if is_known and isinstance(given, str) and given not in UNSAID:
                return given
        return ""

    def with_answer(self, question_id: str, answer: Answer) -> "Progress":
        """The same draft as it would be with this answer, or with the question skipped if the answer is None."""
        return replace(self, values={**self.values, question_id: answer}, seen=self.seen | {question_id})

    def onward(self) -> str:
        """Where "Continue" leads; return words are offered once, before the first sensitive question or at the end."""
        to = places.onward(self.definition, self.answers, self.seen)
        return places.WORDS if self._is_offer_due(to) else self._by_way_of_handover(to)

    def back(self, place: str) -> str:
        """Where "Back" leads: never to a closed question, and out of the part done alone only by its first page."""
        before = places.back(self.definition, self.answers, place)
        if self._is_for_alone(place) and not self._is_for_alone(before):
            return places.HANDOVER
        while before in self.locked:
            before = places.back(self.definition, self.answers, before)
        return before

    def last_together(self) -> str:
        """The question before the part done alone, or the page before the questions if none can be shown."""
        asked = [q.id for q in route(self.definition, self.answers) if not q.alone and q.id not in self.locked]
        return asked[-1] if asked else places.ABOUT

    def last_alone(self) -> str:
        """The last question of the part done alone that can still be changed, or the page before the part."""
        asked = [q.id for q in route(self.definition, self.answers) if q.alone and q.id not in self.closed]
        return asked[-1] if asked else places.HANDOVER

    def _by_way_of_handover(self, to: str) -> str:
        if self.is_alone:
            return to if self._is_for_alone(to) else places.FINISHED
        is_ahead = self._is_for_alone(to) and self.draft.alone_part != AlonePart.TOGETHER
        return places.HANDOVER if is_ahead else to

    def _is_for_alone(self, place: str) -> bool:
        return self.is_helped and not places.is_around(place) and self.definition.question(place).alone

    def _is_offer_due(self, to: str) -> bool:
        if self.draft.words_offered or self.is_alone or to == places.DECLINED:
            return False
        return to == places.CHECK or self.definition.question(to).sensitivity is not Sensitivity.NONE

    def is_open(self, place: str) -> bool:
        """Whether this question may be shown now: never a closed one, and a first one of those only when alone."""
        if place in self.locked or not places.is_open(self.definition, self.answers, self.seen, place):
            return False
        return place in self.seen or self._by_way_of_handover(place) == place

    def place(self) -> str:
        """The place to show: where the draft says the person is, or where they can be if that has closed."""
        position = self.draft.position
        return position if places.is_around(position) or self.is_open(position) else self.onward()


@transaction.atomic
def start(
    version: SurveyVersion,
    *,
    mode: str = Mode.STANDARD,
    language: str = ENGLISH,
    instead_of: Sitting | None = None,
    outreach: str = "",
) -> Sitting:
    """Open a draft of this version in this mode, with a sitting whose key exists only in what is returned.

    The draft of the sitting it is begun `instead_of`, if there is one, is deleted.

    Raises:
        NoOpenPeriod: if nothing could be sealed today; better said before the first question than after the last.
    """
    keys.current_period()
    if instead_of:
        discard(instead_of)
    first = places.first(
        is_victim_facing=version.survey.consultation.is_victim_facing,
        asks_who=helping.asks_who(definition_of(version)),
    )
    is_on_offer = language == ENGLISH and mode in formats.offered(definition_of(version))
    chosen = {"mode": mode if is_on_offer else Mode.STANDARD, "language": language, "outreach": outreach}
    draft = Draft.objects.create(version=version, position=first, touched_on=timezone.localdate(), **chosen)
    return begin(draft.id, language=language)


def load(sitting: Sitting) -> Progress | None:
    """The draft of this sitting as it stands, or None if it was sent, deleted or left too long."""
    found = stored.draft(sitting.draft_id)
    if found is None:
        return None
    draft, has_words = found
    draft.version = version_of(draft.version_id)
    rows = list(stored.answers(draft.id))
    values = {row.question_id: _opened(row, sitting) if row.box else row.value for row in rows}
    closed = frozenset(row.question_id for row in rows if row.given_alone == GivenAlone.CLOSED)
    kept = _kept(draft) if closed or has_words else frozenset()
    return Progress(draft, _presented(draft), sitting, values, frozenset(values), kept, closed, has_words)


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
        if question_id in progress.locked:
            continue
        _keep(progress, progress.definition.question(question_id), answer)
        if earlier == "delete" or (earlier == "replace" and answer):
            KeptText.objects.filter(answer__draft=progress.draft, answer__question_id=question_id).delete()
    return True


def claim(progress: Progress, *, position: str) -> bool:
    """Count this post, in the database and in one statement, so that of two equal posts only one is accepted."""
    waiting = Draft.objects.filter(pk=progress.draft.pk, step=progress.draft.step)
    return bool(waiting.update(step=progress.draft.step + 1, position=position, touched_on=timezone.localdate()))


def change_mode(progress: Progress, mode: str) -> None:
    """Show this draft's questions in another mode from now on, if its version offers it; nothing else changes."""
    if mode in formats.offered(definition_of(progress.draft.version)):
        Draft.objects.filter(pk=progress.draft.pk).update(mode=mode)


def settle_words(progress: Progress) -> bool:
    """Note that return words were offered and go on, if no other post came first; joins the caller's transaction."""
    progress.draft.words_offered = True
    if not claim(progress, position=progress.onward()):
        return False
    Draft.objects.filter(pk=progress.draft.pk).update(words_offered=True)
    return True


def judge_texts(progress: Progress) -> None:
    """Seal again, with what triage hears, the texts typed before there were words: they may be sent unopened now."""
    _judge(progress, progress.draft.answers.filter(period_box__isnull=False))


@transaction.atomic
def close_alone(progress: Progress, *, position: str = "") -> bool:
    """Close the part done alone: its texts stay sealed to the period's key, so that this device cannot open them.

    The draft moves on to the position, or to wherever "Continue" leads.

    Returns:
        False, with nothing changed, if another post came first.
    """
    draft = progress.draft
    draft.alone_part = AlonePart.CLOSED
    if not claim(progress, position=position or progress.onward()):
        return False
    Draft.objects.filter(pk=draft.pk).update(alone_part=AlonePart.CLOSED)
    if not progress.has_words:
        _judge(progress, draft.answers.filter(given_alone=GivenAlone.OPEN, period_box__isnull=False))
    keeping.close_alone(draft)
    return True


def _judge(progress: Progress, rows: QuerySet[DraftAnswer]) -> None:
    texts = {name: value for name, value in progress.values.items() if isinstance(value, str)}
    for row in rows.filter(question_id__in=texts):
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


def version_of(version_id: uuid.UUID) -> SurveyVersion:
    """The version with who asks and until when, as it was a few seconds ago at most."""
    versions = SurveyVersion.objects.select_related("survey__consultation__organisation")
    # Deferred, because what a version asks is read once per process.
    deferred = versions.defer("definition", "survey__questions")
    return remembered(("version", version_id), lambda: deferred.get(pk=version_id))


@transaction.atomic
def speak(progress: Progress, language: str) -> Progress:
    """The same draft in another language of its version; in the one it has if the version lacks the other."""
    if language not in {ENGLISH, *progress.definition.translations}:
        return progress
    progress.draft.language = language
    progress.draft.mode = progress.draft.mode if language == ENGLISH else Mode.STANDARD
    Draft.objects.filter(pk=progress.draft.pk).update(language=language, mode=progress.draft.mode)
    return replace(progress, whole=_presented(progress.draft), sitting=replace(progress.sitting, language=language))


def definition_of(version: SurveyVersion, language: str = ENGLISH) -> Definition:
    """What this version asks, in a language it has. A published version never changes: each process reads it once."""
    if (version.pk, language) not in _definitions:
        _definitions[version.pk, language] = _read(version, language)
    return _definitions[version.pk, language]


_definitions: dict[tuple[uuid.UUID, str], Definition] = {}


def _read(version: SurveyVersion, language: str) -> Definition:
    if language == ENGLISH:
        return from_json(version.definition)
    definition = definition_of(version)
    with translation.override(language):
        return texts.said_in(definition, definition.translations[language], translation.gettext)


def _presented(draft: Draft) -> Definition:
    """What the draft asks in its language and mode, made once per process: it is read at every request.

    Other formats are in English only, so no other language is shown in one.
    """
    mode = draft.mode if draft.language == ENGLISH else Mode.STANDARD
    key = (draft.version_id, draft.language, mode)
    if key not in _in_modes:
        _in_modes[key] = formats.presented(definition_of(draft.version, draft.language), mode)
    return _in_modes[key]


_in_modes: dict[tuple[uuid.UUID, str, str], Definition] = {}


def _keep(progress: Progress, question: Question, answer: Answer) -> None:
    # Only the post that moved the draft on comes here, so what was not seen when it was read is not there now.
    is_new = question.id not in progress.seen
    row = DraftAnswer(draft=progress.draft, question_id=question.id)
    if not is_new:
        row = DraftAnswer.objects.get(draft=progress.draft, question_id=question.id)
    is_text = question.kind in TEXT_KINDS and isinstance(answer, str)
    row.value = None if is_text else answer
    row.given_alone = GivenAlone.OPEN if progress.is_alone else GivenAlone.NO
    row.sitting_box = _sitting_box(row, str(answer), progress.sitting) if is_text else None
    row.period_box = _period_box(row, str(answer), progress.sitting, judged=progress.has_words) if is_text else None
    row.save(force_insert=is_new)


def _sitting_box(row: DraftAnswer, text: str, sitting: Sitting) -> bytes:
    return vault.lock(text, key=sitting.key_for(WORDS), context=row.id.bytes)


def _opened(row: StoredAnswer, sitting: Sitting) -> str:
    return vault.unlock(row.box or b"", key=sitting.key_for(WORDS), context=row.id.bytes)


def _period_box(row: DraftAnswer, text: str, sitting: Sitting, *, judged: bool) -> bytes:
    # Without words nobody sends this unopened: the sitting shows the text, and triage hears it when it is sent.
    sealed = presealed.to_bytes(preseal(FreeText(row.question_id, text), judged=judged))
    return boxes.lock(sealed, key=carrying_key(sitting), context=row.id.bytes)


def _kept(draft: Draft) -> frozenset[str]:
    return frozenset(KeptText.objects.filter(answer__draft=draft).values_list("answer__question_id", flat=True))
