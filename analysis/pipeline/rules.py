"""Compiles a codebook's patterns into rules and finds their matches, trying only rules one of whose words is there."""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache

from analysis.codebook import Codebook, Patterns
from analysis.pipeline import lexicon
from analysis.pipeline.phrases import Lexicon, Phrase, parse
from analysis.pipeline.tokens import BREAK, Synonyms, opened

NEAR = 12  # words within which the parts of an "a & b" pattern must stand
MARKERS = ("wish", "not-wish", "demand", "good", "bad", "negator")  # lists of words.yaml that valence reads
CUE_FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "it",
        "is",
        "was",
        "be",
        "been",
        "i",
        "me",
        "my",
        "we",
        "us",
        "our",
        "he",
        "him",
        "his",
        "she",
        "her",
    ]
)
BETWEEN = re.compile(rf" {re.escape(BREAK)}(?= )")
Place = tuple[int, int]  # numbers of a first and a last word
ANCHOR_WORD = re.compile(r"[a-z0-9']+$")


@dataclass(frozen=True)
class Rule:
    """One pattern: what it says of which theme. `kind` is a field of `Patterns`, or "marker" for words on valence.

    A text must have a word of its `anchor`, by which it is indexed, and of each of its other `needs`, rarest first.
    """

    theme: str
    kind: str
    pattern: str
    parts: tuple[Phrase, ...] = field(repr=False)
    anchor: frozenset[str] = field(repr=False)
    needs: tuple[frozenset[str], ...] = field(repr=False)


@dataclass(frozen=True)
class Hit:
    """Where a rule matched: words `first` to `last`, both included; scattered if its parts stand apart."""

    theme: str
    kind: str
    first: int
    last: int
    is_scattered: bool = False

    def moved(self, words: int) -> "Hit":
        """The same so many words later."""
        return Hit(self.theme, self.kind, self.first + words, self.last + words, self.is_scattered)


@dataclass(frozen=True)
class Rulebook:
    """Compiled rules, an index from each word to the rules that need it, and how words are made alike beforehand."""

    rules: tuple[Rule, ...] = field(repr=False)
    index: dict[str, tuple[int, ...]] = field(repr=False)
    synonyms: Synonyms = field(repr=False)
    spell: lexicon.Speller = field(repr=False)

    def hits(self, line: str, columns: dict[int, int]) -> Iterator[Hit]:
        """Every match in a line of words; `columns` gives the number of the word whose space is at a column."""
        present = set(line.split())
        breaks = [columns[at.start()] for at in BETWEEN.finditer(line)]
        wanted = sorted({number for word in present for number in self.index.get(word, ())})
        for number in wanted:
            rule = self.rules[number]
            for words in rule.needs:
                if words.isdisjoint(present):
                    break
            else:
                for first, last in _found(rule, line, columns, breaks):
                    yield Hit(rule.theme, rule.kind, first, last, len(rule.parts) > 1)


def compile_rules(codebook: Codebook) -> Rulebook:
    """The rules of a codebook. Raises PatternInvalid, showing the pattern, if one cannot be read."""
    return _compiled(codebook.sha256, _Held(codebook))


@dataclass(frozen=True)
class _Held:
    """Carries a codebook past the cache, which goes by its sha256 alone."""

    codebook: Codebook = field(compare=False)


@lru_cache(maxsize=4)
def _compiled(_sha256: str, held: _Held) -> Rulebook:
    codebook = held.codebook
    rules = tuple(_rules(codebook, Lexicon(codebook.words, lexicon.forms, lexicon.share)))
    index: dict[str, set[int]] = defaultdict(set)
    for number, rule in enumerate(rules):
        for word in rule.anchor:
            index[word].add(number)
    asked = {word for rule in rules for words in (rule.anchor, *rule.needs) for word in words}
    vocabulary = frozenset(word for word in asked if ANCHOR_WORD.match(word))
    return Rulebook(
        rules=rules,
        index={word: tuple(sorted(numbers)) for word, numbers in index.items()},
        synonyms=_synonyms(codebook),
        spell=lexicon.Speller(vocabulary),
    )


def _rules(codebook: Codebook, words: Lexicon) -> Iterator[Rule]:
    for theme in codebook.themes:
        for kind in (kind.name for kind in fields(Patterns)):
            for pattern in getattr(theme.patterns, kind):
                yield _rule(theme.slug, kind, pattern, words)
        for cue in theme.cues:
            yield _rule(theme.slug, "mention", _loose(cue), words)
    for name in MARKERS:
        for pattern in codebook.words.get(name, ()):
            yield _rule(name, "marker", pattern, words)


def _rule(theme: str, kind: str, pattern: str, words: Lexicon) -> Rule:
    parts = parse(pattern, words)
    anchor, *needs = sorted((need for part in parts for need in part.needs), key=lambda need: need.cost)
    return Rule(theme, kind, pattern, parts, anchor.words, tuple(need.words for need in needs))


def _loose(cue: str) -> str:
    """A cue as a pattern: its telling words in order, in any form, with little between them."""
    telling = [word for word in _plain(cue) if word not in CUE_FILLERS]
    return " .. ".join(f"{word}~" if word.isalpha() else word for word in telling)


def _plain(text: str) -> tuple[str, ...]:
    return tuple(word for piece in re.findall(r"[\w'’]+", text.lower()) for word in opened(piece))


def _synonyms(codebook: Codebook) -> Synonyms:
    found: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = defaultdict(dict)
    for word, others in codebook.synonyms.items():
        for other in map(_plain, others):
            found[other[0]][other] = _plain(word)
    longest_first = {first: sorted(phrases.items(), key=lambda pair: -len(pair[0])) for first, phrases in found.items()}
    return {first: tuple(pairs) for first, pairs in longest_first.items()}


def _found(rule: Rule, line: str, columns: dict[int, int], breaks: Sequence[int]) -> Iterable[Place]:
    if len(rule.parts) == 1:
        return _matches(rule.parts[0], line, columns)
    found = [list(_matches(part, line, columns)) for part in rule.parts]
    if not all(found):
        return ()
    return filter(None, (_together(first, found[1:], breaks) for first in found[0]))


def _matches(part: Phrase, line: str, columns: dict[int, int]) -> Iterator[Place]:
    for match in _regex(part.source).finditer(line):
        yield columns[match.start()], columns[match.end()] - 1


def _together(span: Place, others: list[list[Place]], breaks: Sequence[int]) -> Place | None:
    """The shortest stretch from `span` with one of each of the others in its statement; None if that is too long."""
    first, last = span
    statement = bisect(breaks, first)
    for choices in others:
        near = [other for other in choices if bisect(breaks, other[0]) == statement]
        if not near:
            return None
        nearest = min(near, key=lambda other: (max(last, other[1]) - min(first, other[0]), other))
        first, last = min(first, nearest[0]), max(last, nearest[1])
    return None if last - first >= NEAR + (span[1] - span[0]) else (first, last)


@cache
def _regex(source: str) -> re.Pattern[str]:
    return re.compile(source)
