"""Charts of the page on trust: how honest models are about their certainty, and how they have learned. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from analysis.canvas import BAR, LABELS, LINE, Canvas, Chart, both, said
from analysis.quality.figures import Honest, Point, Share

VALUES = 104  # room for "78 → 71%"
HEIGHT, BELOW, LEFT = 200, 46, 48  # of the curve: its room upwards, for what stands below it, and for its shares


def honesty(title: str, rows: Sequence[tuple[str, Honest]]) -> Chart:
    """For each theme, how sure models were and how many people confirmed, with the range the true share lies in."""
    description = said((name, f"model {one.sure:.0%} sure, {_confirmed(one.confirmed)}") for name, one in rows)

    def draw(canvas: Canvas) -> None:
        left = (LABELS if canvas.is_wide else 0) + 8
        scale = canvas.width - left - VALUES
        for words, kind in (("How sure the model was", "before"), ("How many people confirmed", "after")):
            canvas.height += LINE + 2
            canvas.dot((left, canvas.height - 8), kind)
            canvas.text(words, (left + 14, canvas.height - 3), "axis")
        canvas.height += 8
        for name, one in rows:
            middle, share = canvas.label(name) + BAR / 2, one.confirmed
            canvas.line((left + share.low * scale, middle), (left + share.high * scale, middle), "range")
            canvas.dot((left + one.sure * scale, middle), "before")
            canvas.dot((left + share.value * scale, middle), "after")
            end = left + max(share.high, one.sure) * scale
            canvas.text(f"{one.sure * 100:.0f} → {share.value:.0%}", (end + 14, middle + 5), "value")

    return both("honesty", title, description, draw)


def curve(title: str, points: Sequence[Point]) -> Chart:
    """How right the machine was after each time of learning, by how many coded statements it had learned from."""
    description = said((one.statements.words, f"{one.share.value:.0%}") for one in points)
    most = max((_number(one) for one in points), default=0) or 1

    def draw(canvas: Canvas) -> None:
        right, top = canvas.width - 20, canvas.height + 8
        for percent in range(0, 101, 25):
            height = top + HEIGHT * (1 - percent / 100)
            canvas.line((LEFT, height), (right, height), "grid-line")
            canvas.text(f"{percent}%", (LEFT - 8, height + 5), "axis", "end")
        step = (right - LEFT - 16) / most
        places = [(LEFT + 8 + step * _number(one), top + HEIGHT * (1 - one.share.value)) for one in points]
        for (x, _), one in zip(places, points, strict=True):
            low, high = (top + HEIGHT * (1 - edge) for edge in (one.share.low, one.share.high))
            canvas.line((x, low), (x, high), "range")
        for start, end in pairwise(places):
            canvas.line(start, end, "move")
        for place, one in zip(places, points, strict=True):
            canvas.dot(place, "after" if one.is_kept else "before")
        bottom = top + HEIGHT + LINE
        canvas.text("0", (LEFT + 8, bottom), "axis", "middle")
        canvas.text(f"{most:,}", (right - 8, bottom), "axis", "end")
        canvas.text("Coded statements learned from", (LEFT, bottom + LINE), "axis")
        canvas.height = top + HEIGHT + BELOW

    return both("curve", title, description, draw)


def _confirmed(share: Share) -> str:
    return f"people confirmed {share.value:.0%} ({share.low:.0%} to {share.high:.0%})"


def _number(point: Point) -> int:
    """Where a point lies: its rounded count; a hidden one in the middle of where it may be."""
    return point.statements.figure if point.statements.figure is not None else (0 if point.is_set_up else 5)
