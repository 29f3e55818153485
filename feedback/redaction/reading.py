"""A text as the name finders see it: its words, what is kept, and what has been marked so far."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from . import kinds
from .lexicon import Lexicon
from .spans import Span
from .words import Shape, Word, split_words

_NEAR = re.compile(r"\.? {1,2}|-|- | -|\.|\t")
_WITHIN = re.compile(r"\.?[ \t]{1,2}|-|\.")


@dataclass
class Reading:
    """The words of one text; `kept` holds the positions never to be hidden, `marks` the kind found at a position."""

    text: str = field(repr=False)
    words: list[Word] = field(repr=False)
    lexicon: Lexicon = field(repr=False)
    keys: list[str] = field(default_factory=list, repr=False)
    kept: set[int] = field(default_factory=set)
    marks: dict[int, str] = field(default_factory=dict)

    def is_kept(self, position: int) -> bool:
        """Whether the word is on the list of words never hidden on their own."""
        return position in self.kept

    def is_written_as_name(self, position: int) -> bool:
        """Whether the word has a capital that means something."""
        word = self.words[position]
        return word.telling and word.shape is not Shape.SMALL and not word.opens

    def follows_closely(self, position: int) -> bool:
        """Whether only a space, a hyphen or a full stop of an initial stands before the word."""
        word = self.words[position]
        if not position or self.words[position - 1].rest:
            return False
        return not word.opens and _NEAR.fullmatch(word.gap) is not None

    def spans(self) -> Iterator[Span]:
        """Yields the marked words, neighbours of one kind joined."""
        start = None
        for position in sorted(self.marks):
            kind = self.marks[position]
            goes_on = self.marks.get(position + 1) == kind and self._joins(position + 1)
            start = position if start is None else start
            if not goes_on:
                yield Span(self.words[start].start, self.words[position].end, kind)
                start = None

    def _joins(self, position: int) -> bool:
        gap = self.words[position].gap
        wide = self.marks[position] in {kinds.ORGANISATION, kinds.ADDRESS} and len(gap) <= 6
        return wide or (not self.words[position - 1].rest and _WITHIN.fullmatch(gap) is not None)


def read(text: str, lexicon: Lexicon) -> Reading:
    """The folded text, cut into words, with the words to be kept noted."""
    words = split_words(text)
    reading = Reading(text, words, lexicon, [word.key for word in words])
    kept = _positions(reading.keys, lexicon.kept.longest_at, lexicon.places.longest_at)
    # "Ján" is no January: every word to be kept is written without accents.
    reading.kept.update(place for place in kept if text[words[place].start : words[place].end].isascii())
    return reading


def _positions(
    keys: list[str], kept: Callable[[list[str], int], int], places: Callable[[list[str], int], int]
) -> Iterator[int]:
    position = 0
    while position < len(keys):
        length, placed = kept(keys, position), places(keys, position)
        if length and length >= placed:
            yield from range(position, position + length)
        position += max(length, placed, 1)
