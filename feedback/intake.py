"""The one way in: words are normalised, judged in memory, sealed and stored, in one transaction; public keys only."""

import logging
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from feedback import languages, learned, triage, vault
from feedback.drawing import is_drawn
from feedback.keys import current_period
from feedback.models import (
    Batch,
    Channel,
    Consultation,
    Contribution,
    Envelope,
    Period,
    SealedText,
    Urgency,
    Use,
    Voice,
)
from feedback.normalise import normalise
from feedback.presealed import Presealed

logger = logging.getLogger(__name__)
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
QUESTION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
LONGEST_LANGUAGE_TAG = 12
# Above any roundtable on record; a larger number is a slip of the keyboard.
MOST_PEOPLE = 500
# The flag of a contribution that triage could not judge: a person must.
NOT_JUDGED = "not-judged"
UNJUDGED = triage.Assessment(Urgency.SOON, (NOT_JUDGED,))


class InvalidSubmission(Exception):
    """A submission contradicts itself; the message names the fact and never holds words."""


@dataclass(frozen=True)
class FreeText:
    """What somebody wrote under one question."""

    question_id: str
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Everything one contributor sends in one go. `received_on` is today unless it came on paper or in a file.

    `language` is the one they chose to write in; where their words are surely in another, that is kept instead.
    `presealed` are texts of an earlier sitting, which nobody here can open; a question may have some beside its text.
    """

    consultation: Consultation
    channel: Channel
    voice: Voice
    texts: Sequence[FreeText]
    presealed: Sequence[Presealed] = ()
    language: str = "en"
    people: int = 1
    consents: frozenset[Use] = frozenset()
    received_on: date | None = None
    with_help: bool = False
    outreach: str = ""
    batch: Batch | None = None


def receive(submission: Submission) -> Contribution:
    """Store a submission and return its contribution; blank texts leave nothing behind.

    Joins the caller's transaction, so that closed answers written beside it stand or fall with it.

    Raises:
        InvalidSubmission: if voice, people, language, date or question ids do not fit together.
        NoOpenPeriod: if this month's key pair was not prepared.
        TextTooLong: if a text is longer than a sealed text can be (256 KiB).
    """
    _check(submission)
    texts = [FreeText(free.question_id, normalise(free.text)) for free in submission.texts]
    kept = [free for free in texts if free.text]
    facts = _heard(submission, [free.text for free in kept])
    with transaction.atomic():
        contribution = _store(submission, facts)
        _seal_all(contribution, kept)
        for earlier in submission.presealed:
            _keep(contribution, earlier)
    return contribution


def preseal(free: FreeText, *, judged: bool) -> Presealed:
    """A text as it can be received later without being opened: normalised, judged in memory, sealed for this month.

    If it is not `judged`, because it will be read again before it is received, it is marked for a person.

    Raises:
        NoOpenPeriod: if this month's key pair was not prepared.
        TextTooLong: if the text is longer than a sealed text can be (256 KiB).
    """
    text = normalise(free.text)
    assessment = _judge([text]) if judged else UNJUDGED
    period = current_period()
    header = vault.Header(period.pk, uuid.uuid4(), free.question_id)
    return Presealed(
        question_id=free.question_id,
        period_id=period.pk,
        sealed_text_id=header.sealed_text_id,
        urgency=assessment.urgency,
        flags=assessment.flags,
        sealed=vault.seal(text, header=header, public_key=bytes(period.public_key)),
        language=_language(text),
    )


def _check(submission: Submission) -> None:
    ids = [free.question_id for free in submission.texts]
    today = timezone.localdate()
    faults = {
        "Voice must be one of the three voices.": submission.voice not in Voice,
        "Channel must be one of the known channels.": submission.channel not in Channel,
        f"People must be between 1 and {MOST_PEOPLE}.": not 1 <= submission.people <= MOST_PEOPLE,
        "A first-hand contribution tells one person's experience.": (
            submission.voice == Voice.FIRST_HAND and submission.people != 1
        ),
        "A group is two people or more.": submission.voice == Voice.GROUP and submission.people == 1,
        "Consents must be known uses.": not all(use in Use for use in submission.consents),
        "Language must be a short BCP 47 tag.": not _is_language(submission.language),
        "A contribution cannot be received in the future.": (submission.received_on or today) > today,
        "Each question may hold one text.": len(ids) != len(set(ids)),
        "A question id is up to 64 letters, digits, points, hyphens or underscores.": not all(
            map(QUESTION_ID.fullmatch, ids)
        ),
    }
    for sentence, is_broken in faults.items():
        if is_broken:
            raise InvalidSubmission(sentence)


def _is_language(tag: str) -> bool:
    return len(tag) <= LONGEST_LANGUAGE_TAG and LANGUAGE_TAG.fullmatch(tag) is not None


@dataclass(frozen=True)
class _Heard:
    """What the words told in memory."""

    language: str
    assessment: triage.Assessment


def _heard(submission: Submission, texts: Sequence[str]) -> _Heard:
    found = [*map(_language, texts), *(text.language for text in submission.presealed)]
    language = languages.together(found, submission.language)
    assessment = _together(_judge(texts), submission.presealed)
    if found and not languages.is_english(language):
        # Triage knows English only: what it did not hear may be there all the same.
        assessment = _both(assessment, UNJUDGED)
    return _Heard(language, assessment)


def _language(text: str) -> str:
    try:
        return languages.detect(text, learned.roman_letters())
    except Exception as error:  # noqa: BLE001 - a fault here must not turn a person away; the language they chose stands
        logger.error("telling the language failed with %s; the chosen language stands", type(error).__name__)
        return languages.UNKNOWN


def _store(submission: Submission, heard: _Heard) -> Contribution:
    return Contribution.objects.create(
        consultation=submission.consultation,
        batch=submission.batch,
        channel=submission.channel,
        voice=submission.voice,
        people=submission.people,
        language=heard.language,
        received_on=submission.received_on or timezone.localdate(),
        urgency=heard.assessment.urgency,
        flags=list(heard.assessment.flags),
        with_help=submission.with_help,
        outreach=submission.outreach,
        **{f"may_{use.value}": use in submission.consents for use in Use},
    )


def _together(judged: triage.Assessment, presealed: Sequence[Presealed]) -> triage.Assessment:
    for text in presealed:
        judged = _both(judged, triage.Assessment(text.urgency, text.flags))
    return judged


def _both(one: triage.Assessment, other: triage.Assessment) -> triage.Assessment:
    flags = tuple(dict.fromkeys([*one.flags, *other.flags]))
    return triage.Assessment(max(one.urgency, other.urgency), flags)


def _judge(texts: Sequence[str]) -> triage.Assessment:
    try:
        return triage.assess(texts, learned.likeness())
    except Exception as error:  # noqa: BLE001 - a fault in triage must not turn a person away; a reader judges instead
        logger.error("triage failed with %s; the contribution is marked for a person", type(error).__name__)
        return UNJUDGED


def _seal_all(contribution: Contribution, texts: Sequence[FreeText]) -> None:
    if texts:
        period = current_period()
        for free in texts:
            _seal(contribution, free, period)


def _seal(contribution: Contribution, free: FreeText, period: Period) -> None:
    header = vault.Header(period.pk, uuid.uuid4(), free.question_id)
    sealed = vault.seal(free.text, header=header, public_key=bytes(period.public_key))
    _store_sealed(contribution, header, sealed)


def _keep(contribution: Contribution, earlier: Presealed) -> None:
    header = vault.Header(earlier.period_id, earlier.sealed_text_id, earlier.question_id)
    _store_sealed(contribution, header, earlier.sealed)


def _store_sealed(contribution: Contribution, header: vault.Header, sealed: vault.Sealed) -> None:
    row = SealedText.objects.create(
        id=header.sealed_text_id,
        contribution=contribution,
        question_id=header.question_id,
        period_id=header.period_id,
        ciphertext=sealed.ciphertext,
        is_audited=is_drawn(header.sealed_text_id),
    )
    Envelope.objects.create(sealed_text=row, wrapped_key=sealed.wrapped_key)
