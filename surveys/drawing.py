"""The survey as a flow drawing: boxes and lines in whole pixels, for an SVG template to write out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from surveys.definition import Definition
from surveys.outline import Branch, Step, outline

ROW = 40
BOX_HEIGHT = 30
BOX_WIDTH = 380
INDENT = 56
MARGIN = 16
NOTE_WIDTH = 320
# What fits into a box at the drawing's type size.
LETTERS = 38


@dataclass(frozen=True)
class Box:
    """One question, at its place."""

    x: int
    y: int
    key: str
    words: str
    note: str = ""  # beside the box: when the questions from here on are asked


@dataclass(frozen=True)
class Line:
    """A line through these points, as SVG writes them."""

    points: str


@dataclass(frozen=True)
class Drawing:
    """Everything to draw, and the size it needs."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(definition: Definition) -> Drawing:
    """The flow from the first question down, each branch set in and joined to the question that opens it."""
    items = outline(definition)
    placed = list(_placed(items, 0))
    runs = {_first_step(branch).question.id: branch for branch in reversed(list(_branches(items)))}
    boxes = {
        step.question.id: _box(row, depth, step, runs.get(step.question.id)) for row, (depth, step) in enumerate(placed)
    }
    deepest = max((depth for depth, _ in placed), default=0)
    return Drawing(
        width=2 * MARGIN + deepest * INDENT + BOX_WIDTH + NOTE_WIDTH,
        height=2 * MARGIN + len(placed) * ROW,
        boxes=tuple(boxes.values()),
        lines=(*_trunk(boxes.values()), *_twigs(runs, boxes)),
    )


def _box(row: int, depth: int, step: Step, opening: Branch | None) -> Box:
    note = _short(opening.sentence.removeprefix("Asked ")) if opening else ""
    return Box(MARGIN + depth * INDENT, MARGIN + row * ROW, step.question.id, _short(step.question.label), note)


def _placed(items: Iterable[Step | Branch], depth: int) -> Iterator[tuple[int, Step]]:
    for item in items:
        if isinstance(item, Branch):
            yield from _placed(item.items, depth + 1)
        else:
            yield depth, item


def _short(words: str) -> str:
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 1].rstrip()}…"


def _trunk(boxes: Iterable[Box]) -> Iterator[Line]:
    """The way straight on: each box to the next one at the same depth, unless a condition of its own opens that."""
    last: dict[int, Box] = {}
    for box in boxes:
        above = last.get(box.x)
        if above is not None and not box.note:
            x = box.x + INDENT // 4
            yield Line(f"{x},{above.y + BOX_HEIGHT} {x},{box.y}")
        last = {x: known for x, known in last.items() if x < box.x} | {box.x: box}


def _twigs(runs: Mapping[str, Branch], boxes: Mapping[str, Box]) -> Iterator[Line]:
    """One line into each run of questions under a condition, from the question whose answer opens it."""
    for key, branch in runs.items():
        opener, into = boxes.get(branch.rule.question), boxes[key]
        if opener is not None and opener.x < into.x:
            x, middle = opener.x + INDENT // 2, into.y + BOX_HEIGHT // 2
            yield Line(f"{x},{opener.y + BOX_HEIGHT} {x},{middle} {into.x},{middle}")


def _branches(items: Iterable[Step | Branch]) -> Iterator[Branch]:
    for item in items:
        if isinstance(item, Branch):
            yield item
            yield from _branches(item.items)


def _first_step(item: Step | Branch) -> Step:
    return _first_step(item.items[0]) if isinstance(item, Branch) else item
