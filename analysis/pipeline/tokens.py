"""Reads a text into plain words with the code points each came from: lower case, contractions opened, synonyms one.

Own tokens rather than spaCy's: its string store would keep every word it ever read in memory, names included.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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


@dataclass(frozen=True)
class Token:
    """A run of characters as written: a word, a mark or a line end."""

    text: str = field(repr=False)
    start: int
    end: int


@dataclass(frozen=True)
class Words:
    """A text as the rules see it: `line` is every word with a space before and after it, "." between statements.

    Word `n` came from code points `starts[n]` to `ends[n]` and stands in clause `clauses[n]`.
    """

    line: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    clauses: tuple[int, ...]
    columns: tuple[int, ...]

    def at(self, column: int) -> int:
        """The number of the word that begins at or after this column of `line`."""
        return bisect_left(self.columns, column)


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
    found: list[Token], breaks: set[int], *, splitters: frozenset[str], spell: Callable[[str], str] = str
) -> Words:
    """The words of tokens; a statement begins at each of the code points `breaks`, a clause at each of `splitters`."""
    said: list[str] = []
    spans: list[tuple[int, int]] = []
    clauses: list[int] = []
    clause = 0
    for token in found:
        if token.start in breaks and said:
            said.append(BREAK)
            spans.append((token.start, token.start))
            clause += 1
            clauses.append(clause)
        if not token.text[0].isalnum():
            clause += token.text in CLAUSE_MARKS
            continue
        for word in opened(token.text.lower()):
            clause += word in splitters
            said.append(spell(word))
            spans.append((token.start, token.end))
            clauses.append(clause)
    return _lined(said, spans, clauses)


def merged(read: Words, phrases: Mapping[tuple[str, ...], tuple[str, ...]], longest: int) -> Words:
    """The same words with every phrase that is a key replaced by its value, the longest first."""
    said: list[str] = []
    spans: list[tuple[int, int]] = []
    clauses: list[int] = []
    at, count = 0, len(read.words)
    while at < count:
        length, replaced = _phrase_at(read.words, at, phrases, longest)
        for word in replaced:
            said.append(word)
            spans.append((read.starts[at], read.ends[at + length - 1]))
            clauses.append(read.clauses[at])
        at += length
    return _lined(said, spans, clauses)


def _phrase_at(
    said: tuple[str, ...], at: int, phrases: Mapping[tuple[str, ...], tuple[str, ...]], longest: int
) -> tuple[int, tuple[str, ...]]:
    for length in range(min(longest, len(said) - at), 0, -1):
        replaced = phrases.get(said[at : at + length])
        if replaced is not None:
            return length, replaced
    return 1, said[at : at + 1]


def _lined(said: list[str], spans: list[tuple[int, int]], clauses: list[int]) -> Words:
    columns, column = [], 0
    for word in said:
        columns.append(column)
        column += len(word) + 1
    return Words(
        line=" " + " ".join(said) + " ",
        words=tuple(said),
        starts=tuple(start for start, _ in spans),
        ends=tuple(end for _, end in spans),
        clauses=tuple(clauses),
        columns=tuple(columns),
    )
