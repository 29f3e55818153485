"""The opener: reads one sealed text to one person. It runs inside the worker, the only holder of private keys.

It trusts its caller with nothing but a person's id: capability, consent, urgency and caps are looked up here, and the
opening is written down before the words leave. `feedback.listening` is its socket and `feedback.opening` its client.
"""

import logging
import time
import uuid
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from accounts.roles import Capability, may
from feedback import wire
from feedback.models import Opening, Purpose, SealedText, Urgency
from feedback.redaction.spans import Redaction
from feedback.release import LeftOut, NotReleased, unseal
from feedback.wire import Refusal

logger = logging.getLogger(__name__)
# Enough for a day's careful reading, too few to carry off an archive.
MOST_AN_HOUR = 60
MOST_A_DAY = 200
HOUR_SECONDS = 3600

NEEDED = {Purpose.REVIEW: Capability.REVIEW, Purpose.SAFEGUARDING: Capability.SAFEGUARD}


class Refused(Exception):
    """This opening is refused, for a reason that may be told."""

    def __init__(self, why: Refusal) -> None:
        """Keep the reason."""
        super().__init__(why.value)
        self.why = why


@dataclass
class HourlyCap:
    """How often each person opened something in the last hour. In memory: nobody's working minutes are stored."""

    clock: Callable[[], float] = time.monotonic
    opened: dict[uuid.UUID, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def count(self, user_id: uuid.UUID) -> None:
        """Count one more opening.

        Raises:
            Refused: if the person has reached the cap of this hour.
        """
        times, now = self.opened[user_id], self.clock()
        while times and times[0] <= now - HOUR_SECONDS:
            times.popleft()
        if len(times) >= MOST_AN_HOUR:
            raise Refused(Refusal.HOURLY_CAP)
        times.append(now)


@dataclass
class Opener:
    """Answers one request at a time; `redact` suggests what to hide."""

    redact: Callable[[str], Redaction]
    cap: HourlyCap = field(default_factory=HourlyCap)

    def answer(self, request: wire.Request) -> wire.Answer:
        """The opened text with its suggested redactions, or why not. Never raises, and never logs a word."""
        try:
            return self._open(request)
        except Refused as refused:
            return wire.Answer(refusal=refused.why)
        except Exception as error:  # noqa: BLE001 - a message or traceback could quote the text, so only its class is told
            logger.error("opening failed with %s", type(error).__name__)
            return wire.Answer(refusal=Refusal.FAILED)

    def reply(self, message: bytes) -> bytes:
        """The same, as it goes through the socket.

        Raises:
            BadMessage: if it is not a request.
        """
        return self.answer(wire.Request.from_json(message)).to_json()

    def _open(self, request: wire.Request) -> wire.Answer:
        user = User.objects.filter(pk=request.user_id).first()
        if user is None or not may(user, NEEDED[request.purpose]):
            raise Refused(Refusal.NOT_ALLOWED)
        sealed_text = _openable(request)
        self._write_down(user, request)
        text = _unsealed(sealed_text)
        return wire.Answer(text=text, suggestion=self.redact(text))

    def _write_down(self, user: User, request: wire.Request) -> None:
        today = timezone.localdate()
        # The day's count comes from the log, so that restarting the worker does not start the day again.
        if Opening.objects.filter(opened_by=user, opened_on=today).count() >= MOST_A_DAY:
            raise Refused(Refusal.DAILY_CAP)
        self.cap.count(user.pk)
        Opening.objects.create(
            sealed_text_id=request.sealed_text_id, opened_by=user, purpose=request.purpose, opened_on=today
        )


def _openable(request: wire.Request) -> SealedText:
    texts = SealedText.objects.select_related("contribution", "period")
    sealed_text = texts.filter(pk=request.sealed_text_id).first()
    if sealed_text is None:
        raise Refused(Refusal.WITHDRAWN)
    if request.purpose == Purpose.SAFEGUARDING and sealed_text.contribution.urgency == Urgency.NONE:
        raise Refused(Refusal.NOT_URGENT)
    if request.purpose == Purpose.REVIEW:
        _refuse_unless_reviewable(sealed_text)
    return sealed_text


def _refuse_unless_reviewable(sealed_text: SealedText) -> None:
    if hasattr(sealed_text, "decision"):
        raise Refused(Refusal.DECIDED)
    if sealed_text.period.key_destroyed_on is not None:
        raise Refused(Refusal.KEY_DESTROYED)
    if not hasattr(sealed_text, "envelope"):
        raise Refused(Refusal.WITHDRAWN)
    if not SealedText.objects.awaiting_review().filter(pk=sealed_text.pk).exists():
        raise Refused(Refusal.NO_CONSENT)


def _unsealed(sealed_text: SealedText) -> str:
    told = {LeftOut.WITHDRAWN: Refusal.WITHDRAWN, LeftOut.KEY_DESTROYED: Refusal.KEY_DESTROYED}
    try:
        return unseal(sealed_text)
    except NotReleased as problem:
        raise Refused(told.get(problem.why, Refusal.UNREADABLE)) from None
