"""How likely one printed line continues another: punctuation, capitals, quotation marks and a little grammar.

Rationale: when a page's columns are printed line by line into each other, the only thing left that tells them apart
is the sentence. The scores are small numbers of which only the order matters; they were set on layouts, not on words.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analysis.roundtable_text import grammar
from analysis.roundtable_text.lines import (
    first_word,
    is_finished,
    last_word,
    looks_like_heading,
    quote_balance,
    starts_afresh,
    wants_more,
    words,
)

# A word that has a capital in less than this share of its places inside lines opens a sentence when it has one.
SELDOM_CAPITAL = 0.5

_PAUSED = re.compile(r"[;:]$|\s[–—-]$")
_ACRONYM = re.compile(r"^(?:I\b|[A-Z]{2,}\b)")


@dataclass(frozen=True, eq=False)
class Habits:
    """What the document itself shows about its words: which follow which, and how often they keep a capital."""

    pairs: Counter[tuple[str, str]]
    capitals: dict[str, float]

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Habits":
        """Learned from words that stand together inside lines, so never across a line break."""
        pairs: Counter[tuple[str, str]] = Counter()
        seen: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        for line in lines:
            for one, two in pairwise(words(line)):
                pairs[_stem(one), _stem(two)] += 1
                seen[two.lower()] += 1
                capital[two.lower()] += two[0].isupper()
        return cls(pairs, {word: capital[word] / seen[word] for word in seen})

    def opens_sentence(self, line: str) -> bool:
        """Whether the line's first word has a capital that it seldom has inside lines."""
        return line[:1].isupper() and line[:2] != "I " and self._capital_share(line) < SELDOM_CAPITAL

    @cache  # noqa: B019 - lives as long as one document is read
    def score(self, line: str, following: str) -> float:
        """How well `following` continues `line`: above 0 plausible, far below 0 impossible."""
        if is_finished(line):
            return 1.0 if following[:1].isupper() or starts_afresh(following) else -6.0
        if line.endswith(":"):
            return 1.0 if starts_afresh(following) or following[:1].isupper() else -1.0
        if starts_afresh(following):
            return -3.0 if wants_more(line) or quote_balance(following) > 0 else -0.5
        return self._words(line, following) + self._opening(line, following)

    def _words(self, line: str, following: str) -> float:
        last, first = last_word(line), first_word(following)
        seen = self._seen(last, first)
        if line[-1:] in ",;:" and last != first:
            return seen + max(0.0, grammar.fit(last, first))
        return seen + grammar.fit(last, first)

    def _seen(self, last: str, first: str) -> float:
        times = self.pairs[_stem(last), _stem(first)]
        if last in grammar.FUNCTION_WORDS or first in grammar.FUNCTION_WORDS:
            return min(1.0, 0.3 * times)
        return min(2.5, 1.5 * times)

    def _opening(self, line: str, following: str) -> float:
        if _PAUSED.search(line):
            return 0.0
        if following[:1].isdigit():
            return 0.5
        return self._capital(line, following) if following[:1].isupper() else 1.5

    def _capital(self, line: str, following: str) -> float:
        if looks_like_heading(line):
            return -0.5
        if first_word(following) in grammar.FUNCTION_WORDS - {"i"}:
            return -4.0
        return 0.5 if _ACRONYM.match(following) else 3.0 * self._capital_share(following) - 2.0

    def _capital_share(self, line: str) -> float:
        return self.capitals.get(first_word(line), 0.0)


def _stem(word: str) -> str:
    return word.lower().removesuffix("s")
