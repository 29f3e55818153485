"""Undoes columns: lines of two or three columns, printed into each other, sorted back into streams that read on.

A best-first search keeps the likeliest ways of dealing the lines out, judged by `continuity` alone.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.roundtable_text import grammar
from analysis.roundtable_text.continuity import Habits
from analysis.roundtable_text.lines import (
    Line,
    calls_out,
    first_word,
    is_attribution,
    is_finished,
    last_word,
    quote_balance,
    wants_more,
)

# Two columns of running text and one call-out between them.
MOST_STREAMS = 3
# Ways of dealing kept after each line; more changed nothing on the layouts tried.
BEAM = 60
# What each oddity costs, in the units of `Habits.score`.
NEW_STREAM = -2.0
OUT_OF_TURN = -1.2
LOST_QUOTATION = -6.0
CUT_OFF = -4.0
RUNS_ON = -1.5
NEXT_PARAGRAPH = -1.0
LONGEST_STEP = 2
OUT_OF_STEP = -0.7
AFTER_QUOTATION = -2.0
PER_LINE_AWAY = -0.3
LONGEST_PENALTY = -4.0
# How many lines a broken-off line may wait for its turn.
PATIENCE = 4
# A line this many times the usual width holds two columns' lines side by side.
MERGED = (1.65, 2.2)


@dataclass(frozen=True)
class _Open:
    last: int
    quotes: int
    is_quotation: bool
    step: int


@dataclass(frozen=True)
class _Deal:
    score: float
    streams: tuple[_Open, ...]
    choices: tuple[int, ...]


def untangle(lines: Sequence[Line], habits: Habits) -> list[list[Line]]:
    """The lines dealt into streams, each in reading order; streams in the order of their first lines."""
    lines = _split_merged(lines, habits)
    deals = [_Deal(0.0, (), ())]
    for number in range(len(lines)):
        ways = [way for deal in deals for way in _ways(deal, lines, number, habits)]
        deals = _best(ways)
    if not deals or not lines:
        return []
    best = max(deals, key=lambda deal: deal.score + sum(_end(open_, lines, RUNS_ON) for open_ in deal.streams))
    streams: list[list[Line]] = []
    place: dict[int, int] = {}
    for number, after in enumerate(best.choices):
        if after < 0:
            place[number] = len(streams)
            streams.append([])
        else:
            place[number] = place[after]
        streams[place[number]].append(lines[number])
    return streams


def _best(ways: list[_Deal]) -> list[_Deal]:
    kept: dict[tuple[_Open, ...], _Deal] = {}
    for way in sorted(ways, key=lambda way: -way.score):
        kept.setdefault(way.streams, way)
        if len(kept) == BEAM:
            break
    return list(kept.values())


def _ways(deal: _Deal, lines: Sequence[Line], number: int, habits: Habits) -> list[_Deal]:
    quotes = quote_balance(lines[number].text)
    ways = []
    for place, open_ in enumerate(deal.streams):
        score = _continues(open_, lines, number, habits)
        waiting = [older for older in deal.streams if older.last < open_.last and _waits(older, lines, number)]
        if waiting and not open_.is_quotation:
            score += OUT_OF_TURN
        still_open = 0 if is_attribution(lines[number].text) else max(0, open_.quotes + quotes)
        grown = _Open(number, still_open, open_.is_quotation, min(LONGEST_STEP, number - open_.last))
        streams = (*deal.streams[:place], *deal.streams[place + 1 :], grown)
        ways.append(_Deal(deal.score + score, streams, (*deal.choices, open_.last)))
    return [*ways, *_beginnings(deal, lines, number, quotes)]


def _beginnings(deal: _Deal, lines: Sequence[Line], number: int, quotes: int) -> list[_Deal]:
    fresh = _Open(number, max(0, quotes), calls_out(lines[number].text), 0)
    cost = _beginning(deal, lines[number], quotes)
    if len(deal.streams) < MOST_STREAMS:
        return [_Deal(deal.score + cost, (*deal.streams, fresh), (*deal.choices, -1))]
    return [
        _Deal(
            deal.score + cost + _end(dropped, lines, CUT_OFF),
            (*(open_ for open_ in deal.streams if open_ != dropped), fresh),
            (*deal.choices, -1),
        )
        for dropped in deal.streams
    ]


def _beginning(deal: _Deal, line: Line, quotes: int) -> float:
    if not deal.streams:
        return 0.0
    if quotes < 0:
        return LOST_QUOTATION
    return 0.0 if calls_out(line.text) else NEW_STREAM


def _continues(open_: _Open, lines: Sequence[Line], number: int, habits: Habits) -> float:
    before, line = lines[open_.last].text, lines[number]
    if is_attribution(line.text):
        return AFTER_QUOTATION if not open_.is_quotation else -AFTER_QUOTATION
    score = habits.score(before, line.text)
    if line.after_gap and line.text[:1].isupper() and not wants_more(before):
        score = max(score, NEXT_PARAGRAPH)
    if open_.quotes == 0 and quote_balance(line.text) < 0:
        score += LOST_QUOTATION
    if open_.quotes and calls_out(line.text):
        score += LOST_QUOTATION
    if open_.is_quotation and not open_.quotes:
        score += AFTER_QUOTATION
    away = number - open_.last
    if open_.step and min(LONGEST_STEP, away) != open_.step:
        score += OUT_OF_STEP
    return score + max(LONGEST_PENALTY, PER_LINE_AWAY * max(0, away - LONGEST_STEP))


def _waits(open_: _Open, lines: Sequence[Line], number: int) -> bool:
    return not open_.is_quotation and number - open_.last <= PATIENCE and not is_finished(lines[open_.last].text)


def _end(open_: _Open, lines: Sequence[Line], cost: float) -> float:
    if open_.quotes:
        return LOST_QUOTATION
    text = lines[open_.last].text
    return 0.0 if is_finished(text) or is_attribution(text) else cost + (cost / 2 if wants_more(text) else 0.0)


def _split_merged(lines: Sequence[Line], habits: Habits) -> list[Line]:
    """Lines with two columns' lines side by side, cut in two where both halves read on best."""
    widths = sorted(len(line.text) for line in lines)
    if len(widths) < 4:
        return list(lines)
    usual = statistics.quantiles(widths, n=10)[7]
    out: list[Line] = []
    for number, line in enumerate(lines):
        if not MERGED[0] * usual <= len(line.text) <= MERGED[1] * usual:
            out.append(line)
            continue
        around = [near.text for near in lines[max(0, number - 4) : number + 5] if near is not line]
        left, right = _cut(line.text, around[: min(4, number)], around[min(4, number) :], usual, habits)
        out += [Line(left, line.after_gap), Line(right)] if right else [line]
    return out


def _cut(text: str, before: list[str], after: list[str], usual: float, habits: Habits) -> tuple[str, str]:
    words = text.split(" ")
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    fitting = [half for half in halves if max(map(len, half)) <= usual * 1.15]

    def fit(halves: tuple[str, str]) -> float:
        reads_on = sum(
            max((habits.score(line, half) for line in before), default=0.0)
            + max((habits.score(half, line) for line in after), default=0.0)
            for half in halves
        )
        # Words of two columns stand together by chance only, so the worst neighbours are the likeliest place.
        return reads_on - grammar.fit(last_word(halves[0]), first_word(halves[1]))

    return max(reversed(fitting), key=fit) if fitting else (text, "")
