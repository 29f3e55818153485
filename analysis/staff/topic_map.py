"""The map of topics as circles to draw: near means alike, and a larger circle is more people."""

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 720, 420
MARGIN = 95
SMALLEST, LARGEST = 16.0, 46.0
STEPS = 60  # of pushing circles apart


@dataclass
class Circle:
    """One topic: its number, where its middle is, how large it is, and whether its count is hidden."""

    number: int
    x: float
    y: float
    radius: float
    is_few: bool
    word: str = field(repr=False)

    @property
    def below(self) -> float:
        """Where its word stands."""
        return self.y + self.radius + 16


@dataclass(frozen=True)
class Placed:
    """What the map needs of a topic: its place from 0 to 1, its rounded figure (None: fewer than 10), a word."""

    number: int
    x: float
    y: float
    figure: int | None
    word: str = field(repr=False)


def circles(placed: Sequence[Placed]) -> list[Circle]:
    """The circles, pushed apart where they would hide each other; the same topics are always drawn the same."""
    largest = max((one.figure or 0 for one in placed), default=0) or 1
    drawn = [
        Circle(
            number=one.number,
            x=MARGIN + one.x * (WIDTH - 2 * MARGIN),
            y=MARGIN + one.y * (HEIGHT - 2 * MARGIN),
            radius=SMALLEST + (LARGEST - SMALLEST) * ((one.figure or 0) / largest) ** 0.5,
            is_few=one.figure is None,
            word=one.word,
        )
        for one in placed
    ]
    for _ in range(STEPS):
        for at, one in enumerate(drawn):
            for other in drawn[at + 1 :]:
                _apart(one, other)
    return drawn


def _apart(one: Circle, other: Circle) -> None:
    across, down = other.x - one.x, other.y - one.y
    distance = (across**2 + down**2) ** 0.5
    missing = one.radius + other.radius + 14 - distance
    if missing <= 0:
        return
    step = missing / 2 / distance if distance else 0
    across, down = (across * step, down * step) if distance else (missing / 2, 0)
    for circle, sign in ((one, -1), (other, 1)):
        circle.x = min(max(circle.x + sign * across, MARGIN), WIDTH - MARGIN)
        circle.y = min(max(circle.y + sign * down, MARGIN - 40), HEIGHT - MARGIN)
