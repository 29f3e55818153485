"""Reads a text once, for rules and models alike: its statements, its plain words and what rules match in them."""

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from analysis.pipeline.results import Statement
from analysis.pipeline.rules import Hit, Rulebook
from analysis.pipeline.statements import statements
from analysis.pipeline.tokens import BREAK, Words, tokens, words

CLAUSE_WORDS = frozenset({"but", "however", "although", "though", "whereas", "yet", "except", "despite"})


class Read(NamedTuple):
    """The statements of a text in order, its words as rules see them, and every match of a rule, by rule."""

    statements: tuple[Statement, ...]
    words: Words
    hits: tuple[Hit, ...]


def read_text(text: str, book: Rulebook) -> Read:
    """What a text says to the rules of `book`, its words spelt and named as they need them."""
    found = tokens(text)
    said = statements(text, found)
    starts = {statement.start for statement in said}
    read = words(found, starts, splitters=CLAUSE_WORDS, spell=book.spell, synonyms=book.synonyms)
    return Read(said, read, tuple(book.hits(read.line, read.numbers())))


def parts(text: str, read: Read, spans: Iterable[Statement]) -> dict[str, Read]:
    """What stretches of whole statements say by themselves, by their words, as far as a text that was read tells it.

    Places in the text stay those of the whole text, and so do numbers of clauses.
    """
    starts = read.words.starts
    found = {}
    for span in spans:
        if reads_alone(text, span):
            first, end = bisect_left(starts, span.start), bisect_left(starts, span.end)
            first += read.words.words[first] == BREAK
            said = tuple(one for one in read.statements if span.start <= one.start < span.end)
            hits = tuple(hit.moved(-first) for hit in read.hits if first <= hit.first < end)
            found[text[span.start : span.end]] = Read(said, read.words.some(first, end), hits)
    return found


def reads_alone(text: str, span: Statement) -> bool:
    """Whether a stretch of whole statements surely is cut and read by itself as it is in its text."""
    # How a line end is taken depends on the length of its line, a first full stop on what it follows.
    return text[span.start] != "." and "\n" not in text[span.start : span.end]
