"""Charts as SVG, drawn from protected figures only. Pure.

Each is drawn twice, wide with labels beside the bars and narrow with labels above them, so that text keeps its size on
a telephone; the stylesheet shows one. Colours and type come from the stylesheet too, so nothing is styled inline.
"""

import textwrap
import xml.etree.ElementTree as ET  # writes only; nothing is parsed here
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analysis.disclosure.published import Cell, Kind, Row
from analysis.report.findings import Change

WIDE, NARROW = 720, 340  # user units, one to the pixel at full size
LABELS = 318  # of the wide chart's width
LINE = 19
BAR = 16
VALUES = 120  # room after the longest bar for its words
HIDDEN_WORDS = 104  # room for "fewer than 10"
PAIR_WORDS = 92  # room for "28 → 56%"
FIGURES = 44  # room for a figure at the end of a bar
STUB = 34  # a hatched stub is the same length everywhere: it stands for a hidden count, not for a size
STUB_MARK = "report-hatch"


@dataclass(frozen=True)
class Chart:
    """One chart in both shapes, and the sentence that says what it shows."""

    title: str
    description: str
    wide: str
    narrow: str


@dataclass(frozen=True)
class Panel:
    """One of several small charts on one scale."""

    name: str
    base: str
    bars: tuple[tuple[str, Cell], ...]


class _Canvas:
    """An SVG under construction: rows are stacked from the top."""

    def __init__(self, name: str, *, width: int) -> None:
        self.name, self.width = name, width
        self.height = 6.0
        self.is_wide = width == WIDE
        self.body = ET.Element("g")

    def text(self, words: str, at: tuple[float, float], kind: str, anchor: str = "start") -> None:
        """Words at a point, in a kind of type the stylesheet knows."""
        element = ET.SubElement(self.body, "text", _at("x", "y", at) | {"class": f"report-{kind}"})
        element.set("text-anchor", anchor)
        element.text = words

    def bar(self, at: tuple[float, float], width: float, kind: str = "bar") -> None:
        """A bar of a kind the stylesheet knows."""
        size = {"width": _number(max(width, 1)), "height": str(BAR), "class": f"report-{kind}"}
        ET.SubElement(self.body, "rect", _at("x", "y", at) | size)

    def stub(self, at: tuple[float, float], width: float = STUB) -> None:
        """The hatched stub that stands for a hidden count."""
        size = {"width": str(width), "height": str(BAR), "class": "report-stub"}
        ET.SubElement(self.body, "rect", _at("x", "y", at) | size | {"fill": f"url(#{self.name}-hatch)"})

    def line(self, start: tuple[float, float], end: tuple[float, float], kind: str) -> None:
        """A straight line of a kind the stylesheet knows."""
        ET.SubElement(self.body, "line", _at("x1", "y1", start) | _at("x2", "y2", end) | {"class": f"report-{kind}"})

    def dot(self, at: tuple[float, float], kind: str) -> None:
        """A dot of a kind the stylesheet knows."""
        ET.SubElement(self.body, "circle", _at("cx", "cy", at) | {"r": "6", "class": f"report-{kind}"})

    def label(self, words: str) -> float:
        """Write a row's label, make room for the row, and give back the top of its bar."""
        if not self.is_wide:
            for line in textwrap.wrap(words, 42):
                self.height += LINE
                self.text(line, (0, self.height - 5), "label")
            top = self.height
            self.height += BAR + 12
            return top + 2
        lines = textwrap.wrap(words, 41)
        room = max(len(lines) * LINE, BAR) + 9
        for number, line in enumerate(lines):
            middle = self.height + room / 2 + (number - (len(lines) - 1) / 2) * LINE
            self.text(line, (LABELS - 12, middle + 5), "label", "end")
        top = self.height + (room - BAR) / 2
        self.height += room
        return top

    def drawn(self, title: str, description: str) -> str:
        """The finished SVG, which says its title and description to a screen reader."""
        svg = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {self.width} {_number(self.height + 4)}",
                "role": "img",
                "direction": "ltr",  # on a page that reads from the right, anchors would change sides
                "aria-labelledby": f"{self.name}-title {self.name}-desc",
                "class": f"report-chart report-chart--{'wide' if self.is_wide else 'narrow'}",
            },
        )
        ET.SubElement(svg, "title", id=f"{self.name}-title").text = title
        ET.SubElement(svg, "desc", id=f"{self.name}-desc").text = description
        svg.append(_hatch(self.name))
        svg.append(self.body)
        return ET.tostring(svg, encoding="unicode")


def bars(name: str, title: str, rows: Sequence[Row], *, longest: int) -> Chart:
    """Themes as horizontal bars by share, or by count where there are no shares; `longest` fills the chart."""
    cells = [(row.name, row.total) for row in rows if row.total]
    description = _said((theme, _value(cell)) for theme, cell in cells)

    def draw(canvas: _Canvas) -> None:
        left = LABELS if canvas.is_wide else 0
        scale = (canvas.width - left - VALUES) / max(longest, 1)
        for theme, cell in cells:
            _bar(canvas, (left, canvas.label(theme)), cell, scale)

    return _both(name, title, description, draw)


def diverging(name: str, title: str, rows: Sequence[Row]) -> Chart:
    """Problems to the left and praise to the right of one zero line, on one scale."""
    description = _said((row.name, f"problem {row.cells[0].words}, praise {row.cells[1].words}") for row in rows)
    longest = [max((_count(row.cells[side]) for row in rows), default=0) for side in (0, 1)]
    room = [HIDDEN_WORDS if any(row.cells[side].kind is Kind.FEW for row in rows) else FIGURES for side in (0, 1)]

    def draw(canvas: _Canvas) -> None:
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

    return _both(name, title, description, draw)


def dot_pairs(name: str, title: str, changes: Sequence[tuple[str, Change]], quarters: tuple[str, str]) -> Chart:
    """The share of each theme in two quarters, each with the range that rounding leaves possible."""
    longest = max((max(change.before_range[1], change.after_range[1]) for _, change in changes), default=1)
    description = _said(
        (theme, f"{change.before}% in {quarters[0]}, {change.after}% in {quarters[1]}") for theme, change in changes
    )

    def draw(canvas: _Canvas) -> None:
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

    return _both(name, title, description, draw)


def multiples(name: str, panels: Sequence[Panel]) -> list[tuple[Panel, Chart]]:
    """One small chart for each panel, all on the scale of the largest share."""
    longest = max((size(cell) for panel in panels for _, cell in panel.bars), default=1)
    return [(panel, _panel(f"{name}-{number}", panel, longest)) for number, panel in enumerate(panels)]


def size(cell: Cell) -> int:
    """How long a bar is: its share, or its count where there is none."""
    return cell.share if cell.share is not None else _count(cell)


def _panel(name: str, panel: Panel, longest: int) -> Chart:
    title = f"{panel.name}: share of {panel.base} contributions raising each theme"
    canvas = _Canvas(name, width=NARROW)
    scale = (NARROW - 110) / max(longest, 1)
    for theme, cell in panel.bars:
        _bar(canvas, (0, canvas.label(theme)), cell, scale)
    drawn = canvas.drawn(title, _said((theme, _value(cell)) for theme, cell in panel.bars))
    return Chart(title, "", drawn, drawn)


def _both(name: str, title: str, description: str, draw: Callable[[_Canvas], None]) -> Chart:
    shapes = []
    for shape, width in (("wide", WIDE), ("narrow", NARROW)):
        canvas = _Canvas(f"{name}-{shape}", width=width)
        draw(canvas)
        shapes.append(canvas.drawn(title, description))
    return Chart(title, description, *shapes)


def _bar(canvas: _Canvas, at: tuple[float, float], cell: Cell, scale: float) -> None:
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


def _side(canvas: _Canvas, zero: tuple[float, float], cell: Cell, scale: float) -> None:
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


def _key(canvas: _Canvas, left: float, quarters: tuple[str, str]) -> None:
    for words, kind in zip(quarters, ("before", "after"), strict=True):
        canvas.height += LINE + 2
        canvas.dot((left, canvas.height - 8), kind)
        canvas.text(words, (left + 14, canvas.height - 3), "axis")
    canvas.height += 8


def _count(cell: Cell) -> int:
    return cell.figure or 0


def _value(cell: Cell) -> str:
    return f"{cell.share}% ({cell.words})" if cell.share is not None else cell.words


def _said(pairs: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in pairs) + "."


def _hatch(name: str) -> ET.Element:
    defs = ET.Element("defs")
    pattern = ET.SubElement(
        defs,
        "pattern",
        {
            "id": f"{name}-hatch",
            "width": "6",
            "height": "6",
            "patternUnits": "userSpaceOnUse",
            "patternTransform": "rotate(45)",
        },
    )
    ET.SubElement(pattern, "line", {"x1": "0", "y1": "0", "x2": "0", "y2": "6", "class": STUB_MARK})
    return defs


def _at(x: str, y: str, point: tuple[float, float]) -> dict[str, str]:
    return {x: _number(point[0]), y: _number(point[1])}


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
