"""Which browsers somebody has fully signed in from before: known to the browser itself, and stored nowhere else.

A cookie holds, for each of the last few people who signed in there, a random number and a keyed hash that dies with the
person's password. It opens nothing. It only says whose tries are counted apart from those of strangers.
"""

import hmac
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.keyed import keyed
from accounts.models import User

COOKIE = "staff_device"
SALT = "accounts.devices"
SECONDS_KEPT = 180 * 24 * 60 * 60
MOST_PEOPLE = 5


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Let this browser be known for this person, who has just given a second factor in it."""
    people = read(request)
    number = number_for(user, people) or secrets.token_urlsafe(12)
    people.pop(user.pk.hex, None)
    people[user.pk.hex] = f"{number}:{proof(user, number)}"
    response.set_cookie(
        COOKIE,
        signing.dumps(dict(list(people.items())[-MOST_PEOPLE:]), salt=SALT),
        max_age=SECONDS_KEPT,
        path="/staff/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def known(request: HttpRequest, user: User) -> str:
    """The number of this browser for this person, or nothing where they have not signed in from it."""
    return number_for(user, read(request))


def read(request: HttpRequest) -> dict[str, str]:
    """What the cookie says, if it is ours and not too old."""
    try:
        people: dict[str, str] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS_KEPT)
    except signing.BadSignature:
        return {}
    return people


def number_for(user: User, people: dict[str, str]) -> str:
    """The random number kept for this person, if it was given under their present password."""
    number, _, given = people.get(user.pk.hex, "").partition(":")
    return number if number and hmac.compare_digest(given, proof(user, number)) else ""


def proof(user: User, number: str) -> str:
    """What only we can make, for this person, this browser and this password."""
    return keyed("device", f"{user.pk.hex}:{number}:{user.password}").hex()[:32]
