"""What became of a contribution, told by whoever knows: the packages above this one register how to find out."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

Teller = Callable[[uuid.UUID], "Became"]


@dataclass(frozen=True)
class Noted:
    """A theme that was noted, and whether the words it was noted in had been read by a person."""

    name: str
    is_reviewed: bool


@dataclass(frozen=True)
class Report:
    """A released report of the months it came in; `left_out` says why it was not counted there, or is empty."""

    title: str
    released_on: date
    left_out: str | Promise


@dataclass(frozen=True)
class Became:
    """What may be told about one contribution after the warning: themes and reports, never a word of it."""

    themes: tuple[Noted, ...] = ()
    reports: tuple[Report, ...] = ()


_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Have this asked whenever somebody wants to know what became of what they sent."""
    if teller not in _tellers:
        _tellers.append(teller)


def became(contribution_id: uuid.UUID) -> Became:
    """Everything that anybody can tell about a contribution."""
    told = [teller(contribution_id) for teller in _tellers]
    return Became(
        themes=tuple(theme for one in told for theme in one.themes),
        reports=tuple(report for one in told for report in one.reports),
    )
