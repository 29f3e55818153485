"""Keeps what a person found in a statement, settles what two people found differently, and takes a coding back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Capability, require
from analysis.coding.places import Place, codable, places
from analysis.coding.queue import CODERS
from analysis.editions import current
from analysis.models import CodedTag, Coding, How, Standing, Valence
from feedback.models import Contribution, Use


class CannotCode(Exception):
    """A statement cannot be coded like this; the message says why and what to do."""


@dataclass(frozen=True)
class Found:
    """A theme a person found: where its evidence is, and the machine's theme it accepts or corrects, if any."""

    theme: str
    valence: str
    start: int
    end: int
    how: How = How.ADDED
    suggested: str = ""


def place_of(passage_id: UUID, start: int) -> Place:
    """The statement of a passage that begins here.

    Raises:
        CannotCode: if its words were taken back, may not be coded, or have no such statement.
    """
    beside = ("contribution__consultation__organisation", "decision__sealed_text")
    passage = codable().select_related(*beside).filter(pk=passage_id).first()
    place = next((one for one in places(passage) if one.start == start), None) if passage else None
    if place is None:
        raise CannotCode("This statement cannot be coded any more: it was taken back, or the passage has changed.")
    return place


def is_blind(place: Place) -> bool:
    """Whether suggestions are hidden for this statement, which two people then code."""
    return place.passage.decision.sealed_text.is_audited


def coded_today(coder: User) -> int:
    """How many statements this person has coded today."""
    return Coding.objects.filter(coder=coder, coded_on=timezone.localdate()).count()


def is_enough_for_today(coder: User) -> bool:
    """Whether this person has read as much as anybody should in a day."""
    return coded_today(coder) >= settings.HEARD_CODING_A_DAY


def code(place: Place, found: Sequence[Found], *, by: User) -> Coding:
    """Keep one person's reading of a statement; nothing found says that it has none of the themes.

    Raises:
        PermissionDenied: without the right to code.
        CannotCode: if it was coded already, or something found is not in the codebook or not in the statement.
    """
    require(by, Capability.CODE)
    _check(place, found)
    readings = Coding.objects.filter(passage=place.passage, start=place.start, end=place.end)
    readings = readings.filter(standing=Standing.READING)
    if readings.filter(coder=by).exists():
        raise CannotCode("You have coded this statement already. Take your coding back first to change it.")
    if readings.count() >= (CODERS if is_blind(place) else 1):
        raise CannotCode("Somebody else has coded this statement meanwhile. Go on with the next one.")
    return _keep(place, found, by, Standing.READING)


def adjudicate(place: Place, found: Sequence[Found], *, by: User) -> Coding:
    """Settle what two people found differently: as a third person, or as one of the two once they agree.

    Raises:
        PermissionDenied: without the right to code.
        CannotCode: if two people have not coded it, or it is settled already.
    """
    require(by, Capability.CODE)
    _check(place, found)
    same = Coding.objects.filter(passage=place.passage, start=place.start, end=place.end)
    coders = set(same.filter(standing=Standing.READING).values_list("coder_id", flat=True))
    if len(coders) < CODERS:
        raise CannotCode("Two people must code this statement before anybody settles it.")
    return _keep(place, found, by, Standing.AGREED if by.pk in coders else Standing.THIRD)


def take_back(coding: Coding, *, by: User) -> None:
    """Delete one's own reading, to make it again.

    Raises:
        PermissionDenied: without the right to code.
        CannotCode: if it is somebody else's, or others have built on it.
    """
    require(by, Capability.CODE)
    if coding.coder_id != by.pk or coding.standing != Standing.READING:
        raise CannotCode("Only the person who coded a statement can take that coding back.")
    same = Coding.objects.filter(passage=coding.passage, start=coding.start, end=coding.end)
    if same.exclude(pk=coding.pk).exists():
        raise CannotCode("Somebody else has coded this statement too, so it stays. Differences are settled apart.")
    coding.delete()


def _check(place: Place, found: Sequence[Found]) -> None:
    themes = {theme.slug for theme in current().themes}
    for one in found:
        if one.theme not in themes or one.valence not in Valence.values:
            raise CannotCode("A theme is not in the codebook in use any more. Load the page again.")
        if not place.start <= one.start < one.end <= place.end:
            raise CannotCode("The words that show a theme must be part of the statement.")
    if len({one.theme for one in found}) < len(found):
        raise CannotCode("A theme was given twice. Keep it once.")


def _keep(place: Place, found: Sequence[Found], by: User, standing: Standing) -> Coding:
    try:
        with transaction.atomic():
            # Asked again under a lock, because somebody may have said no while their words were being read.
            agreed = Contribution.objects.agreed_to(Use.STATISTICS).select_for_update()
            if not agreed.filter(pk=place.passage.contribution_id) or not codable().filter(pk=place.passage.pk):
                raise CannotCode("The person has taken these words back, or said no to counting. Nothing was kept.")
            coding = Coding.objects.create(
                passage=place.passage,
                passage_length=place.passage.length,
                start=place.start,
                end=place.end,
                coder=by,
                coded_on=timezone.localdate(),
                codebook_sha256=current().sha256,
                was_blind=is_blind(place),
                standing=standing,
            )
            CodedTag.objects.bulk_create(
                CodedTag(
                    coding=coding,
                    statement_start=place.start,
                    statement_end=place.end,
                    theme=one.theme,
                    valence=one.valence,
                    start=one.start,
                    end=one.end,
                    how=one.how,
                    suggested=one.suggested,
                )
                for one in found
            )
            return coding
    except IntegrityError:
        raise CannotCode("Somebody else has coded this statement meanwhile. Nothing of yours was kept.") from None
