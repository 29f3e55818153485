"""The six words themselves: drawn, written out, and read from what people type. Pure: no Django, no clock, no state."""

import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

NUMBER = 6
FINDING = 2  # the first words find the row, the others prove it
LETTERS = re.compile("[a-z]+")
# Six words of the list have at most 54 letters. More than this is no attempt at six words.
LONGEST_TYPED = 400


class Misread(Exception):
    """What was typed cannot be six of our words, whoever typed it; the message says why and holds no word."""


@dataclass(frozen=True)
class Words:
    """Six words in their order. They exist in one person's hand and, for a moment, in memory; never in a table."""

    all: tuple[str, ...] = field(repr=False)

    def __str__(self) -> str:
        raise TypeError("Return words are written out on purpose only: use `spoken`.")

    @property
    def spoken(self) -> str:
        """The six words with a space between, as somebody would write them down."""
        return " ".join(self.all)

    @property
    def finding(self) -> str:
        """The part that finds the row."""
        return " ".join(self.all[:FINDING])

    @property
    def proving(self) -> str:
        """The part that proves that the words are theirs."""
        return " ".join(self.all[FINDING:])


@cache
def known() -> tuple[str, ...]:
    """The words that can be drawn, in order. Four with a hyphen are left out, so that a hyphen can divide words."""
    listed = (files("xkcdpass") / "static" / "eff-long").read_text(encoding="ascii").split()
    return tuple(sorted(word for word in listed if LETTERS.fullmatch(word)))


def draw() -> Words:
    """Six words, each drawn from the whole list by the system's random numbers."""
    return Words(tuple(secrets.choice(known()) for _ in range(NUMBER)))


def read(typed: str) -> Words:
    """The six words in what was typed: capitals, accents, hyphens, commas, numbers and line ends do not matter.

    Raises:
        Misread: if there are not six, or one is not on the list.
    """
    if len(typed) > LONGEST_TYPED:
        raise Misread("length")
    plain = unicodedata.normalize("NFKD", typed).casefold()
    found = tuple(LETTERS.findall("".join(mark for mark in plain if not unicodedata.combining(mark))))
    if len(found) != NUMBER:
        raise Misread("number")
    if not set(found) <= _set():
        raise Misread("unknown")
    return Words(found)


@cache
def _set() -> frozenset[str]:
    return frozenset(known())
