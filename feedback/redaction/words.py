"""Cuts a text into words, and says of each how it is written and whether it opens a sentence."""

import re
from enum import Enum
from typing import NamedTuple

from .fold import key
from .grammar import word_set
from .merge import PLACEHOLDER


class Shape(Enum):
    """How a word is written."""

    SMALL = "small"
    CAPITAL = "capital"
    SHOUTED = "shouted"
    LETTER = "letter"


class Word(NamedTuple):
    """A word at its place. `opens` is true at the start of a sentence; `telling` if capitals mean something there."""

    start: int
    end: int
    key: str
    shape: Shape
    opens: bool
    telling: bool
    gap: str
    rest: str


_WORD = re.compile(
    r"(?<!\w)(?:(?:[^\W\d_]\.){2,4}(?![^\W\d_])|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|['-](?=[^\W\d_]))*(?!\w))"
)
_CLITIC = re.compile(r"(?:n't|'(?:s|m|ll|ve|re|d|t))$", re.IGNORECASE)
_OPENER = re.compile(r"[.!?\n;*\u2022]|(?:^|\s)-\s")
_ABBREVIATED = word_set("mr mrs ms dr st sgt insp supt prof rev pc dc ds di det no")
# A line is shouted from this share of its words on, and a headline if no long word is small; few words tell nothing.
_SHOUTED_SHARE = 0.6
_LONG = 4
_FEWEST = 3
_FEWEST_IN_HEADLINE = 5


def split_words(text: str) -> list[Word]:
    """The words of a folded text, placeholders left out."""
    holes = {match.start(): match.end() for match in PLACEHOLDER.finditer(text)}
    rough = _rough(text, holes)
    words: list[Word] = []
    for sentence in _sentences(rough):
        telling = _is_telling(sentence)
        words += [word._replace(telling=telling) for word in sentence]
    return words


def _rough(text: str, holes: dict[int, int]) -> list[Word]:
    words: list[Word] = []
    done, before = 0, ""
    for match in _WORD.finditer(text):
        if match.start() - 1 in holes:
            continue
        start, end = match.span()
        clitic = _CLITIC.search(match.group())
        bare = clitic.start() + start if clitic and clitic.start() else end
        gap = text[done:start]
        opens = done == 0 or _opens(gap, before)
        spelled = text[start:bare]
        words.append(Word(start, bare, key(spelled), shape(spelled), opens, True, gap, text[bare:end]))
        done, before = end, key(spelled)
    return words


def _opens(gap: str, before: str) -> bool:
    if gap.startswith(".") and before in _ABBREVIATED and "\n" not in gap:
        return False
    if len(before) == 1 and gap in {". ", "."}:
        return False
    return bool(_OPENER.search(gap))


def shape(word: str) -> Shape:
    """How the word is written; a word of one capital letter is a letter."""
    if len(word) == 1 or (len(word) <= 4 and word.replace(".", "").isupper() and "." in word):
        return Shape.LETTER if word[0].isupper() else Shape.SMALL
    if word[0].isupper() or (len(word) > 2 and word[1] in "'-" and word[2].isupper()):
        return Shape.SHOUTED if word.isupper() else Shape.CAPITAL
    return Shape.SMALL


def _sentences(words: list[Word]) -> list[list[Word]]:
    sentences: list[list[Word]] = []
    for word in words:
        if word.opens or not sentences:
            sentences.append([])
        sentences[-1].append(word)
    return sentences


def _is_telling(sentence: list[Word]) -> bool:
    shapes = [word.shape for word in sentence if word.shape is not Shape.LETTER]
    if len(shapes) < _FEWEST:
        return True
    if shapes.count(Shape.SHOUTED) >= _SHOUTED_SHARE * len(shapes):
        return False
    long = [word.shape for word in sentence if len(word.key) >= _LONG]
    return len(long) < _FEWEST or len(shapes) < _FEWEST_IN_HEADLINE or set(long) != {Shape.CAPITAL}
