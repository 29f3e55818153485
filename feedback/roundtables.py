"""Records what was said at a roundtable: a live one is sealed like any other words, a published one kept as it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.models import User
from accounts.roles import Capability, require
from feedback.intake import FreeText, Submission, receive
from feedback.models import Channel, Consultation, PartKind, Roundtable, RoundtablePart, Use, Voice


class AlreadyRecorded(Exception):
    """The same record was stored before; the message names when and under what title."""


class NothingSaid(Exception):
    """The record holds no paragraph with words in it."""


@dataclass(frozen=True)
class Part:
    """One paragraph of a published record, in reading order."""

    kind: PartKind
    section: str
    text: str = field(repr=False)


def record_live(  # noqa: PLR0913 - each is a fact of the meeting
    *,
    title: str,
    held_on: date,
    consultation: Consultation,
    paragraphs: Sequence[str],
    people: int,
    consents: frozenset[Use],
    by: User,
) -> Roundtable:
    """Seal what a group said as one contribution of `people` people, a sealed text for each paragraph.

    One contribution, because the same people speak throughout: counted by paragraph they would be many times as many.

    Raises:
        PermissionDenied: if the person may not read unreviewed words.
        AlreadyRecorded: if the same paragraphs were recorded before.
        NothingSaid: if every paragraph is blank.
        InvalidSubmission: if fewer than two people took part, or the day has not come yet.
    """
    require(by, Capability.REVIEW)
    said = [paragraph for paragraph in paragraphs if paragraph.strip()]
    if not said:
        raise NothingSaid("There is no paragraph with words in this record.")
    # Keyed, because a plain digest of unreviewed words would let anyone check a guess at them.
    digest = salted_hmac("feedback.roundtables", "\0".join(said), algorithm="sha256").hexdigest()
    submission = Submission(
        consultation=consultation,
        channel=Channel.IN_PERSON,
        voice=Voice.GROUP,
        people=people,
        consents=consents,
        received_on=held_on,
        texts=[FreeText(f"spoken-{number:04d}", paragraph) for number, paragraph in enumerate(said, start=1)],
    )
    with transaction.atomic():
        _refuse_twice(digest)
        return Roundtable.objects.create(
            title=title,
            held_on=held_on,
            consultation=consultation,
            contribution=receive(submission),
            source_sha256=digest,
        )


def record_historic(*, title: str, held_on: date, parts: Sequence[Part], source_sha256: str) -> Roundtable:
    """Keep a published record as evidence from the past; it is never counted with live voices.

    Raises:
        AlreadyRecorded: if the same file was recorded before.
        NothingSaid: if it has no part with words in it.
    """
    kept = [part for part in parts if part.text.strip()]
    if not kept:
        raise NothingSaid("There is no paragraph with words in this record.")
    with transaction.atomic():
        _refuse_twice(source_sha256)
        roundtable = Roundtable.objects.create(
            title=title, held_on=held_on, is_historic=True, source_sha256=source_sha256
        )
        RoundtablePart.objects.bulk_create(
            RoundtablePart(
                roundtable=roundtable, position=position, kind=part.kind, section=part.section, text=part.text
            )
            for position, part in enumerate(kept)
        )
    return roundtable


def _refuse_twice(digest: str) -> None:
    known = Roundtable.objects.filter(source_sha256=digest).first()
    if known is not None:
        raise AlreadyRecorded(f'This is already recorded as "{known.title}", held on {known.held_on:%-d %B %Y}.')
