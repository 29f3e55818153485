"""Says what a record of learning says, within the rules of disclosure."""

from typing import Any

from analysis.disclosure.gate import published
from analysis.disclosure.published import LEAST_BASE

NOTHING = "too few to say"


def counted(count: int) -> str:
    """A count as it may be said before what is counted."""
    return published(count).words if count else "no"


def how_right(figures: dict[str, Any] | None) -> str:
    """How right the machine was (F1, all themes together), with its interval."""
    if not figures or figures["statements"] < LEAST_BASE:
        return NOTHING
    return f"{figures['micro']:.0%} ({figures['low']:.0%} to {figures['high']:.0%})"
