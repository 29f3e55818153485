"""Names the case already holds: the surest list there is."""

import re
from collections.abc import Iterator, Sequence

from . import kinds
from .fold import fold
from .spans import Span

_PART = re.compile(r"[^\W\d_][^\s]*[^\W_]|[^\W\d_]")
# A single letter of a known name (an initial) would hide "a" and "I" everywhere.
_SHORTEST_PART = 2


def find_known(text: str, names: Sequence[str]) -> Iterator[Span]:
    """Yields every place where one of the names, or one part of it, stands as a word, in any case."""
    parts = {part for name in names for part in _forms(fold(name))}
    if not parts:
        return
    longest_first = sorted(parts, key=lambda part: (-len(part), part))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(_spaced, longest_first)) + r")(?!\w)", re.IGNORECASE)
    for match in pattern.finditer(text):
        yield Span(match.start(), match.end(), kinds.PERSON)


def _forms(name: str) -> Iterator[str]:
    whole = name.strip()
    if whole:
        yield whole
    yield from (part for part in _PART.findall(name) if len(part) >= _SHORTEST_PART)


def _spaced(name: str) -> str:
    return r"\s{1,3}".join(re.escape(part) for part in name.split())
