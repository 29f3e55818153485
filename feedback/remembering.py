"""Remembers for a few seconds, in each process, what hardly ever changes and every page needs.

An edit is seen after `HEARD_REMEMBER_SECONDS` at the latest, in every process. Nothing about a person who answers
belongs here, and what is remembered is shared: read it, never change it.
"""

import time
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from django.conf import settings

Value = TypeVar("Value")
MOST_KEPT = 1000
_kept: dict[Hashable, tuple[float, object]] = {}


def remembered(key: Hashable, find: Callable[[], Value]) -> Value:
    """What `find` said for this key in the last few seconds, or what it says now."""
    now = time.monotonic()
    until, value = _kept.get(key, (0.0, None))
    if now < until:
        return cast(Value, value)  # what this key's own `find` said
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    found = find()
    _kept[key] = (now + settings.HEARD_REMEMBER_SECONDS, found)
    return found
