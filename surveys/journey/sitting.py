"""One person's sitting: a single cookie with the draft's id and a random key that exists nowhere else.

There is no Django session and no CSRF cookie here. Each form carries a token made with the cookie's key, so a form that
this sitting did not receive, or received for another question or step, is recognised as such.
"""

import base64
import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from surveys import catalogues
from surveys.journey import idle
from surveys.offering import ENGLISH

COOKIE = "sitting"
ID_BYTES = 16
KEY_BYTES = 32
KEY_END = ID_BYTES + KEY_BYTES
STAMP_END = KEY_END + idle.STAMP_BYTES
LANGUAGE_BYTES = 2  # the code of the language, and then
EASY, USUAL = b"e", b"-"  # whether pages are in Easy Read: these stand at the end of every cookie
TAIL_BYTES = LANGUAGE_BYTES + len(EASY)


@dataclass(frozen=True)
class Sitting:
    """What the cookie holds: which draft, the key to its words and its forms, how to speak, and whether it is over."""

    draft_id: uuid.UUID
    key: bytes = field(repr=False)
    is_idle: bool = False
    language: str = ENGLISH
    is_easy: bool = False

    def key_for(self, purpose: bytes) -> bytes:
        """A 32-byte key of its own for each purpose, so that a token never tells anything about the words' key."""
        return hashlib.blake2b(key=self.key, person=purpose, digest_size=32).digest()


def begin(draft_id: uuid.UUID, *, language: str = ENGLISH) -> Sitting:
    """A new sitting for a draft, with a fresh random key."""
    return Sitting(draft_id, secrets.token_bytes(KEY_BYTES), language=language)


def read(request: HttpRequest) -> Sitting | None:
    """The sitting this browser is in, or None where the cookie is absent or not one of ours."""
    content, spoken = _content(request), _language(request)
    if len(content) != STAMP_END + TAIL_BYTES or not spoken:
        return None
    draft_id, key = uuid.UUID(bytes=content[:ID_BYTES]), content[ID_BYTES:KEY_END]
    return Sitting(draft_id, key, is_idle=idle.is_over(content[KEY_END:STAMP_END], draft_id), language=spoken)


def finished(request: HttpRequest) -> uuid.UUID | None:
    """The consultation this browser has just sent answers to, or None."""
    content = _content(request)
    is_ours = len(content) == ID_BYTES + TAIL_BYTES and _language(request)
    return uuid.UUID(bytes=content[:ID_BYTES]) if is_ours else None


def language(request: HttpRequest) -> str:
    """The language this browser was spoken to last; English where nothing is known."""
    return _language(request) or ENGLISH


def is_easy(request: HttpRequest) -> bool:
    """Whether this browser was shown Easy Read last."""
    return _content(request).endswith(EASY) and bool(_language(request))


def remember(response: HttpResponseBase, sitting: Sitting) -> None:
    """Set the one cookie, as of now: gone when the browser closes, out of reach of scripts and of other sites."""
    content = sitting.draft_id.bytes + sitting.key + idle.stamp(sitting.draft_id)
    _set(response, content + _tail(sitting.language, is_easy=sitting.is_easy))


def finish(response: HttpResponseBase, consultation_id: uuid.UUID, *, language: str, is_easy: bool) -> None:
    """Replace the sitting by a note of the consultation, so that the last page can be shown and shown again.

    Draft id and key are thrown away: nothing on the device or in a table joins this browser to what it sent.
    """
    _set(response, consultation_id.bytes + _tail(language, is_easy=is_easy))


def forget(response: HttpResponseBase) -> None:
    """Take the cookie away."""
    response.delete_cookie(COOKIE, path="/", samesite="Strict")


def token(sitting: Sitting, place: str, step: int) -> str:
    """The one-use mark of the form for this place at this step of this draft."""
    said = b"|".join((sitting.draft_id.bytes, place.encode(), str(step).encode()))
    return hmac.new(sitting.key_for(b"heard form"), said, hashlib.sha256).hexdigest()


def is_genuine(sitting: Sitting, place: str, step: int, given: str) -> bool:
    """Whether this sitting was given exactly this form."""
    return hmac.compare_digest(token(sitting, place, step).encode(), given.encode())


def encoded(content: bytes) -> str:
    """The cookie's value for these bytes."""
    return base64.urlsafe_b64encode(content).decode()


def _content(request: HttpRequest) -> bytes:
    try:
        return base64.b64decode(request.COOKIES.get(COOKIE, ""), altchars=b"-_", validate=True)
    except ValueError:
        return b""


def _language(request: HttpRequest) -> str:
    """What the end of the cookie says, if it names a language the house speaks."""
    code = _content(request)[-TAIL_BYTES:-1].decode("ascii", "replace")
    return code if code == ENGLISH or code in catalogues.languages() else ""


def _tail(language: str, *, is_easy: bool) -> bytes:
    return language.encode() + (EASY if is_easy else USUAL)


def _set(response: HttpResponseBase, content: bytes) -> None:
    response.set_cookie(
        COOKIE,
        encoded(content),
        path="/",
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
