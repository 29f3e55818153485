"""How far two people agree, and how right the machine is, from statements that people coded without suggestions.

Pure. Every figure comes with its base, and is left out where the base is too small to say anything.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sqrt

from analysis.disclosure.gate import published
from analysis.disclosure.published import LEAST_BASE, Cell

Z = 1.959964  # of a 95 % interval
BINS = 5


@dataclass(frozen=True)
class Judged:
    """One statement: what each of two people found, what was settled (None while it is not), and the machine's themes.

    `machine` gives a model's probability 0-1 by theme, or None for a rule match.
    """

    first: frozenset[str] = field(repr=False)
    second: frozenset[str] = field(repr=False)
    settled: frozenset[str] | None = field(repr=False)
    machine: Mapping[str, float | None] = field(repr=False)


@dataclass(frozen=True)
class Share:
    """A share 0-1 with its 95 % interval (Wilson, 1927) and the rounded base it stands on."""

    value: float
    low: float
    high: float
    base: Cell


@dataclass(frozen=True)
class ThemeQuality:
    """One theme: Cohen's kappa of two people, and the machine's precision and recall; None on a base too small."""

    slug: str
    kappa: float | None
    precision: Share | None
    recall: Share | None


@dataclass(frozen=True)
class Band:
    """Of the themes a model gave a probability between `low` and `high`, the share that people confirmed."""

    low: float
    high: float
    confirmed: Share | None


@dataclass(frozen=True)
class Honest:
    """How sure models were, on average, of one theme they named, and the share of those that people confirmed."""

    slug: str
    sure: float
    confirmed: Share


@dataclass(frozen=True)
class Point:
    """How right the machine was (F1, 0-1) with what it had learned by a day, from so many coded statements."""

    day: date
    statements: Cell
    share: Share
    is_kept: bool
    is_set_up: bool = False  # what it was before it learned from anybody


@dataclass(frozen=True)
class Quality:
    """Everything the page says."""

    base: Cell
    alpha: float | None
    precision: Share | None
    recall: Share | None
    needs_review: Share | None
    themes: tuple[ThemeQuality, ...]
    bands: tuple[Band, ...]
    honest: tuple[Honest, ...]


def quality(judged: Sequence[Judged]) -> Quality:
    """The figures of these statements. Themes are those that a person or the machine found, in the order of slugs."""
    settled = [one for one in judged if one.settled is not None]
    slugs = sorted({slug for one in judged for slug in {*one.first, *one.second, *one.machine}})
    themes = tuple(_theme(slug, judged, settled) for slug in slugs)
    pairs = [(slug in one.machine, slug in (one.settled or ())) for one in settled for slug in slugs]
    return Quality(
        base=published(len(judged), tells_zero=True),
        alpha=alpha((slug in one.first, slug in one.second) for one in judged for slug in slugs)
        if len(judged) >= LEAST_BASE
        else None,
        precision=share(meant for said, meant in pairs if said),
        recall=share(said for said, meant in pairs if meant),
        needs_review=share(frozenset(one.machine) != one.settled for one in settled),
        themes=themes,
        bands=_bands(settled),
        honest=tuple(_honest(slugs, settled)),
    )


def share(of: Iterable[bool]) -> Share | None:
    """The share that is true with Wilson's interval, or None on fewer than `LEAST_BASE`."""
    each = list(of)
    total = len(each)
    if total < LEAST_BASE:
        return None
    low, high = wilson(sum(each), total)
    return Share(sum(each) / total, low, high, published(total))


def wilson(right: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, 0-1; `total` is more than 0."""
    at, whole = right / total, 1 + Z**2 / total
    middle, spread = at + Z**2 / (2 * total), Z * sqrt(at * (1 - at) / total + Z**2 / (4 * total**2))
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def kappa(pairs: Iterable[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa of two people's yes or no; None where neither ever varies, so that chance explains everything."""
    each = list(pairs)
    total = len(each)
    first, second = (sum(pair[which] for pair in each) / total for which in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    return None if chance >= 1 else (sum(a == b for a, b in each) / total - chance) / (1 - chance)


def alpha(pairs: Iterable[tuple[bool, bool]]) -> float | None:
    """Krippendorff's nominal alpha of two people's yes or no, all of them; None where nobody ever varies."""
    each = list(pairs)
    values = 2 * len(each)
    yes = sum(a + b for a, b in each)
    expected = 2 * yes * (values - yes) / (values * (values - 1)) if values else 0
    return 1 - (sum(a != b for a, b in each) / len(each)) / expected if expected else None


def _theme(slug: str, judged: Sequence[Judged], settled: Sequence[Judged]) -> ThemeQuality:
    pairs = [(slug in one.first, slug in one.second) for one in judged]
    found = sum(a or b for a, b in pairs)
    machine = [(slug in one.machine, slug in (one.settled or ())) for one in settled]
    return ThemeQuality(
        slug,
        # A theme hardly anybody found says little, however many statements were read.
        kappa(pairs) if len(pairs) >= LEAST_BASE and published(found).figure is not None else None,
        share(meant for said, meant in machine if said),
        share(said for said, meant in machine if meant),
    )


def _honest(slugs: Iterable[str], settled: Sequence[Judged]) -> Iterator[Honest]:
    for slug in slugs:
        scores = [(one.machine.get(slug), slug in (one.settled or ())) for one in settled]
        named = [(score, right) for score, right in scores if score is not None]
        confirmed = share(right for _, right in named)
        if confirmed is not None:
            yield Honest(slug, sum(score for score, _ in named) / len(named), confirmed)


def _bands(settled: Sequence[Judged]) -> tuple[Band, ...]:
    scored = [
        (score, slug in (one.settled or ()))
        for one in settled
        for slug, score in one.machine.items()
        if score is not None
    ]
    return tuple(
        Band(
            number / BINS,
            (number + 1) / BINS,
            share(right for score, right in scored if min(int(score * BINS), BINS - 1) == number),
        )
        for number in range(BINS)
    )
