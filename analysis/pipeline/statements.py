"""Splits a text into statements: sentences, list items and lines, also where the full stops are missing."""

import re
from itertools import pairwise

from analysis.pipeline.results import Statement
from analysis.pipeline.tokens import Token

ENDS = frozenset("!?;…•●▪◦")
ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "sgt",
        "insp",
        "ch",
        "supt",
        "pc",
        "dc",
        "dci",
        "dsi",
        "det",
        "st",
        "rd",
        "ave",
        "approx",
        "dept",
        "no",
        "nos",
        "etc",
        "eg",
        "ie",
        "e.g",
        "i.e",
        "vs",
        "v",
        "am",
        "pm",
        "a.m",
        "p.m",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "tel",
        "ext",
        "ref",
        "fig",
        "inc",
        "ltd",
        "co",
        "p",
        "pp",
    ]
)
BULLET = frozenset("-–—*•●▪◦·")
LONGEST_WRAPPED = 60  # a line longer than this that runs on in lower case was wrapped, not ended


def statements(text: str, found: list[Token]) -> tuple[Statement, ...]:
    """The statements of a text as half-open spans of code points, in order, without the blanks around them."""
    starts = sorted({0, *boundaries(found), len(text)})
    spans = (_trimmed(text, start, end) for start, end in pairwise(starts))
    return tuple(Statement(start, end) for start, end in spans if _has_word(text, start, end))


def boundaries(found: list[Token]) -> list[int]:
    """The code points at which a new statement begins."""
    at = []
    for number, token in enumerate(found[:-1]):
        if _ends(found, number):
            at.append(found[number + 1].start)
        elif token.text in BULLET and _opens_line(found, number):
            at.append(token.start)
    return at


def _ends(found: list[Token], number: int) -> bool:
    token, after = found[number], found[number + 1]
    if token.text[0] == "\n":
        return _line_ends(found, number)
    if token.text in ENDS:
        return after.text not in ENDS and after.text not in {")", '"', "”", "'"}
    if token.text[0] == "." and len(token.text) > 1:
        return after.text[:1].isupper()
    if token.text == ".":
        return _stop_ends(found, number)
    return False


def _stop_ends(found: list[Token], number: int) -> bool:
    token, after = found[number], found[number + 1]
    before = found[number - 1] if number else token
    word = before.text.lower()
    if word in ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i"):
        return False
    if after.start > token.end:
        return after.text != "."
    return word.isalpha() and after.text[:1].isupper() and after.text[1:2].islower()


def _line_ends(found: list[Token], number: int) -> bool:
    if found[number].text.count("\n") > 1:
        return True
    after, before = found[number + 1], found[number - 1] if number else found[number]
    if after.text in BULLET or not after.text[:1].islower():
        return True
    opened = next((mark.end for mark in reversed(found[:number]) if mark.text[0] == "\n"), 0)
    return before.end - opened < LONGEST_WRAPPED and before.text not in {",", "-"} and before.end - opened < 40


def _opens_line(found: list[Token], number: int) -> bool:
    return number > 0 and found[number - 1].text[0] == "\n"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    head = re.match(r"[\s\-–—*•●▪◦·]*", part)
    start += head.end() if head else 0
    return start, max(start, start + len(text[start:end].rstrip()))


def _has_word(text: str, start: int, end: int) -> bool:
    return any(character.isalnum() for character in text[start:end])
