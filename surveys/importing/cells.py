"""What one cell means for the column it stands in, or why it means nothing."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from feedback.intake import LANGUAGE_TAG, LONGEST_LANGUAGE_TAG, MOST_PEOPLE
from feedback.models import Channel, Use, Voice
from feedback.normalise import normalise
from surveys import bands
from surveys.definition import DEFAULT_LIMITS, TEXT_KINDS, Kind, Question

Value = str | list[str]
Named = TypeVar("Named", Channel, Use, Voice)
MONTH_YEAR = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?")
BETWEEN_VALUES = ";"


class BadCell(Exception):
    """The cell does not fit its column; the message says what would, and never what stands there."""


def several(cell: str) -> list[str]:
    """The values of a cell that may hold several, without empty ones."""
    return [part.strip() for part in cell.split(BETWEEN_VALUES) if part.strip()]


def answer(question: Question, cell: str) -> Value:
    """The answer to this question.

    Raises:
        BadCell: if the question cannot be answered so.
    """
    if question.kind in TEXT_KINDS:
        return _words(question, cell)
    if question.kind is Kind.MONTH_YEAR:
        return _month_year(question, cell.strip())
    if question.kind in {Kind.MULTIPLE, Kind.RANKING}:
        return _choices(question, several(cell))
    return _choices(question, [cell.strip()])[0]


def _words(question: Question, cell: str) -> str:
    limit = question.limit or DEFAULT_LIMITS[question.kind]
    words = normalise(cell)
    if len(words) > limit:
        raise BadCell(f"it is {len(words)} characters long; at most {limit} are allowed")
    return words


def _month_year(question: Question, cell: str) -> str:
    is_band = not bands.keeps_month(question) and bands.BAND.fullmatch(cell)
    if not is_band and not MONTH_YEAR.fullmatch(cell):
        raise BadCell("write a month and year as 2026-03, or a year as 2026")
    return str(bands.kept(question, cell))


def _choices(question: Question, values: list[str]) -> list[str]:
    known = {option.value: option for option in question.options}
    if any(value not in known for value in values):
        raise BadCell(f"use the values {', '.join(known)}")
    if len(values) != len(set(values)):
        raise BadCell("a value stands in it twice")
    if len(values) > 1 and any(known[value].is_exclusive for value in values):
        raise BadCell("it holds a value that only stands on its own")
    return values


def day(cell: str, *, today: date) -> date:
    """A day that has come.

    Raises:
        BadCell: if it is written in another way or lies ahead.
    """
    try:
        found = datetime.strptime(cell.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        raise BadCell("write dates as 2026-11-22") from None
    if found > today:
        raise BadCell("the date lies in the future")
    return found


def language(cell: str) -> str:
    """A short language tag, such as “en” or “pa”.

    Raises:
        BadCell: if it is none.
    """
    tag = cell.strip()
    if len(tag) > LONGEST_LANGUAGE_TAG or not LANGUAGE_TAG.fullmatch(tag):
        raise BadCell("write a language tag such as en or pa")
    return tag


def people(cell: str) -> int:
    """How many people's experience it tells.

    Raises:
        BadCell: if it is not a number within reason.
    """
    written = cell.strip()
    if not (written.isascii() and written.isdigit() and len(written) < 5 and 1 <= int(written) <= MOST_PEOPLE):
        raise BadCell(f"write a whole number from 1 to {MOST_PEOPLE}")
    return int(written)


def one_of(kind: type[Named]) -> Callable[[str], Named]:
    """A reader for the values of a closed list.

    Raises:
        BadCell: from the reader, if a cell holds anything else.
    """

    def read(cell: str) -> Named:
        if cell.strip() not in kind.values:
            raise BadCell(f"use one of {', '.join(kind.values)}")
        return kind(cell.strip())

    return read


def uses(cell: str) -> frozenset[Use]:
    """What the contributor agreed to; an empty cell is no to everything.

    Raises:
        BadCell: if it holds anything but the known uses.
    """
    return frozenset(map(one_of(Use), several(cell)))
