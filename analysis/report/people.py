"""Who answered: what was counted of the questions about people, apart from everything else in a report. Pure.

An office's counts belong to half-years and to all its consultations, and join to no contribution. So nothing here knows
a theme, a quarter or a breakdown, and one half-year of one question is protected by itself. A half-year that is over
cannot change any more: what a report has printed of it is printed again as it was.

Loads scipy through the audit, so only the worker and commands import it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analysis.disclosure.audit import Split, exposed
from analysis.disclosure.gate import Group, RawCell, RawRow, RawTable, protect
from analysis.disclosure.published import Row, Table
from analysis.report.frozen import AboutPeople, People

# All that a count is ever split by. The gate refuses a third.
BREAKDOWNS = ("half-year", "answer")


@dataclass(frozen=True)
class Counted:
    """One question about people in one half-year: its words, its options in order, and how often each was chosen."""

    question: str
    label: str
    half: str
    options: Mapping[str, str]
    counts: Mapping[str, int] = field(repr=False)


@dataclass(frozen=True)
class PeopleCounted:
    """What was counted in the half-years that are over, those that are not, and what earlier reports printed."""

    counted: tuple[Counted, ...] = ()
    unfinished: tuple[str, ...] = ()
    printed: tuple[AboutPeople, ...] = ()


def who_answered(people: PeopleCounted) -> People:
    """What may be printed of each question in each half-year, and which half-years are left out."""
    before = {(one.question, one.half): one for one in people.printed}
    shown = (before.get((one.question, one.half)) or _protected(one) for one in people.counted)
    return People(tuple(shown), people.unfinished)


def _protected(one: Counted) -> AboutPeople:
    columns = tuple(Group(value, label) for value, label in one.options.items())
    cells = tuple(RawCell(one.counts.get(value, 0)) for value in one.options)
    row = RawRow(Group(one.half, one.half), cells)
    table = protect(RawTable(f"people-{one.question}", columns, (row,), BREAKDOWNS, adds_up=True))
    return AboutPeople(one.question, one.label, one.half, _audited(_with_shares(table)))


def _with_shares(table: Table) -> Table:
    return replace(table, rows=tuple(map(_shared, table.rows)))


def _shared(row: Row) -> Row:
    """The row with each answer's share of all answers, as they were published."""
    return replace(row, cells=tuple(cell.out_of(row.total) if row.total else cell for cell in row.cells))


def _audited(table: Table) -> Table:
    """The table without a row whose figures together would give a hidden count away."""
    narrow = [row.slug for row in table.rows if exposed([_split(table, row)])]
    return table.without(narrow)


def _split(table: Table, row: Row) -> Split:
    named = tuple((slug, cell) for (slug, _), cell in zip(table.columns, row.cells, strict=True))
    return Split(f"people:{table.slug}", frozenset({row.slug}), "answer", named, row.rest)
