"""Drafts: opened, read back, moved on by exactly one post at a time, and thrown away."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from feedback import keys, presealed, vault
from feedback.intake import FreeText, preseal
from surveys import formats, helping
from surveys.definition import TEXT_KINDS, Question
from surveys.facets import Mode
from surveys.helping import AlonePart, GivenAlone
from surveys.journey import places, stored
from surveys.journey.progress import Progress, definition_of, is_easy, presented, version_of
from surveys.journey.sitting import Sitting, begin
from surveys.journey.stored import StoredAnswer
from surveys.models import Draft, DraftAnswer, KeptText, SurveyVersion
from surveys.offering import ENGLISH
from surveys.returning import boxes, keeping
from surveys.routes import Answer

WORDS = b"heard words"  # what the sitting's key for words is derived for
CARRY = b"heard carry"  # and the draft's carrying key


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
    ours = replace(sitting, is_easy=is_easy(draft))
    return Progress(draft, presented(draft), ours, values, frozenset(values), kept, closed, has_words)


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


@transaction.atomic
def speak(progress: Progress, language: str) -> Progress:
    """The same draft in another language of its version; in the one it has if the version lacks the other."""
    if language not in {ENGLISH, *progress.definition.translations}:
        return progress
    progress.draft.language = language
    progress.draft.mode = progress.draft.mode if language == ENGLISH else Mode.STANDARD
    Draft.objects.filter(pk=progress.draft.pk).update(language=language, mode=progress.draft.mode)
    ours = replace(progress.sitting, language=language, is_easy=is_easy(progress.draft))
    return replace(progress, whole=presented(progress.draft), sitting=ours)


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
