"""Turns the claims of all finders into one list of spans that do not overlap."""

import re
from collections.abc import Iterable

from . import kinds
from .spans import Span

PLACEHOLDER = re.compile(r"\[(?:" + "|".join(kinds.ALL) + r")\]")


def resolve(claims: Iterable[Span]) -> list[Span]:
    """The claims as sorted spans: overlapping ones become one, named after the firmest kind among them."""
    merged: list[Span] = []
    for claim in sorted(claims):
        if merged and claim.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Span(last.start, max(last.end, claim.end), firmest(last.kind, claim.kind))
        else:
            merged.append(claim)
    return merged


def firmest(one: str, other: str) -> str:
    """The kind that says more of the two."""
    return min(one, other, key=kinds.RANK.__getitem__)


def outside(spans: Iterable[Span], text: str) -> list[Span]:
    """The spans with any placeholder already in the text cut out of them, and blank ends trimmed."""
    holes = [match.span() for match in PLACEHOLDER.finditer(text)]
    if not holes:
        return [span for span in spans if span.start < span.end]
    kept: list[Span] = []
    for span in spans:
        kept += _cut(span, holes, text)
    return kept


def _cut(span: Span, holes: list[tuple[int, int]], text: str) -> list[Span]:
    pieces = []
    start = span.start
    for left, right in [hole for hole in holes if hole[0] < span.end and hole[1] > span.start]:
        pieces.append((start, left))
        start = right
    pieces.append((start, span.end))
    return [Span(*trimmed, span.kind) for piece in pieces if (trimmed := _trim(*piece, text))]


def _trim(start: int, end: int, text: str) -> tuple[int, int] | None:
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if start < end else None
