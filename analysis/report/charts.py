"""Charts of a report as SVG, drawn from protected figures only. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.canvas import BAR, LABELS, LINE, NARROW, STUB, Canvas, Chart, both, said
from analysis.disclosure.published import Cell, Kind, Row
from analysis.report.findings import Change

VALUES = 120  # room after the longest bar for its words
HIDDEN_WORDS = 104  # room for "fewer than 10"
PAIR_WORDS = 92  # room for "28 → 56%"
FIGURES = 44  # room for a figure at the end of a bar


@dataclass(frozen=True)
class Panel:
    """One of several small charts on one scale; `shares` says what its bars are shares of."""

    name: str
    base: str
    bars: tuple[tuple[str, Cell], ...]
    shares: str = "contributions raising each theme"


def bars(name: str, title: str, rows: Sequence[Row], *, longest: int) -> Chart:
    """Themes as horizontal bars by share, or by count where there are no shares; `longest` fills the chart."""
    cells = [(row.name, row.total) for row in rows if row.total]
    description = said((theme, _value(cell)) for theme, cell in cells)

    def draw(canvas: Canvas) -> None:
        left = LABELS if canvas.is_wide else 0
        scale = (canvas.width - left - VALUES) / max(longest, 1)
        for theme, cell in cells:
            _bar(canvas, (left, canvas.label(theme)), cell, scale)

    return both(name, title, description, draw)


def diverging(name: str, title: str, rows: Sequence[Row]) -> Chart:
    """Problems to the left and praise to the right of one zero line, on one scale."""
    description = said((row.name, f"problem {row.cells[0].words}, praise {row.cells[1].words}") for row in rows)
    longest = [max((_count(row.cells[side]) for row in rows), default=0) for side in (0, 1)]
    room = [HIDDEN_WORDS if any(row.cells[side].kind is Kind.FEW for row in rows) else FIGURES for side in (0, 1)]

    def draw(canvas: Canvas) -> None:
        left = LABELS if canvas.is_wide else 0
        scale = (canvas.width - left - sum(room)) / max(sum(longest), 1)
        zero = left + room[0] + longest[0] * scale
        canvas.height += LINE
        canvas.text("Problem", (zero - 8, canvas.height - 4), "axis", "end")
        canvas.text("Praise", (zero + 8, canvas.height - 4), "axis")
        top = canvas.height
        for row in rows:
            place = canvas.label(row.name)
            _side(canvas, (zero, place), row.cells[0], -scale)
            _side(canvas, (zero, place), row.cells[1], scale)
        # On a telephone the labels stand above the bars, where a line would cross them.
        canvas.line((zero, top if canvas.is_wide else canvas.height), (zero, canvas.height), "zero")

    return both(name, title, description, draw)


def dot_pairs(name: str, title: str, changes: Sequence[tuple[str, Change]], quarters: tuple[str, str]) -> Chart:
    """The share of each theme in two quarters, each with the range that rounding leaves possible."""
    longest = max((max(change.before_range[1], change.after_range[1]) for _, change in changes), default=1)
    description = said(
        (theme, f"{change.before}% in {quarters[0]}, {change.after}% in {quarters[1]}") for theme, change in changes
    )

    def draw(canvas: Canvas) -> None:
        left = (LABELS if canvas.is_wide else 0) + 8
        scale = (canvas.width - left - PAIR_WORDS) / max(longest, 1)
        _key(canvas, left, quarters)
        for theme, change in changes:
            middle = canvas.label(theme) + BAR / 2
            before, after = (left + share * scale for share in (change.before, change.after))
            for (low, high), shift in ((change.before_range, -4), (change.after_range, 4)):
                canvas.line((left + low * scale, middle + shift), (left + high * scale, middle + shift), "range")
            canvas.line((before, middle), (after, middle), "move")
            canvas.dot((before, middle), "before")
            canvas.dot((after, middle), "after")
            end = left + max(change.before_range[1], change.after_range[1]) * scale
            canvas.text(f"{change.before} → {change.after}%", (end + 8, middle + 5), "value")

    return both(name, title, description, draw)


def multiples(name: str, panels: Sequence[Panel]) -> list[tuple[Panel, Chart]]:
    """One small chart for each panel, all on the scale of the largest share."""
    longest = max((size(cell) for panel in panels for _, cell in panel.bars), default=1)
    return [(panel, _panel(f"{name}-{number}", panel, longest)) for number, panel in enumerate(panels)]


def size(cell: Cell) -> int:
    """How long a bar is: its share, or its count where there is none."""
    return cell.share if cell.share is not None else _count(cell)


def _panel(name: str, panel: Panel, longest: int) -> Chart:
    title = f"{panel.name}: share of {panel.base} {panel.shares}"
    canvas = Canvas(name, width=NARROW)
    scale = (NARROW - 110) / max(longest, 1)
    for theme, cell in panel.bars:
        _bar(canvas, (0, canvas.label(theme)), cell, scale)
    drawn = canvas.drawn(title, said((theme, _value(cell)) for theme, cell in panel.bars))
    return Chart(title, "", drawn, drawn)


def _bar(canvas: Canvas, at: tuple[float, float], cell: Cell, scale: float) -> None:
    x, y = at
    if cell.kind is Kind.FIGURE:
        width = size(cell) * scale
        canvas.bar(at, width)
        canvas.text(_value(cell), (x + width + 8, y + 13), "value")
    elif cell.kind is Kind.WITHHELD:
        canvas.text(cell.words, (x, y + 13), "hidden")
    else:
        canvas.stub(at)
        canvas.text(cell.words, (x + STUB + 8, y + 13), "hidden")


def _side(canvas: Canvas, zero: tuple[float, float], cell: Cell, scale: float) -> None:
    x, y = zero
    kind, anchor = ("problem", "end") if scale < 0 else ("praise", "start")
    towards = -1 if scale < 0 else 1
    if cell.kind is Kind.FIGURE:
        width = _count(cell) * abs(scale)
        canvas.bar((x - width if scale < 0 else x, y), width, kind)
        canvas.text(cell.words, (x + towards * (width + 6), y + 13), "value", anchor)
    elif cell.kind is not Kind.WITHHELD:
        canvas.stub((x - STUB / 2 if scale < 0 else x, y), STUB / 2)
        canvas.text(cell.words, (x + towards * (STUB / 2 + 6), y + 13), "hidden", anchor)


def _key(canvas: Canvas, left: float, quarters: tuple[str, str]) -> None:
    for words, kind in zip(quarters, ("before", "after"), strict=True):
        canvas.height += LINE + 2
        canvas.dot((left, canvas.height - 8), kind)
        canvas.text(words, (left + 14, canvas.height - 3), "axis")
    canvas.height += 8


def _count(cell: Cell) -> int:
    return cell.figure or 0


def _value(cell: Cell) -> str:
    return f"{cell.share}% ({cell.words})" if cell.share is not None else cell.words
