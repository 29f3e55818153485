"""How fast passwords and codes may be tried: guessing is slow, and nobody outside can make a member of staff wait.

Tries from a browser somebody has signed in from before are counted apart from those of strangers, so that a stranger
who uses up an account's tries slows only strangers. Passkeys and one-time links cannot be guessed and are not slowed.
"""

import hashlib
import math
import time

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts import devices
from accounts.models import User
from accounts.slowing import Slowing, network

DAY = 24 * 60 * 60.0
# An office behind one address signs in within a few minutes.
networks = Slowing(time.monotonic, at_once=20, a_second=1 / 6)
passwords = Slowing(time.monotonic, at_once=8, a_second=1 / 30, forgets_after=DAY)
# Three codes of a million are right at a time: 294 tries in a day find one with a chance below 1 in 1,000.
codes = Slowing(time.monotonic, at_once=6, a_second=1 / 300, forgets_after=DAY)
# Unknown names share so many buckets, so that trying many names neither fills the memory nor tells which exist.
BUCKETS = 8192


def before_password(request: HttpRequest, username: str) -> None:
    """Take a try.

    Raises:
        ValidationError: if this network or this account must wait first; says for how long, and what works at once.
    """
    name, is_known = named(request, username)
    if not is_known:
        refuse(networks.wait(network(request.META.get("REMOTE_ADDR", ""))))
    refuse(passwords.wait(name))


def password_was_right(request: HttpRequest, username: str) -> None:
    """Give the try back."""
    passwords.give_back(named(request, username)[0])


def before_code(request: HttpRequest, user: User) -> None:
    """Take a try.

    Raises:
        ValidationError: if this account must wait first.
    """
    refuse(codes.wait(named(request, user.get_username())[0]))


def code_was_right(request: HttpRequest, user: User) -> None:
    """Give the try back."""
    codes.give_back(named(request, user.get_username())[0])


def named(request: HttpRequest, username: str) -> tuple[bytes, bool]:
    """Under which name this browser's tries for this account are counted, and whether it is known for it."""
    user = User.objects.filter(username=username).first()
    number = devices.known(request, user) if user else ""
    if number:
        return f"device:{number}".encode(), True
    bucket = int.from_bytes(hashlib.sha256(username.encode()).digest()[:4], "big") % BUCKETS
    return f"strangers:{bucket}".encode(), False


def refuse(seconds: float) -> None:
    """Nothing for 0 seconds.

    Raises:
        ValidationError: with how long to wait.
    """
    if not seconds:
        return
    wait = f"{math.ceil(seconds)} seconds" if seconds <= 90 else f"{math.ceil(seconds / 60)} minutes"
    raise ValidationError(
        f"There were too many tries. Wait {wait} and try again. A passkey works at once, and so does a browser you "
        "have signed in from before.",
        code="slow",
    )
