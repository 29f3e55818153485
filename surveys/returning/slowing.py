"""Slows whoever tries many words, without writing down who, and without ever shutting anybody out.

A caller is known by an HMAC of its network (a /24, or a /48 of IPv6) under a random key that lives in memory and is
thrown away every ten minutes with everything counted under it. Nothing is stored, logged or shared: each process counts
for itself, so with the two processes of `make run` a caller has twice the tries, and a restart forgets. Where a proxy
in front does not pass addresses on, all callers are one; the rate is then that of everybody together, and Argon2 alone
is slow enough for four words.
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
MOST_CALLERS = 20_000  # about 4 MB; beyond that everything counted is forgotten early


class Slowing:
    """A bucket of tries for each caller. It fills again by itself; an empty one says when; a refusal costs nothing."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._renew(clock())

    def wait(self, address: str) -> float:
        """Take one try for this caller: 0, or in how many seconds there will be one."""
        with self._lock:
            now = self._clock()
            if now - self._made > KEY_SECONDS or len(self._left) > MOST_CALLERS:
                self._renew(now)
            name = hmac.new(self._key, network(address), hashlib.sha256).digest()
            left, since = self._left.get(name, (TRIES_AT_ONCE, now))
            left = min(TRIES_AT_ONCE, left + (now - since) * TRIES_A_SECOND)
            self._left[name] = (left - 1, now) if left >= 1 else (left, now)
            return 0.0 if left >= 1 else (1 - left) / TRIES_A_SECOND

    def _renew(self, now: float) -> None:
        self._key = secrets.token_bytes(32)
        self._made = now
        self._left: dict[bytes, tuple[float, float]] = {}


def network(address: str) -> bytes:
    """The network an address belongs to, or nothing where it is no address (a socket, a proxy)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return b""
    return parsed.packed[:3] if parsed.version == 4 else parsed.packed[:6]
