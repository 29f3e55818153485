"""Keying in one reply: received like any other, counted for the day, and joined to nobody who keyed it."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from accounts.roles import Capability, require
from feedback.intake import Submission, receive
from feedback.models import Channel, Voice
from surveys import helping
from surveys.journey import submission
from surveys.journey.progress import definition_of
from surveys.journey.submission import NotAgreed
from surveys.keying.sheets import Sheet
from surveys.models import KeyedCount, SurveyVersion


@transaction.atomic
def key_in(sheet: Sheet, version: SurveyVersion, *, channel: Channel, received_on: date, by: User) -> None:
    """Receive what is on a valid sheet; answers off the route are left out.

    What is written down is that this person keyed one more reply of this survey today, never which contribution.

    Raises:
        PermissionDenied: if this person may not key in replies.
        NotAgreed: if the reply does not agree to taking part.
        NoOpenPeriod: if nothing can be sealed this month.
    """
    require(by, Capability.KEY_REPLIES)
    if not sheet.has_agreed():
        raise NotAgreed
    answers = sheet.answers()
    given = submission.sort(definition_of(version), answers)
    contribution = receive(
        Submission(
            consultation=version.survey.consultation,
            channel=channel,
            voice=given.voice,
            people=submission.SMALLEST_GROUP if given.voice is Voice.GROUP else 1,
            consents=given.consents,
            texts=given.texts,
            received_on=received_on,
            with_help=helping.is_helped(definition_of(version), "", answers),
        )
    )
    submission.keep_closed(contribution, version, given)
    _count(version, by)


def keyed_today(version: SurveyVersion, by: User) -> int:
    """How many replies to this survey this person has keyed in today."""
    found = KeyedCount.objects.filter(survey=version.survey, keyed_by=by, keyed_on=timezone.localdate()).first()
    return found.replies if found else 0


def _count(version: SurveyVersion, by: User) -> None:
    row, _ = KeyedCount.objects.get_or_create(survey=version.survey, keyed_by=by, keyed_on=timezone.localdate())
    KeyedCount.objects.filter(pk=row.pk).update(replies=F("replies") + 1)
