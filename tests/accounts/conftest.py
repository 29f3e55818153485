"""Slowing that starts anew for each test."""

import pytest

from accounts import attempts
from accounts.slowing import Slowing


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for name in ("networks", "passwords", "codes"):
        held = getattr(attempts, name)
        slowing = Slowing(clock, at_once=held._at_once, a_second=held._a_second, forgets_after=held._forgets_after)
        monkeypatch.setattr(attempts, name, slowing)
    return clock
