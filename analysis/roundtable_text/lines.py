"""What one printed line shows of itself: whether a sentence ends, a quotation opens, or a title stands alone."""

import re
from dataclasses import dataclass, field

from analysis.roundtable_text.grammar import FUNCTION_WORDS, LEADING

LONGEST_HEADING = 90
# A title in plain letters is short; one with capitals may be longer.
MOST_PLAIN_WORDS = 4
MOST_TITLE_WORDS = 9

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_FINISHED = re.compile(r"[.!?][”’)\"']*\d{0,2}$|[”\"]\d{0,2}$")
_ATTRIBUTION = re.compile(r"^\([A-Z]\w*\)$")
_OPENER = re.compile(r"^(?:[“•]|\d{1,2}[.)]\s|- )")


@dataclass(frozen=True)
class Line:
    """One printed line, and whether an empty line stood before it."""

    text: str = field(repr=False)
    after_gap: bool = False


def words(line: str) -> list[str]:
    """The words of a line as printed, without figures."""
    return _WORD.findall(line)


def first_word(line: str) -> str:
    """The first word in lower case, or an empty string."""
    found = _WORD.search(line)
    return found.group().lower() if found else ""


def last_word(line: str) -> str:
    """The last word in lower case, or an empty string."""
    found = words(line)
    return found[-1].lower() if found else ""


def is_finished(line: str) -> bool:
    """Whether a sentence ends with this line."""
    return bool(_FINISHED.search(line))


def wants_more(line: str) -> bool:
    """Whether the line breaks off after a word no sentence ends with, such as "the" or "of"."""
    # "Annex A" ends in a name, not in an article.
    return not is_finished(line) and last_word(line) in LEADING and not line.endswith(" A")


def starts_afresh(line: str) -> bool:
    """Whether the line opens something: a quotation, a list item or a numbered point."""
    return bool(_OPENER.match(line))


def is_attribution(line: str) -> bool:
    """Whether the line only says whose words the call-out above it holds, such as "(Anonymous)"."""
    return bool(_ATTRIBUTION.match(line))


def quote_balance(line: str) -> int:
    """Double quotation marks opened on this line minus those closed on it."""
    return line.count("“") - line.count("”")


def calls_out(line: str) -> bool:
    """Whether the line opens a quotation that goes on below it, as a call-out does."""
    return line.startswith("“") and quote_balance(line) > 0


def looks_like_heading(line: str, *, most_plain_words: int = MOST_PLAIN_WORDS) -> bool:
    """Whether the line could stand alone as a title: few words, a capital first, no sentence in it."""
    found = words(line)
    if not found or not line[0].isupper() or len(line) > LONGEST_HEADING or is_finished(line) or wants_more(line):
        return False
    carrying = [word for word in found if word.lower() not in FUNCTION_WORDS]
    is_titled = len(found) <= MOST_TITLE_WORDS and all(word[0].isupper() for word in carrying)
    return line[-1] not in ",:–-" and (len(found) <= most_plain_words or is_titled)
