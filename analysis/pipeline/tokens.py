"""Reads a text into plain words with the code points each came from: lower case, contractions opened, synonyms one.

Own tokens rather than spaCy's: its string store would keep every word it ever read in memory, names included.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from types import MappingProxyType
from typing import NamedTuple

TOKEN = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*|\n[ \t\r]*\n|\n|\.{2,}|[^\w\s]")
APOSTROPHES = str.maketrans("’`", "''")
NEGATED = re.compile(r"(ca|wo|sha|ai|[a-z]+?)n'?t$")
NEGATED_BARE = frozenset(
    [
        "dont",
        "doesnt",
        "didnt",
        "wasnt",
        "werent",
        "wouldnt",
        "couldnt",
        "shouldnt",
        "cant",
        "wont",
        "isnt",
        "arent",
        "hasnt",
        "havent",
        "hadnt",
        "aint",
        "mustnt",
    ]
)
STEMS = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
ENDINGS = {"'m": "am", "'re": "are", "'ve": "have", "'ll": "will"}
BARE = {
    "im": ("i", "am"), "ive": ("i", "have"), "theyre": ("they", "are"), "theyve": ("they", "have"),
    "youre": ("you", "are"), "weve": ("we", "have"), "thats": ("that", "is"), "id've": ("i", "would", "have"),
    "cannot": ("can", "not"), "i'd": ("i", "would"), "it's": ("it", "is"), "that's": ("that", "is"),
    "there's": ("there", "is"), "he's": ("he", "is"), "she's": ("she", "is"), "what's": ("what", "is"),
}  # fmt: skip
CLAUSE_MARKS = frozenset(",;:()–—")
BREAK = "."


# For the first word of a phrase: the phrases that begin with it, longest first, each with the words said instead.
Synonyms = Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]


class Token(NamedTuple):
    """A run of characters as written: a word, a mark or a line end."""

    text: str
    start: int
    end: int

    def __repr__(self) -> str:
        """Says where it is, never what it says."""
        return f"Token({self.start}, {self.end})"


@dataclass(frozen=True)
class Words:
    """A text as the rules see it: `line` is every word with a space before and after it, "." between statements.

    Word `n` came from code points `starts[n]` to `ends[n]` and stands in clause `clauses[n]`; the space before it is at
    `columns[n]` of the line, and one more column ends the last word.
    """

    line: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    clauses: tuple[int, ...]
    columns: tuple[int, ...]

    def numbers(self) -> dict[int, int]:
        """The number of the word whose space is at a column of `line`; the last column is that of the end."""
        return {column: number for number, column in enumerate(self.columns)}

    def some(self, first: int, end: int) -> "Words":
        """The words from number `first` up to `end`, which is not among them."""
        within, at = slice(first, end), self.columns[first]
        return Words(
            self.line[at : self.columns[end] + 1],
            self.words[within],
            self.starts[within],
            self.ends[within],
            self.clauses[within],
            tuple(column - at for column in self.columns[first : end + 1]),
        )


def tokens(text: str) -> list[Token]:
    """Every word, mark and line end of a text, in order, with its code points."""
    return [Token(found.group(), found.start(), found.end()) for found in TOKEN.finditer(text)]


def opened(word: str) -> tuple[str, ...]:
    """A lower-case word with its contraction opened: "didn't" is did, not; "officer's" is officer."""
    word = word.translate(APOSTROPHES)
    if word in BARE:
        return BARE[word]
    if word in NEGATED_BARE or "n't" in word:
        stem = NEGATED.match(word)
        return (STEMS.get(stem[1], stem[1]), "not") if stem else (word,)
    head, apostrophe, _ = word.partition("'")
    ending = word[len(head) :]
    if ending in ENDINGS:
        return (head, ENDINGS[ending])
    return (head,) if apostrophe and head else (word,)


def words(
    found: list[Token],
    breaks: set[int],
    *,
    splitters: frozenset[str] = frozenset(),
    spell: Callable[[str], str] = str,
    synonyms: Synonyms = MappingProxyType({}),
) -> Words:
    """The words of tokens; a statement begins at each of the code points `breaks`, a clause at each of `splitters`."""
    read: list[tuple[str, int, int, int]] = []
    clause = 0
    for text, start, end in found:
        if start in breaks and read:
            clause += 1
            read.append((BREAK, start, start, clause))
        if not text[0].isalnum():
            clause += text in CLAUSE_MARKS
            continue
        for word in opened(text.lower()):
            clause += word in splitters
            read.append((spell(word), start, end, clause))
    return _lined(_said_alike(read, synonyms))


def _said_alike(read: list[tuple[str, int, int, int]], synonyms: Synonyms) -> list[tuple[str, int, int, int]]:
    if synonyms.keys().isdisjoint(entry[0] for entry in read):
        return read
    alike: list[tuple[str, int, int, int]] = []
    at = 0
    while at < len(read):
        length, said = _phrase_at(read, at, synonyms.get(read[at][0], ()))
        start, end, clause = read[at][1], read[at + length - 1][2], read[at][3]
        alike += [(word, start, end, clause) for word in said]
        at += length
    return alike


def _phrase_at(
    read: list[tuple[str, int, int, int]], at: int, phrases: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
) -> tuple[int, tuple[str, ...]]:
    for phrase, instead in phrases:
        if tuple(entry[0] for entry in read[at : at + len(phrase)]) == phrase:
            return len(phrase), instead
    return 1, (read[at][0],)


def _lined(read: list[tuple[str, int, int, int]]) -> Words:
    said, starts, ends, clauses = zip(*read, strict=True) if read else ((), (), (), ())
    columns = accumulate((len(word) + 1 for word in said), initial=0)
    return Words(f" {' '.join(said)} ", said, starts, ends, clauses, tuple(columns))
