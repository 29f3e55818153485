"""What the pipeline gives back. Offsets are Unicode code points into the text it was given."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Statement:
    """One thing somebody said: a sentence or an independent clause, as a half-open span."""

    start: int
    end: int


@dataclass(frozen=True)
class Tag:
    """One theme in one statement, with the words that show it.

    `score` is a calibrated probability, or None for a rule match; `source` is "rule" or "model". `ground` is what a
    rule goes by when it says how it was (`valence.Ground`); empty where none matched.
    """

    theme: str
    valence: str
    score: float | None
    source: str
    start: int
    end: int
    ground: str = field(default="", compare=False)


@dataclass(frozen=True)
class Analysis:
    """Everything the pipeline says of one text."""

    statements: tuple[Statement, ...] = ()
    tags: tuple[Tag, ...] = field(default_factory=tuple)
