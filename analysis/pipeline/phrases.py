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

GAPS = {"..": 2, "...": 5}
PIECE = re.compile(r"\s*(\.{2,3}|[()|?!&]|<[a-z-]+>|[^\s()|?!&<>]+)")
NOT_IN_GAP = r"(?!(?:\.|not|never|no|nobody|nothing|none|nor|without|but|however|although|hardly|barely) )"


class PatternInvalid(ValueError):
    """A pattern cannot be read; the message shows it and says why."""


@dataclass(frozen=True)
class Phrase:
    """One part of a pattern. It can only match a text that has one of the `anchors` among its words."""

    source: str = field(repr=False)
    anchors: frozenset[str]
    cost: float


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
    if any(not part.anchors for part in parts):
        raise PatternInvalid(f"“{pattern}”: a part has no word that must be there.")
    return tuple(Phrase(f"{part.source}(?= )", part.anchors, part.cost) for part in parts)


_NOTHING = Phrase("", frozenset(), float("inf"))


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
        """Elements up to a bar, a bracket, an ampersand or the end; its anchors are those of its rarest element."""
        parts = []
        while self.pieces and self.pieces[0] not in {"|", ")", "&"}:
            parts.append(self.element())
        rarest = min(parts, key=lambda part: part.cost, default=_NOTHING)
        return Phrase("".join(part.source for part in parts), rarest.anchors, rarest.cost)

    def element(self) -> Phrase:
        if self.take("!"):
            return Phrase(f"(?!{self.atom().source}(?= ))", frozenset(), float("inf"))
        atom = self.atom()
        return Phrase(f"(?:{atom.source})?", frozenset(), float("inf")) if self.take("?") else atom

    def atom(self) -> Phrase:
        if not self.pieces:
            raise PatternInvalid(f"“{self.pattern}”: ends too early.")
        piece = self.pieces.pop(0)
        if piece in GAPS:
            return Phrase(f"(?: {NOT_IN_GAP}\\S+){{0,{GAPS[piece]}}}", frozenset(), float("inf"))
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
        word = piece.lower()
        return self.lexicon.forms(word[:-1]) if word.endswith("~") else (word,)

    def word(self, word: str) -> Phrase:
        return Phrase(f" {re.escape(word)}", frozenset({word}), self.lexicon.share(word))


def _either(phrases: Iterable[Phrase]) -> Phrase:
    found = list(phrases)
    if len(found) == 1:
        return found[0]
    unanchored = any(not phrase.anchors for phrase in found)
    source = "|".join(dict.fromkeys(phrase.source for phrase in found))
    anchors = frozenset().union(*(phrase.anchors for phrase in found))
    if unanchored:
        return Phrase(f"(?:{source})", frozenset(), float("inf"))
    return Phrase(f"(?:{source})", anchors, sum(phrase.cost for phrase in found))
