"""The one gate for figures: exact counts go in, and only what may be published comes out.

A count under `LEAST` is said as "fewer than 10", every other count is rounded to `STEP`, totals are made from what was
published and never from what was counted, and a share needs a published base of at least `LEAST_BASE`. Everything that
is shown (page, chart, description, CSV) is built from the objects made here, and they say themselves in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analysis.disclosure.published import FEW, LEAST, LEAST_BASE, NONE, WITHHELD, Cell, Kind, Reason, Row, Table, total

STEP = 5
MOST_BREAKDOWNS = 2
NARROWEST = 5  # a hidden count must stay possible over a range at least this wide


class TooManyBreakdowns(ValueError):
    """More than two breakdowns were asked for at once."""


@dataclass(frozen=True)
class RawCell:
    """An exact count and how many contributions stand behind it (as many as counted, unless said)."""

    count: int = field(repr=False)
    contributors: int | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Group:
    """A row or column. `size` is how many belong to it, where membership is a fact others could know."""

    slug: str
    name: str
    size: int | None = field(default=None, repr=False)


@dataclass(frozen=True)
class RawRow:
    """One row of exact counts, in the order of the table's columns."""

    group: Group
    cells: tuple[RawCell, ...] = field(repr=False)


@dataclass(frozen=True)
class RawTable:
    """Exact counts on their way to the gate.

    `breakdowns` is what the rows and columns are split by; `tells_zeros` is for tables about our own work, where
    "none" says nothing about a person; `adds_up` is for rows whose cells share out the same contributions.
    """

    slug: str
    columns: tuple[Group, ...]
    rows: tuple[RawRow, ...] = field(repr=False)
    breakdowns: tuple[str, ...] = ()
    tells_zeros: bool = False
    adds_up: bool = False


def protect(raw: RawTable, *, bases: Mapping[str, Cell] | None = None, total_base: Cell | None = None) -> Table:
    """What may be published of a table of exact counts.

    `bases` gives a column's published base by slug, `total_base` that of the row totals; without them there are no
    shares. Raises TooManyBreakdowns if the table splits its counts more than twice.
    """
    if len(raw.breakdowns) > MOST_BREAKDOWNS:
        raise TooManyBreakdowns(f"Ask for at most {MOST_BREAKDOWNS} breakdowns at once, not {len(raw.breakdowns)}.")
    hidden: dict[str, int] = {}
    rows = tuple(_protected(row, raw, hidden) for row in raw.rows)
    shared = tuple(_with_shares(row, raw.columns, bases or {}, total_base) for row in rows)
    return Table(raw.slug, tuple((column.slug, column.name) for column in raw.columns), shared, hidden)


def published(count: int, *, tells_zero: bool = False) -> Cell:
    """One count as it may be said."""
    if count == 0 and tells_zero:
        return NONE
    return FEW if count < LEAST else Cell(Kind.FIGURE, rounded(count))


def rounded(count: int) -> int:
    """The nearest multiple of `STEP`, which is odd, so that there is never a tie."""
    return (count + STEP // 2) // STEP * STEP


def span(cell: Cell, *, hidden_from: int = 0) -> tuple[int, int] | None:
    """The lowest and highest count a published (not summed) cell can stand for; None where it says nothing."""
    if cell.kind is Kind.FIGURE and cell.figure is not None:
        return max(LEAST, cell.figure - STEP // 2), cell.figure + STEP // 2
    return {Kind.FEW: (hidden_from, LEAST - 1), Kind.NONE: (0, 0)}.get(cell.kind)


def most_together(hidden: int) -> int:
    """The largest figure that may stand for several hidden cells together.

    If each is under ten, a large sum would pin each of them down: 18 in two cells is nine and nine.
    """
    highest_low = LEAST - 1 - NARROWEST + (LEAST - 1) * (hidden - 1)
    return (highest_low + STEP // 2) // STEP * STEP


def _protected(row: RawRow, raw: RawTable, hidden: dict[str, int]) -> Row:
    pairs = list(zip(row.cells, raw.columns, strict=True))
    if any(_is_whole_group(cell, group) for cell, column in pairs for group in (row.group, column)):
        _count(hidden, Reason.WHOLE_GROUP, len(pairs))
        return Row(row.group.slug, row.group.name, (WITHHELD,) * len(pairs), total=WITHHELD if raw.adds_up else None)
    cells = tuple(
        _cell(cell, hidden, tells_zero=raw.tells_zeros and not _is_small(row.group) and not _is_small(column))
        for cell, column in pairs
    )
    rest = _rest(row.cells, cells) if raw.adds_up else None
    whole = total(_apart(cells, rest)) if raw.adds_up else None
    return Row(row.group.slug, row.group.name, cells, rest, whole)


def _cell(raw: RawCell, hidden: dict[str, int], *, tells_zero: bool) -> Cell:
    cell = published(raw.count, tells_zero=tells_zero)
    behind = raw.count if raw.contributors is None else raw.contributors
    if cell.kind is Kind.FIGURE and behind < LEAST:
        _count(hidden, Reason.CONTRIBUTORS, 1)
        return WITHHELD
    if cell.kind is Kind.FEW:
        _count(hidden, Reason.FEW, 1)
    return cell


def _is_whole_group(cell: RawCell, group: Group) -> bool:
    # All but one is as bad as all: the one knows about everyone else.
    return group.size is not None and cell.count >= LEAST and cell.count >= group.size - 1


def _is_small(group: Group) -> bool:
    return group.size is not None and group.size < LEAST_BASE


def _rest(raw: tuple[RawCell, ...], cells: tuple[Cell, ...]) -> Cell | None:
    counts = [exact.count for exact, cell in zip(raw, cells, strict=True) if cell.kind is Kind.FEW]
    if len(counts) < 2:
        return None
    together = published(sum(counts))
    if together.figure is None:
        return together
    return replace(together, figure=min(together.figure, most_together(len(counts))), is_about=True)


def _apart(cells: tuple[Cell, ...], rest: Cell | None) -> list[Cell]:
    """The cells a total is made of: the hidden ones once, if they were said together."""
    if rest is None:
        return list(cells)
    return [cell for cell in cells if cell.kind is not Kind.FEW] + [rest]


def _with_shares(row: Row, columns: tuple[Group, ...], bases: Mapping[str, Cell], total_base: Cell | None) -> Row:
    cells = tuple(
        cell.out_of(bases[column.slug]) if column.slug in bases else cell
        for cell, column in zip(row.cells, columns, strict=True)
    )
    whole = row.total.out_of(total_base) if row.total and total_base else row.total
    return replace(row, cells=cells, total=whole)


def _count(hidden: dict[str, int], reason: Reason, number: int) -> None:
    hidden[reason.value] = hidden.get(reason.value, 0) + number
