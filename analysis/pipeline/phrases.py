"""The phrase language of the codebook's patterns, and its translation into regular expressions over `Words.line`.

call~            any form of the word: call, calls, called, calling
<officer>        any entry of that list in words.yaml
(a|b c|d)        one of these
x?               perhaps x
!x               here comes no x
..  ...          up to two, up to five other words, but no negation, no "but" and no new statement
a & b            both within a dozen words of each other, in any order
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from analysis.pipeline.tokens import opened

GAPS = {"..": 2, "...": 5}
PIECE = re.compile(r"\s*(\.{2,3}|[()|?!&]|<[a-z-]+>|[^\W_]+~?)")
NOT_IN_GAP = r"(?!(?:\.|not|never|no|nobody|nothing|none|nor|without|but|however|although|hardly|barely) )"


class PatternInvalid(ValueError):
    """A pattern cannot be read; the message shows it and says why."""


@dataclass(frozen=True)
class Need:
    """Words of which a text must have one; `cost` is the share of all English words they make up, 0-1."""

    words: frozenset[str]
    cost: float


@dataclass(frozen=True)
class Phrase:
    """One part of a pattern. It can only match a text that has a word of each of its `needs`."""

    source: str = field(repr=False)
    needs: tuple[Need, ...]

    @property
    def anchor(self) -> Need:
        """The need that the fewest texts meet."""
        return min(self.needs, key=lambda need: need.cost)


@dataclass(frozen=True)
class Lexicon:
    """What patterns are read with: word lists, the forms of each word, and how common a word is (share 0-1)."""

    lists: Mapping[str, tuple[str, ...]] = field(repr=False)
    forms: Callable[[str], tuple[str, ...]] = field(repr=False)
    share: Callable[[str], float] = field(repr=False)


def parse(pattern: str, lexicon: Lexicon) -> tuple[Phrase, ...]:
    """The parts of a pattern, all of which must match. Raises PatternInvalid if it cannot be read."""
    reader = _Reader(pattern, lexicon)
    parts = [reader.sequence()]
    while reader.take("&"):
        parts.append(reader.sequence())
    if reader.left():
        raise PatternInvalid(f"“{pattern}”: unexpected “{reader.left()[0]}”.")
    if any(not part.needs for part in parts):
        raise PatternInvalid(f"“{pattern}”: a part has no word that must be there.")
    return tuple(Phrase(f"{part.source}(?= )", part.needs) for part in parts)


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, pattern: str, lexicon: Lexicon) -> None:
        self.pattern = pattern
        self.lexicon = lexicon
        self.pieces: list[str] = PIECE.findall(pattern)
        if "".join(self.pieces) != re.sub(r"\s", "", pattern):
            raise PatternInvalid(f"“{pattern}”: cannot be read.")

    def left(self) -> list[str]:
        return self.pieces

    def take(self, piece: str) -> bool:
        if self.pieces and self.pieces[0] == piece:
            self.pieces.pop(0)
            return True
        return False

    def sequence(self) -> Phrase:
        """Elements up to a bar, a bracket, an ampersand or the end; it needs what each of them needs."""
        parts = []
        while self.pieces and self.pieces[0] not in {"|", ")", "&"}:
            parts.append(self.element())
        return Phrase("".join(part.source for part in parts), tuple(need for part in parts for need in part.needs))

    def element(self) -> Phrase:
        if self.take("!"):
            return Phrase(f"(?!{self.atom().source}(?= ))", ())
        atom = self.atom()
        return Phrase(f"(?:{atom.source})?", ()) if self.take("?") else atom

    def atom(self) -> Phrase:
        if not self.pieces:
            raise PatternInvalid(f"“{self.pattern}”: ends too early.")
        piece = self.pieces.pop(0)
        if piece in GAPS:
            return Phrase(f"(?: {NOT_IN_GAP}\\S+){{0,{GAPS[piece]}}}", ())
        if piece == "(":
            return self.bracket()
        if piece[0] == "<":
            return self.named(piece[1:-1])
        return _either(self.word(word) for word in self.spelt(piece))

    def bracket(self) -> Phrase:
        found = [self.sequence()]
        while self.take("|"):
            found.append(self.sequence())
        if not self.take(")"):
            raise PatternInvalid(f"“{self.pattern}”: a bracket is not closed.")
        return _either(found)

    def named(self, name: str) -> Phrase:
        if name not in self.lexicon.lists:
            raise PatternInvalid(f"“{self.pattern}”: there is no list “{name}”.")
        return _either(_Reader(entry, self.lexicon).sequence() for entry in self.lexicon.lists[name])

    def spelt(self, piece: str) -> tuple[str, ...]:
        word = piece.removesuffix("~")
        if opened(word) != (word,):
            raise PatternInvalid(f"“{self.pattern}”: “{word}” is never read so; it is {' '.join(opened(word))}.")
        return self.lexicon.forms(word) if piece.endswith("~") else (word,)

    def word(self, word: str) -> Phrase:
        return Phrase(f" {re.escape(word)}", (Need(frozenset({word}), self.lexicon.share(word)),))


def _either(phrases: Iterable[Phrase]) -> Phrase:
    found = list(phrases)
    if len(found) == 1:
        return found[0]
    source = "|".join(dict.fromkeys(phrase.source for phrase in found))
    if any(not phrase.needs for phrase in found):
        return Phrase(f"(?:{source})", ())
    anchors = [phrase.anchor for phrase in found]
    words = frozenset[str]().union(*(anchor.words for anchor in anchors))
    return Phrase(f"(?:{source})", (Need(words, sum(anchor.cost for anchor in anchors)),))
