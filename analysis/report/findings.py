"""The sentences of a report, written from protected figures only, so that no sentence says more than a table. Pure."""

from dataclasses import dataclass
from math import ceil, floor

from analysis.disclosure.published import LEAST_BASE, Cell, Row
from analysis.report.frozen import Report
from analysis.report.quarters import words

MOST_NAMED = 3  # themes in one sentence
SLACK = 2  # a rounded figure stands for counts up to two away
SLACK_OF_TOTAL = 7  # a total with a hidden count in it can be five more out


@dataclass(frozen=True)
class Change:
    """The share of a theme in two quarters, with the shares that rounding leaves possible (whole per cent)."""

    theme: str
    earlier: str
    later: str
    before: int
    after: int
    before_range: tuple[int, int]
    after_range: tuple[int, int]

    @property
    def is_clear(self) -> bool:
        """Whether the change is larger than rounding could make it."""
        return self.before_range[1] < self.after_range[0] or self.after_range[1] < self.before_range[0]


def headline(report: Report) -> str:
    """The most important change, or else the most raised theme, in one sentence."""
    if report.is_empty:
        return "Nothing has been counted in this period yet."
    clear = [change for change in changes(report) if change.is_clear]
    if clear:
        return _change_words(report, max(clear, key=lambda change: abs(change.after - change.before)))
    top = report.first_hand.raised()[0] if report.themes else None
    if top is None or top.total is None or top.total.figure is None:
        return "Too few first-hand contributions raised any one theme to publish a figure."
    return f"{top.name} was raised most often: {_of_all(top.total, report.first_hand.contributions)}."


def sentences(report: Report) -> tuple[str, ...]:
    """What people said went wrong, and what went well, each in one sentence where a figure can be published."""
    pairs = (("problem", "Problems were raised most often with"), ("praise", "Praise was given most often to"))
    return tuple(f"{start} {named}." for column, start in pairs if (named := _largest(report, column)))


def in_sentence(name: str) -> str:
    """A theme's name as it stands inside a sentence; an abbreviation at its start keeps its capitals."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def changes(report: Report) -> list[Change]:
    """How the share of each theme moved from the last quarter but one to the last, where both can be published."""
    quarters = [slug for slug, _ in report.by_quarter.columns][-2:]
    if len(quarters) < 2:
        return []
    bases = [report.first_hand.in_quarter(quarter) for quarter in quarters]
    found = []
    for row in report.by_quarter.rows:
        before, after = row.cells[-2:]
        if before.share is not None and after.share is not None:
            ranges = [share_range(cell, base) for cell, base in zip((before, after), bases, strict=True)]
            found.append(Change(row.slug, quarters[0], quarters[1], before.share, after.share, *ranges))
    return found


def share_range(cell: Cell, base: Cell) -> tuple[int, int]:
    """The lowest and highest whole per cent a published share can stand for."""
    low, high = _range(cell)
    base_low, base_high = _range(base)
    return floor(100 * low / base_high), min(100, ceil(100 * high / max(LEAST_BASE - SLACK, base_low)))


def _range(cell: Cell) -> tuple[int, int]:
    figure, slack = cell.figure or 0, SLACK_OF_TOTAL if cell.is_about else SLACK
    return max(0, figure - slack), figure + slack


def _change_words(report: Report, change: Change) -> str:
    went = "up" if change.after > change.before else "down"
    return (
        f"{report.theme(change.theme).name} was raised in {change.after}% of first-hand contributions in "
        f"{words(change.later)}, {went} from {change.before}% in {words(change.earlier)}."
    )


def _of_all(cell: Cell, base: Cell) -> str:
    if cell.share is None:
        return f"in {cell.words} first-hand contributions"
    return f"in {cell.share}% of first-hand contributions ({cell.words} of {base.words})"


def _largest(report: Report, column: str) -> str:
    place = [slug for slug, _ in report.first_hand.valence.columns].index(column)
    rows: list[Row] = [row for row in report.first_hand.valence.rows if row.cells[place].figure]
    rows.sort(key=lambda row: -(row.cells[place].figure or 0))
    named = [f"{in_sentence(row.name)} ({row.cells[place].words})" for row in rows[:MOST_NAMED]]
    if named:
        named[0] = f"{named[0][:-1]} contributions)"
    return " and ".join(part for part in (", ".join(named[:-1]), *named[-1:]) if part)
