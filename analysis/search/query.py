"""Reads what somebody typed into a search, and says how it is looked for in a text. Pure: no Django.

police call      both words, in any form and order: calls, calling, told for tell
"call back"      these words one after the other, exactly as typed
-court           not this word, in any form
"""

import re
from dataclasses import dataclass, field

from analysis.pipeline.lexicon import family

PIECE = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')
WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
APOSTROPHE = re.compile(r"['’`]")
MOST = 12  # words and phrases; more are no search any more


class NotAQuery(ValueError):
    """There is nothing to look for; the message is a sentence for the person."""


@dataclass(frozen=True)
class Term:
    """One word in its forms, or words in a row: a text has it where `pattern` matches, capitals apart.

    `pattern` is read alike by Python and by PostgreSQL. `has_any` are substrings of which a text must
    have one; empty where a database may not know the capitals of its letters.
    """

    pattern: str = field(repr=False)
    has_any: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Query:
    """What a text must have, and what it must not have."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()

    def first_in(self, text: str) -> tuple[int, int]:
        """Where in a text the first of the wanted terms stands, in code points; (0, 0) if none does."""
        found = [match.span(1) for term in self.wanted if (match := re.search(term.pattern, text, re.IGNORECASE))]
        return min(found, default=(0, 0))


def read(typed: str) -> Query:
    """What is asked for.

    Raises:
        NotAQuery: if it has no word that must be there, or too many.
    """
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for minus, phrase, word in PIECE.findall(typed):
        terms = _phrase(phrase) if phrase else _words(word)
        (unwanted if minus else wanted).extend(terms)
    if not wanted:
        raise NotAQuery("Type at least one word to look for.")
    if len(wanted) + len(unwanted) > MOST:
        raise NotAQuery(f"Type at most {MOST} words.")
    return Query(tuple(wanted), tuple(unwanted))


def _words(piece: str) -> list[Term]:
    """A word in its forms; several joined by hyphens or strokes stand in a row."""
    words = WORD.findall(piece)
    if len(words) != 1 or APOSTROPHE.search(words[0]):
        return _phrase(piece)
    forms = sorted(family(words[0].lower()))
    return [Term(_bounded("|".join(forms)), _shortest(forms))]


def _phrase(phrase: str) -> list[Term]:
    words = WORD.findall(phrase)
    if not words:
        return []
    spelt = [APOSTROPHE.sub("['’`]?", word) for word in words]
    longest = max((piece for word in words for piece in APOSTROPHE.split(word)), key=len)
    return [Term(_bounded(r"\W+".join(spelt)), _plain([longest]))]


def _bounded(pattern: str) -> str:
    # Not \b, which PostgreSQL reads as a backspace.
    return rf"(?:^|\W)({pattern})(?:$|\W)"


def _shortest(forms: list[str]) -> tuple[str, ...]:
    """The forms that no other form begins with: a text with any form has one of these."""
    return _plain([one for one in forms if not any(one != other and one.startswith(other) for other in forms)])


def _plain(substrings: list[str]) -> tuple[str, ...]:
    return tuple(substrings) if all(one.isascii() for one in substrings) else ()
