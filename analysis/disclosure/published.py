"""What may be said of a count: the cells, rows and tables of a release, which know how to say themselves in words.

Page, chart, description and CSV are all written from these, and none of them holds an exact count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

LEAST = 10  # ONS longitudinal study and UK LLC publish nothing under ten
LEAST_BASE = 30  # of the published base: a rule on the exact one would tell 28 and 29 from 30
HIDDEN_IN_TOTALS = 5  # the middle of 0 to 9, so that totals neither always fall short nor always exceed


class Kind(StrEnum):
    """What a published cell is able to say."""

    FIGURE = "figure"
    FEW = "few"
    NONE = "none"
    UNSUMMED = "unsummed"  # a total over quarters in each of which the count is hidden
    WITHHELD = "withheld"


class Reason(StrEnum):
    """Why a count is not a figure in print; the value is what the method notes say."""

    FEW = "fewer than 10"
    CONTRIBUTORS = "fewer than 10 contributors behind it"
    WHOLE_GROUP = "everyone, or all but one, of a known group"
    NARROW = "with the other figures it would give a hidden number away"


@dataclass(frozen=True)
class Cell:
    """One published place in a table. `figure` is a multiple of `STEP`; `share` is whole per cent."""

    kind: Kind
    figure: int | None = None
    share: int | None = None
    is_about: bool = False  # made of other published cells, so not itself the rounding of a count

    @property
    def words(self) -> str:
        """What a reader is told, the same on page, chart, description and CSV."""
        if self.kind is Kind.FIGURE:
            return f"about {self.figure:,}" if self.is_about else f"{self.figure:,}"
        return WORDS[self.kind]

    @property
    def share_words(self) -> str:
        """The share as a reader is told it, or the words for having none."""
        if self.share is not None:
            return f"{self.share}%"
        return "no share" if self.kind is Kind.FIGURE else self.words

    def out_of(self, base: "Cell") -> "Cell":
        """The same cell with its share of a published base, where both are large enough to say it."""
        if self.figure is None or base.figure is None or base.figure < LEAST_BASE:
            return replace(self, share=None)
        return replace(self, share=min(100, percent(self.figure, base.figure)))

    def at_most(self, base: "Cell") -> "Cell":
        """The same cell, but no more than a published base: a sum with hidden counts in it may exceed what it is of."""
        if self.figure is None or base.figure is None or self.figure <= base.figure:
            return self
        return replace(self, figure=base.figure)

    def as_json(self) -> dict[str, Any]:
        """Plain values for a frozen release."""
        return {"kind": self.kind.value, "figure": self.figure, "share": self.share, "is_about": self.is_about}


WORDS = {
    Kind.FEW: f"fewer than {LEAST}",
    Kind.NONE: "none",
    Kind.UNSUMMED: f"fewer than {LEAST} in each quarter",
    Kind.WITHHELD: "not shown",
}
FEW = Cell(Kind.FEW)
NONE = Cell(Kind.NONE)
UNSUMMED = Cell(Kind.UNSUMMED)
WITHHELD = Cell(Kind.WITHHELD)


@dataclass(frozen=True)
class Row:
    """One published row. `rest` is what the hidden cells of a row that adds up come to together, if there are two."""

    slug: str
    name: str
    cells: tuple[Cell, ...]
    rest: Cell | None = None
    total: Cell | None = None

    @property
    def is_withheld(self) -> bool:
        """Whether the row as a whole was taken out."""
        return all(cell.kind is Kind.WITHHELD for cell in self.cells)

    def withheld(self) -> "Row":
        """The row with nothing left to read in it."""
        return replace(self, cells=(WITHHELD,) * len(self.cells), rest=None, total=WITHHELD if self.total else None)


@dataclass(frozen=True)
class Table:
    """What may be published of a table, and how many cells were hidden for which reason."""

    slug: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    hidden: dict[str, int] = field(default_factory=dict)

    def row(self, slug: str) -> Row:
        """The row with this slug. Raises KeyError if there is none."""
        for row in self.rows:
            if row.slug == slug:
                return row
        raise KeyError(slug)

    def column(self, slug: str) -> tuple[Cell, ...]:
        """The cells of one column from top to bottom. Raises KeyError if there is none."""
        slugs = [name for name, _ in self.columns]
        if slug not in slugs:
            raise KeyError(slug)
        return tuple(row.cells[slugs.index(slug)] for row in self.rows)

    def without(self, slugs: Iterable[str]) -> "Table":
        """The table with these rows withheld, because other figures would narrow what they hide."""
        gone = set(slugs)
        cells = sum(len(row.cells) for row in self.rows if row.slug in gone and not row.is_withheld)
        rows = tuple(row.withheld() if row.slug in gone else row for row in self.rows)
        return replace(self, rows=rows, hidden=_plus(self.hidden, Reason.NARROW, cells))

    def as_json(self) -> dict[str, Any]:
        """Plain values for a frozen release; `table_from_json` gives the same table back."""
        return {
            "slug": self.slug,
            "columns": [list(column) for column in self.columns],
            "rows": [_row_json(row) for row in self.rows],
            "hidden": dict(self.hidden),
        }


def percent(figure: int, base: int) -> int:
    """Whole per cent, halves upwards."""
    return (200 * figure + base) // (2 * base)


def total(cells: Iterable[Cell]) -> Cell:
    """The sum of published cells: what a reader with nothing but the page could add up."""
    parts = list(cells)
    figures = [part.figure for part in parts if part.figure is not None]
    few = sum(part.kind is Kind.FEW for part in parts)
    if any(part.kind in {Kind.WITHHELD, Kind.UNSUMMED} for part in parts):
        return UNSUMMED if not figures and not any(part.kind is Kind.WITHHELD for part in parts) else WITHHELD
    if not figures:
        return (NONE, FEW, UNSUMMED)[min(few, 2)]
    is_about = few > 0 or len(figures) > 1 or any(part.is_about for part in parts)
    return Cell(Kind.FIGURE, sum(figures) + few * HIDDEN_IN_TOTALS, is_about=is_about)


def cell_from_json(data: Mapping[str, Any]) -> Cell:
    """The cell that `Cell.as_json` wrote."""
    return Cell(Kind(data["kind"]), data["figure"], data["share"], data["is_about"])


def table_from_json(data: Mapping[str, Any]) -> Table:
    """The table that `Table.as_json` wrote."""
    columns = tuple((slug, name) for slug, name in data["columns"])
    return Table(data["slug"], columns, tuple(_row_from_json(row) for row in data["rows"]), dict(data["hidden"]))


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "name": row.name,
        "cells": [cell.as_json() for cell in row.cells],
        "rest": row.rest.as_json() if row.rest else None,
        "total": row.total.as_json() if row.total else None,
    }


def _row_from_json(data: Mapping[str, Any]) -> Row:
    rest, whole = (cell_from_json(data[name]) if data[name] else None for name in ("rest", "total"))
    return Row(data["slug"], data["name"], tuple(map(cell_from_json, data["cells"])), rest, whole)


def _plus(hidden: Mapping[str, int], reason: Reason, number: int) -> dict[str, int]:
    return {**hidden, reason.value: hidden.get(reason.value, 0) + number} if number else dict(hidden)
