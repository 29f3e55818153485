"""Cuts a document into blocks (a page or a box) and puts aside what belongs to the paper, not to the text."""

import re
from collections import Counter
from dataclasses import dataclass, field

from analysis.roundtable_text.lines import Line

# A document whose letters mostly stand in lines this long holds one paragraph to a line.
UNWRAPPED = 160
# A line that opens this many blocks or stands alone this often is a running header.
REPEATED = 3
LONGEST_HEADER_WORDS = 6

_MARKUP = re.compile(r"</?(?:ul|ol|table|tr|td|th|h\d|b|i|p|div|span)\b[^>]*>|\*{1,3}|^#+\s+")
_ITEM = re.compile(r"<li>|<br\s*/?>|</li>|\t|(?<=\S)\s+(?=•\s)")
_PAGE_NUMBER = re.compile(r"^(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?$", re.IGNORECASE)
_LEADER = re.compile(r"^[-_.·\s]{3,}$")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$")
_LABEL = re.compile(r"^(?:[A-Z]\w+ ){1,2}said:?$")
_FOOTNOTE = re.compile(r"^(\d{1,2}(?= )|[¹²³⁴-⁹]) ?(?=[A-Z\"'“‘h])")
_SINGLE_WORD = re.compile(r"^[“(]?[^\W\d_][\w’'-]*[,;]?$")
_SUPERSCRIPT = {"¹": 1, "²": 2, "³": 3, "⁴": 4, "⁵": 5, "⁶": 6, "⁷": 7, "⁸": 8, "⁹": 9}


@dataclass
class Block:
    """A page or a box on it: its running lines, and the furniture that stood among them."""

    lines: list[Line] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)


def is_unwrapped(text: str) -> bool:
    """Whether each line of the document is a whole paragraph."""
    lengths = [len(line) for line in text.splitlines()]
    return sum(length for length in lengths if length > UNWRAPPED) * 2 > sum(lengths)


def blocks(text: str) -> list[Block]:
    """The document's blocks in printed order.

    A form feed opens a page. So does a single space before a line where spaces are otherwise rare: extractors print it
    in place of the form feed, and before a text box.
    """
    pages = [_clean(page) for page in _pages(text)]
    headers = _headers(pages)
    footnotes = _Footnotes(is_unwrapped(text))
    return [_block(page, headers, footnotes) for page in pages]


def _pages(text: str) -> list[list[str]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f").split("\n")
    spaced = sum(line.startswith(" ") for line in lines)
    by_space = 0 < spaced * 10 < len(lines)
    pages: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("\f") or (by_space and re.match(r" \S", line)):
            pages.append([])
        pages[-1].append(line)
    return [page for page in pages if any(line.strip() for line in page)]


def _clean(page: list[str]) -> list[str]:
    lines = [piece.strip() for line in page for piece in _ITEM.split(_MARKUP.sub("", line.strip("\f")))]
    return _join_justified(lines)


def _join_justified(lines: list[str]) -> list[str]:
    """Single words on lines of their own are one justified line, pulled apart."""
    out: list[str] = []
    run: list[str] = []
    for line in [*lines, ""]:
        if _SINGLE_WORD.match(line) and not (line[0].isupper() and run and not run[-1][0].isupper()):
            run.append(line)
            continue
        together = " ".join(run)
        out += re.split(r" (?=“)", together) if len(run) > 2 or _LABEL.match(together) else run
        run = []
        out.append(line)
    return out[:-1]


def _headers(pages: list[list[str]]) -> frozenset[str]:
    alone = Counter(line for page in pages for line in set(page) if line)
    edges = Counter(line for page in pages for line in [*_filled(page)[:1], *_filled(page)[-1:]])
    return frozenset(
        line
        for line, times in alone.items()
        if times >= REPEATED and len(line.split()) <= LONGEST_HEADER_WORDS and edges[line] and line[0].isupper()
    )


def _filled(page: list[str]) -> list[str]:
    return [line for line in page if line]


class _Footnotes:
    """Recognises a footnote by its number coming next in the document, and what runs on below it.

    Where each line is a whole paragraph, plain numbers open list items; only a raised number opens a footnote there.
    """

    def __init__(self, is_unwrapped: bool) -> None:
        self.last = 0
        self.is_running = False
        self.is_unwrapped = is_unwrapped

    def holds(self, line: str) -> bool:
        found = _FOOTNOTE.match(line)
        if self.is_unwrapped:
            return bool(found and found.group(1) in _SUPERSCRIPT)
        number = (_SUPERSCRIPT.get(found.group(1)) or int(found.group(1))) if found else 0
        if self.last < number <= self.last + 2:
            self.last, self.is_running = number, True
        return self.is_running


def _block(page: list[str], headers: frozenset[str], footnotes: _Footnotes) -> Block:
    block = Block()
    footnotes.is_running = False
    gap = False
    for line in page:
        if not line:
            gap, footnotes.is_running = True, False
        elif _is_furniture(line, headers) or footnotes.holds(line):
            block.furniture.append(line)
            gap = gap or not _LABEL.match(line)
        else:
            block.lines.append(Line(line, gap))
            gap = False
    return block


def _is_furniture(line: str, headers: frozenset[str]) -> bool:
    patterns = (_PAGE_NUMBER, _LEADER, _ADDRESS, _LABEL)
    return line in headers or any(pattern.match(line) for pattern in patterns)
