"""Attacks the disclosure gate: made-up reports go in, and a patient reader tries to work out what was hidden.

The attacker has only what is printed, read back from JSON, knows every rule of the gate, and reasons by passing bounds
to and fro over the sums, which is another way than the audit's linear program. Prints the figures; exit status 1 if any
hidden count was recovered or left less room than it should, or if the truth was outside the attacker's bounds.
"""

import argparse
import json
import random
import sys
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tqdm import tqdm

from analysis.disclosure.gate import NARROWEST
from analysis.disclosure.published import LEAST
from analysis.report.assembling import Disclosive, Earlier, Plan, assemble
from analysis.report.frozen import FIRST_HAND, Method, Report, ThemeName, report_from_json
from analysis.report.tabulating import VALENCES, Heard

QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3")
CATEGORIES = {"a": "A", "b": "B", "c": "C", "d": "D"}
THEME = "t0"
ROUNDS = 30  # of passing bounds; they settle in far fewer
Key = tuple[str, str, str]  # quarter, dimension, category; dimension "" is the whole


@dataclass
class Tally:
    """What an attack found, over all reports."""

    reports: int = 0
    hidden: int = 0
    exact: int = 0
    narrow: int = 0
    false: int = 0
    refused: int = 0
    remainders: int = 0
    widths: Counter[float] = field(default_factory=Counter)

    @property
    def has_failed(self) -> bool:
        """Whether anything was given away, or the attacker's bounds were wrong."""
        return bool(self.exact or self.narrow or self.false)

    def lines(self) -> list[str]:
        """The figures, one a line."""
        mean = sum(width * number for width, number in self.widths.items()) / max(1, sum(self.widths.values()))
        return [
            f"theme tables attacked       {self.reports:>8,}",
            f"refused by the gate         {self.refused:>8,}",
            f"hidden counts in print      {self.hidden:>8,}",
            f"small counts not in print   {self.remainders:>8,}",
            f"recovered exactly           {self.exact:>8,}",
            f"room narrower than {NARROWEST}        {self.narrow:>8,}",
            f"bounds that miss the truth  {self.false:>8,}",
            f"mean room of a hidden count {mean:>8.1f}",
        ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Attack so many reports and, in series, so many releases of growing and overlapping periods."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=10_000)
    parser.add_argument("--series", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    single, series = Tally(), Tally()
    for number in tqdm(range(options.tables), desc="tables", disable=None):
        attack([QUARTERS[: 1 + number % 2]], random.Random(options.seed + number), single)  # noqa: S311 - made-up tables
    for number in tqdm(range(options.series), desc="series", disable=None):
        generator = random.Random(f"series {options.seed + number}")  # noqa: S311
        attack(generator.choice(SERIES), generator, series)
    for name, tally in (("One release", single), ("Series of releases", series)):
        print(f"\n{name}", *tally.lines(), sep="\n  ")
    return int(single.has_failed or series.has_failed)


SERIES = (
    (QUARTERS[:1], QUARTERS[1:2], QUARTERS[:2]),
    (QUARTERS[:1], QUARTERS[:2]),
    (QUARTERS[:2], QUARTERS[:1]),
    (QUARTERS[:2], QUARTERS[1:], QUARTERS[1:2]),
    (QUARTERS[:1], QUARTERS[:2], QUARTERS),
)


def attack(periods: Sequence[Sequence[str]], generator: random.Random, tally: Tally) -> None:
    """Release one made-up theme over these periods in turn, read what is in print, and count what it gives away."""
    heard = made_up(generator)
    earlier: list[Earlier] = []
    for number, quarters in enumerate(periods, start=1):
        own = [one for one in heard if one.quarter in quarters]
        plan = Plan(tuple(quarters), "crime-type", CATEGORIES, (ThemeName(THEME, "Theme", True),), Method("1", "", ()))
        try:
            report = assemble(own, plan, earlier)
        except Disclosive:
            tally.refused += 1
            continue
        printed = report_from_json(json.loads(json.dumps(report.as_json())))
        earlier.insert(0, Earlier(number, printed, frozenset(quarters), True))
    tally.reports += 1
    _measure([one.report for one in earlier], heard, tally)


def made_up(generator: random.Random) -> list[Heard]:
    """Contributions that raise one theme, in numbers near the threshold, and some that raise none."""
    found = []
    for quarter in QUARTERS:
        for category in [*CATEGORIES, ""]:
            for valence in VALENCES:
                mean = generator.choice((0, 0.2, 0.5, 1, 2, 4, 8))
                found += [_one(quarter, category, {THEME: valence}) for _ in range(_count(generator, mean))]
            found += [_one(quarter, category, {}) for _ in range(_count(generator, 20))]
    return found


def _one(quarter: str, category: str, themes: dict[str, str]) -> Heard:
    return Heard(uuid.uuid4(), quarter, FIRST_HAND, 1, 1, True, category, themes)


def _count(generator: random.Random, mean: float) -> int:
    return int(generator.expovariate(1 / mean) + 0.5) if mean else 0


def _measure(reports: Sequence[Report], heard: Sequence[Heard], tally: Tally) -> None:
    claims = [claim for report in reports for claim in _claims(report)]
    bounds = _narrowed(claims)
    truth = Counter(key for one in heard for key in _keys(one))
    for keys, low, high in claims:
        best_low, best_high = _span(keys, bounds)
        best_low, best_high = max(low, best_low), min(high, best_high)
        count = sum(truth[key] for key in keys)
        tally.false += not best_low <= count <= best_high
        if high < LEAST:
            tally.hidden += 1
            _judge(tally, best_low, best_high)
    for key, (low, high) in bounds.items():
        if truth[key] < LEAST and any(key in keys for keys, _, _ in claims):
            tally.remainders += 1
            _judge(tally, low, high)


def _judge(tally: Tally, low: float, high: float) -> None:
    tally.exact += low == high
    tally.narrow += high - low < NARROWEST
    tally.widths[min(high - low, LEAST)] += 1


def _keys(one: Heard) -> Iterable[Key]:
    for valence in one.themes.values():
        yield one.quarter, "", ""
        yield one.quarter, "valence", valence
        yield one.quarter, "crime-type", one.category


Claim = tuple[tuple[Key, ...], float, float]  # the counts added, and between what and what their sum lies


def _claims(report: Report) -> list[Claim]:
    """What the page says of the theme: for each printed cell, which counts it adds and what it can stand for."""
    claims: list[Claim] = []
    tables = [("valence", report.first_hand.valence), ("crime-type", report.by_category)]
    for dimension, table in tables:
        if table is None:
            continue
        row = table.row(THEME)
        for (slug, _), cell in zip(table.columns, row.cells, strict=True):
            keys = tuple((quarter, dimension, slug) for quarter in report.quarters)
            claims += _claim(keys, cell.words)
        if row.rest is not None:
            few = [slug for (slug, _), cell in zip(table.columns, row.cells, strict=True) if cell.figure is None]
            keys = tuple((quarter, dimension, slug) for quarter in report.quarters for slug in few)
            claims += _rest_claim(keys, row.rest.words, len(few))
    for (quarter, _), cell in zip(report.by_quarter.columns, report.by_quarter.row(THEME).cells, strict=True):
        if not cell.is_about:
            claims += _claim(((quarter, "", ""),), cell.words)
    return claims


def _claim(keys: tuple[Key, ...], words: str) -> list[Claim]:
    if words == f"fewer than {LEAST}":
        return [(keys, 0, LEAST - 1)]
    if words == "not shown":
        return []
    figure = int(words.replace(",", ""))
    return [(keys, max(LEAST, figure - 2), figure + 2)]


def _rest_claim(keys: tuple[Key, ...], words: str, cells: int) -> list[Claim]:
    """The sum of hidden cells; its largest figure, known from the rules, stands for every larger sum as well."""
    if words == f"fewer than {LEAST}":
        return [(keys, 0, LEAST - 1)]
    figure = int(words.removeprefix("about "))
    largest = {2: 15, 3: 20}[cells]
    return [(keys, max(LEAST, figure - 2), 9 * cells if figure == largest else figure + 2)]


def _narrowed(claims: Sequence[Claim]) -> dict[Key, tuple[float, float]]:
    """Bounds on every count, passed to and fro over the claims and the sums until they settle."""
    bounds: dict[Key, tuple[float, float]] = {}
    for quarter in QUARTERS:
        bounds[quarter, "", ""] = (0, 10_000)
        bounds |= {(quarter, "valence", slug): (0, 10_000) for slug in VALENCES}
        bounds |= {(quarter, "crime-type", slug): (0, 10_000) for slug in [*CATEGORIES, ""]}
    for _ in range(ROUNDS):
        before = dict(bounds)
        for keys, low, high in claims:
            _tighten(bounds, keys, low, high)
        for quarter in QUARTERS:
            for dimension in ("valence", "crime-type"):
                parts = tuple(key for key in bounds if key[0] == quarter and key[1] == dimension)
                low, high = _span(parts, bounds)
                _tighten(bounds, ((quarter, "", ""),), low, high)
                _tighten(bounds, parts, *bounds[quarter, "", ""])
        _over_periods(bounds, claims)
        if bounds == before:
            break
    return bounds


def _over_periods(bounds: dict[Key, tuple[float, float]], claims: Sequence[Claim]) -> None:
    """What is known of a whole period through one split, used on the other: each shares out the same contributions."""
    for quarters in {tuple(sorted({key[0] for key in keys})) for keys, _, _ in claims}:
        totals = []
        for dimension in ("", "valence", "crime-type"):
            parts = tuple(key for key in bounds if key[0] in quarters and key[1] == dimension)
            totals.append((parts, _best(parts, bounds, claims)))
        low, high = max(low for _, (low, _) in totals), min(high for _, (_, high) in totals)
        for parts, _ in totals:
            _through_claims(bounds, claims, parts, low, high)


def _best(
    parts: tuple[Key, ...], bounds: dict[Key, tuple[float, float]], claims: Sequence[Claim]
) -> tuple[float, float]:
    """Bounds on a sum, using the printed sums that lie within it where they are better than their parts."""
    low, high, left = 0.0, 0.0, set(parts)
    inside = sorted((claim for claim in claims if set(claim[0]) <= left), key=lambda claim: -len(claim[0]))
    for keys, claim_low, claim_high in inside:
        if set(keys) <= left:
            own_low, own_high = _span(keys, bounds)
            low, high = low + max(claim_low, own_low), high + min(claim_high, own_high)
            left -= set(keys)
    rest_low, rest_high = _span(tuple(left), bounds)
    return low + rest_low, high + rest_high


def _through_claims(
    bounds: dict[Key, tuple[float, float]], claims: Sequence[Claim], parts: tuple[Key, ...], low: float, high: float
) -> None:
    """Each printed sum within a whole of known size is at most the whole less the least of all the others."""
    inside = [claim for claim in claims if set(claim[0]) <= set(parts)]
    for keys, _, _ in inside:
        others = tuple(key for key in parts if key not in keys)
        other_low, other_high = _best(others, bounds, inside)
        _tighten(bounds, keys, max(0, low - other_high), high - other_low)


def _span(keys: Iterable[Key], bounds: dict[Key, tuple[float, float]]) -> tuple[float, float]:
    pairs = [bounds[key] for key in keys]
    return sum(low for low, _ in pairs), sum(high for _, high in pairs)


def _tighten(bounds: dict[Key, tuple[float, float]], keys: tuple[Key, ...], low: float, high: float) -> None:
    """Pass the bounds of a sum on to each of its parts."""
    sum_low, sum_high = _span(keys, bounds)
    for key in keys:
        own_low, own_high = bounds[key]
        bounds[key] = (max(own_low, low - (sum_high - own_high)), min(own_high, high - (sum_low - own_low)))


if __name__ == "__main__":
    sys.exit(main())
