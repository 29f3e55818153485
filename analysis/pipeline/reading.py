"""Reads a text once, for rules and models alike: its statements, its plain words and what rules match in them."""

from typing import NamedTuple

from analysis.pipeline.results import Statement
from analysis.pipeline.rules import Hit, Rulebook
from analysis.pipeline.statements import statements
from analysis.pipeline.tokens import Words, tokens, words

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


def reads_alone(text: str, span: Statement) -> bool:
    """Whether a stretch of whole statements surely is cut and read by itself as it is in its text."""
    # How a line end is taken depends on the length of its line, a first full stop on what it follows.
    return text[span.start] != "." and "\n" not in text[span.start : span.end]
