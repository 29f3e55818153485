"""Quarters of the calendar year, as releases name them: "2026-Q3"."""

import re
from datetime import date, timedelta
from itertools import pairwise

HALF = re.compile(r"([1-9]\d{3})-H([12])")
FORM = re.compile(r"([1-9]\d{3})-Q([1-4])")


class NotAQuarter(ValueError):
    """A text does not name a quarter."""


def quarter_of(day: date) -> str:
    """The quarter a day lies in."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def first_day(quarter: str) -> date:
    """Where a quarter begins. Raises NotAQuarter if the text names none."""
    found = FORM.fullmatch(quarter)
    if not found:
        raise NotAQuarter(f"“{quarter}” is not a quarter. Write it like 2026-Q3.")
    return date(int(found[1]), 3 * int(found[2]) - 2, 1)


def before(quarter: str) -> str:
    """The quarter before this one."""
    return quarter_of(first_day(quarter) - timedelta(days=1))


def after(quarter: str) -> str:
    """The quarter after this one."""
    return quarter_of(first_day(quarter) + timedelta(days=100))


def between(first: date, last: date) -> list[str]:
    """Every quarter that has a day from the first to the last, in order."""
    found = [quarter_of(first)]
    while first_day(after(found[-1])) <= last:
        found.append(after(found[-1]))
    return found


def half_of_quarter(quarter: str) -> str:
    """The half-year a quarter lies in, such as "2026-H2"."""
    day = first_day(quarter)
    return f"{day.year}-H{1 if day.month < 7 else 2}"


def half_of(half: str) -> tuple[int, int]:
    """The year and which half of it, 1 or 2. Raises NotAQuarter if the text names no half-year."""
    found = HALF.fullmatch(half)
    if not found:
        raise NotAQuarter(f"“{half}” is not a half-year. Write it like 2026-H2.")
    return int(found[1]), int(found[2])


def last_day_of_half(half: str) -> date:
    """Where a half-year ends."""
    year, number = half_of(half)
    return first_day(after(f"{year}-Q{2 * number}")) - timedelta(days=1)


def half_words(half: str) -> str:
    """A half-year as people say it: "July to December 2026"."""
    year, number = half_of(half)
    return f"{('January to June', 'July to December')[number - 1]} {year}"


def words(quarter: str) -> str:
    """A quarter as people say it: "July to September 2026"."""
    start = first_day(quarter)
    return f"{start:%B} to {first_day(after(quarter)) - timedelta(days=1):%B %Y}"


def period_words(quarters: tuple[str, ...]) -> str:
    """Quarters in a row as one period, or each by itself where they are not in a row."""
    ordered = sorted(quarters)
    unbroken = all(after(one) == other for one, other in pairwise(ordered))
    if not unbroken:
        return "; ".join(words(quarter) for quarter in ordered)
    start, last = first_day(ordered[0]), first_day(after(ordered[-1])) - timedelta(days=1)
    return f"{start:%B} to {last:%B %Y}" if start.year == last.year else f"{start:%B %Y} to {last:%B %Y}"
