"""Sets aside what would make topics of nothing: statements said already, and answers such as "no comment"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

# What the review put in the place of something hidden, such as [name].
HIDDEN = re.compile(r"\[[^\]\[]{1,40}\]")
NOT_A_WORD = re.compile(r"[\W_]+")
APOSTROPHES = str.maketrans("", "", "'’`\N{ACUTE ACCENT}")
SAYS_NOTHING = frozenset((Path(__file__).parent / "data" / "says_nothing.txt").read_text("utf-8").splitlines())


class Reason(StrEnum):
    """Why a statement was set aside."""

    NOTHING = "says nothing"
    AGAIN = "said already"


@dataclass(frozen=True)
class Cleaned:
    """Which statements are kept, as rows of what was given; for the others, why not.

    `first` leads from a repeated statement's row to the row that said it first.
    """

    kept: tuple[int, ...]
    left_out: dict[int, Reason]
    first: dict[int, int]


def clean(texts: Sequence[str]) -> Cleaned:
    """Keep each statement that says something once; capitals, punctuation and blanks make no difference."""
    rows: dict[str, int] = {}
    left_out: dict[int, Reason] = {}
    first: dict[int, int] = {}
    for row, text in enumerate(texts):
        said = plain(text)
        if not any(character.isalpha() for character in said) or said in SAYS_NOTHING:
            left_out[row] = Reason.NOTHING
        elif said in rows:
            left_out[row], first[row] = Reason.AGAIN, rows[said]
        else:
            rows[said] = row
    return Cleaned(tuple(rows.values()), left_out, first)


def plain(text: str) -> str:
    """The words of a text in small letters with single blanks between them, without what was hidden."""
    return NOT_A_WORD.sub(" ", HIDDEN.sub(" ", text).translate(APOSTROPHES).casefold()).strip()
