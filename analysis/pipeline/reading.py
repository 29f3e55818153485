"""Reads a text once, for rules and models alike: its statements and its plain words."""

from typing import NamedTuple

from analysis.pipeline.results import Statement
from analysis.pipeline.rules import Rulebook
from analysis.pipeline.statements import statements
from analysis.pipeline.tokens import Words, tokens, words

CLAUSE_WORDS = frozenset({"but", "however", "although", "though", "whereas", "yet", "except", "despite"})


class Read(NamedTuple):
    """The statements of a text in order, and its words as rules see them."""

    statements: tuple[Statement, ...]
    words: Words


def read_text(text: str, book: Rulebook) -> Read:
    """The statements and words of a text, spelt and named as the rules of `book` need them."""
    found = tokens(text)
    said = statements(text, found)
    starts = {statement.start for statement in said}
    return Read(said, words(found, starts, splitters=CLAUSE_WORDS, spell=book.spell, synonyms=book.synonyms))
