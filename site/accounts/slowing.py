"""Slows whoever tries too much, without writing down who, and without ever shutting anybody out.

What is slowed (a caller's network, an account) is known by an HMAC under a random key that lives in memory and is
thrown away after a while with everything counted under it. Nothing is stored, logged or shared: each process counts for
itself, so with the two processes of `make run` there are twice the tries, and a restart forgets. Where a proxy in front
does not pass addresses on, all callers are one network; the rate is then that of everybody together.
"""

import hashlib
import hmac
import ipaddress
import secrets
import threading
from collections.abc import Callable

TRIES_AT_ONCE = 8.0
TRIES_A_SECOND = 0.5
KEY_SECONDS = 600.0
MOST_NAMES = 20_000  # about 4 MB; beyond that everything counted is forgotten early


class Slowing:
    """A bucket of tries for each name. It fills again by itself; an empty one says when; a refusal costs nothing."""

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        at_once: float = TRIES_AT_ONCE,
        a_second: float = TRIES_A_SECOND,
        forgets_after: float = KEY_SECONDS,
    ) -> None:
        self._clock = clock
        self._at_once, self._a_second, self._forgets_after = at_once, a_second, forgets_after
        self._lock = threading.Lock()
        self._renew(clock())

    def wait(self, name: bytes) -> float:
        """Take one try under this name: 0, or in how many seconds there will be one."""
        with self._lock:
            now = self._clock()
            if now - self._made > self._forgets_after or len(self._left) > MOST_NAMES:
                self._renew(now)
            mark = hmac.digest(self._key, name, hashlib.sha256)
            left, since = self._left.get(mark, (self._at_once, now))
            left = min(self._at_once, left + (now - since) * self._a_second)
            self._left[mark] = (left - 1, now) if left >= 1 else (left, now)
            return 0.0 if left >= 1 else (1 - left) / self._a_second

    def give_back(self, name: bytes) -> None:
        """Return the try just taken: it was no guess."""
        with self._lock:
            mark = hmac.digest(self._key, name, hashlib.sha256)
            if mark in self._left:
                left, since = self._left[mark]
                self._left[mark] = (min(self._at_once, left + 1), since)

    def _renew(self, now: float) -> None:
        self._key = secrets.token_bytes(32)
        self._made = now
        self._left: dict[bytes, tuple[float, float]] = {}


def network(address: str) -> bytes:
    """The network an address belongs to (a /24, or a /48 of IPv6), or nothing where it is no address (a socket)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return b""
    return parsed.packed[:3] if parsed.version == 4 else parsed.packed[:6]
