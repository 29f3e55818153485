"""What charts are drawn on: an SVG under construction, in a wide and a narrow shape. Pure.

Each chart is drawn twice, wide with labels beside the bars and narrow with labels above them, so that text keeps its
size on a telephone; the stylesheet shows one. Colours and type come from there too, so nothing is styled inline.
"""

import textwrap
import xml.etree.ElementTree as ET  # writes only; nothing is parsed here
from collections.abc import Callable, Iterable
from dataclasses import dataclass

WIDE, NARROW = 720, 340  # user units, one to the pixel at full size
LABELS = 318  # of the wide chart's width
LINE = 19
BAR = 16
STUB = 34  # a hatched stub is the same length everywhere: it stands for a hidden count, not for a size
STUB_MARK = "report-hatch"


@dataclass(frozen=True)
class Chart:
    """One chart in both shapes, and the sentence that says what it shows."""

    title: str
    description: str
    wide: str
    narrow: str


class Canvas:
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


def both(name: str, title: str, description: str, draw: Callable[[Canvas], None]) -> Chart:
    """A chart in both shapes."""
    shapes = []
    for shape, width in (("wide", WIDE), ("narrow", NARROW)):
        canvas = Canvas(f"{name}-{shape}", width=width)
        draw(canvas)
        shapes.append(canvas.drawn(title, description))
    return Chart(title, description, *shapes)


def said(pairs: Iterable[tuple[str, str]]) -> str:
    """What a chart shows, as a sentence."""
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
