"""What a staff session knows of itself: since when it runs, when it was last used, which second factor was given."""

import time
from enum import Enum

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session

from accounts.models import User
from accounts.roles import OPENS_WORDS, capabilities

SINCE = "staff_since"
SEEN = "staff_seen"
FACTOR = "staff_factor"
PROVED = "staff_proved"
# A session is written again for being used only this often.
SECONDS_BETWEEN_MARKS = 30
# For how long after giving a second factor somebody may change their own factors without giving one again.
FRESH_SECONDS = 10 * 60


class Standing(Enum):
    """How far a session reaches."""

    PASSWORD_ONLY = "password only"  # noqa: S105 - a name, not a password
    WHOLE = "whole"
    IDLE = "left alone too long"
    OVER = "at its end"


def begin(session: SessionBase, *, factor: str = "") -> None:
    """A session that starts now; `factor` names the second factor just given, or none was."""
    now = time.time()
    session[SINCE] = session[SEEN] = now
    session.pop(FACTOR, None)
    if factor:
        strengthen(session, factor)


def strengthen(session: SessionBase, factor: str) -> None:
    """The person behind this session has just given or enrolled a second factor."""
    session[FACTOR] = factor
    session[PROVED] = time.time()


def standing(session: SessionBase, user: User) -> Standing:
    """How far this session reaches now."""
    now = time.time()
    if is_over(now - session.get(SINCE, 0.0), user):
        return Standing.OVER
    if is_idle(now - session.get(SEEN, 0.0), user):
        return Standing.IDLE
    return Standing.WHOLE if session.get(FACTOR) else Standing.PASSWORD_ONLY


def is_idle(seconds: float, user: User) -> bool:
    """Whether a session unused for so long is over for this person; asks for roles only where that decides."""
    return seconds >= settings.HEARD_WORDS_IDLE_SECONDS and seconds >= idle_limit(user)


def idle_limit(user: User) -> int:
    """After how many unused seconds this person is signed out: sooner if a role opens people's words."""
    if opens_words(user):
        return settings.HEARD_WORDS_IDLE_SECONDS
    return max(settings.HEARD_IDLE_SECONDS, settings.HEARD_WORDS_IDLE_SECONDS)


def is_over(seconds: float, user: User) -> bool:
    """Whether a session that began so long ago is over for this person, used or not; asks for roles as seldom."""
    return seconds >= settings.HEARD_WORDS_SESSION_SECONDS and seconds >= longest(user)


def longest(user: User) -> int:
    """After how many seconds this person's session ends in any case: sooner if a role opens people's words."""
    if opens_words(user):
        return settings.HEARD_WORDS_SESSION_SECONDS
    return max(settings.HEARD_SESSION_SECONDS, settings.HEARD_WORDS_SESSION_SECONDS)


def opens_words(user: User) -> bool:
    """Whether a role of this person opens people's words."""
    return bool(capabilities(user) & OPENS_WORDS)


def mark_used(session: SessionBase) -> None:
    """The person has just done something."""
    now = time.time()
    if now - session.get(SEEN, 0.0) >= SECONDS_BETWEEN_MARKS:
        session[SEEN] = now


def seconds_left(session: SessionBase, user: User) -> tuple[int, int]:
    """In how many seconds an unused session ends, and in how many it ends in any case; never below 0."""
    now = time.time()
    idle = session.get(SEEN, 0.0) + idle_limit(user) - now
    over = session.get(SINCE, 0.0) + longest(user) - now
    return max(0, int(min(idle, over))), max(0, int(over))


def is_fresh(session: SessionBase) -> bool:
    """Whether a second factor was given or enrolled within the last ten minutes."""
    return time.time() - session.get(PROVED, 0.0) < FRESH_SECONDS


def end_all(user: User) -> int:
    """End every session of this person, also one with a password alone; says how many there were."""
    theirs = [row.pk for row in Session.objects.iterator() if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)
