"""Finds numbers spelled out in words: "oh seven nine double one"."""

import re
from collections.abc import Iterator

from . import kinds
from .spans import Span

_ONE_DIGIT = (
    "oh o zero nought naught nil one two three four five six seven eight nine "
    "twenty thirty forty fifty sixty seventy eighty ninety double"
)
_MORE_DIGITS = {"ten": 2, "eleven": 2, "twelve": 2, "hundred": 2, "treble": 2, "triple": 2, "thousand": 3}
# How many digits a word adds to the number it is part of.
_WORDS = dict.fromkeys(_ONE_DIGIT.split(), 1) | _MORE_DIGITS
_ONE = r"(?:\d{1,6}|\b(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b)"
_RUN = re.compile(rf"(?<!\w){_ONE}(?:(?:[ ,.-]{{1,3}}|\s?and\s){_ONE}){{3,24}}(?!\w)", re.IGNORECASE)
_PART = re.compile(r"[a-z]+|\d+", re.IGNORECASE)
# "one two three" is counting, ten spoken digits are a telephone number; from six on it is no longer small talk.
_FEWEST_DIGITS = 6
_PHONE_DIGITS = 9


def find_spoken(text: str) -> Iterator[Span]:
    """Yields runs of number words long enough to be a telephone or other number."""
    for match in _RUN.finditer(text):
        parts = [part.lower() for part in _PART.findall(match.group())]
        spoken = sum(part in _WORDS for part in parts)
        digits = sum(len(part) if part.isdigit() else _WORDS.get(part, 0) for part in parts)
        if digits >= _FEWEST_DIGITS and spoken > 1 and spoken * 2 >= len(parts):
            yield Span(*match.span(), kinds.PHONE if digits >= _PHONE_DIGITS else kinds.NUMBER)
