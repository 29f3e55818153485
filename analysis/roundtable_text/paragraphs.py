"""Builds paragraphs from lines: columns undone, list items and titles apart, and halves joined over a page's end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.roundtable_text.columns import untangle
from analysis.roundtable_text.continuity import Habits
from analysis.roundtable_text.lines import (
    MOST_PLAIN_WORDS,
    Line,
    is_attribution,
    is_finished,
    looks_like_heading,
    quote_balance,
    starts_afresh,
    wants_more,
)
from analysis.roundtable_text.pages import Block

# A last line shorter than this share of its stream's usual width ends a paragraph.
SHORT_LINE = 0.8
# A paragraph broken off goes on in its own block or one of its neighbours, nowhere further.
REACH = 1
MOST_TITLE_LINES = 2
# From this score on two lines read on, whatever their capitals say.
READS_ON = 0.5
MOST_WORDS_ALONE = 6
# A first line of so few words, with a sentence opening or a line twice as long below it, is the title over it.
MOST_WORDS_OVER = 7


@dataclass(frozen=True)
class Paragraph:
    """Some lines that belong together; `is_title` when they stand alone as one."""

    block: int
    lines: tuple[str, ...]
    is_title: bool = False
    is_furniture: bool = False

    @property
    def text(self) -> str:
        """The lines as one, a word parted by a hyphen at a line's end left as it was printed."""
        return " ".join(self.lines)


def paragraphs(blocks: Sequence[Block], *, is_unwrapped: bool) -> list[Paragraph]:
    """Every paragraph of the document in reading order, furniture after the text of its block."""
    habits = Habits.of([line.text for block in blocks for line in block.lines])
    found: list[Paragraph] = []
    for number, block in enumerate(blocks):
        if is_unwrapped:
            here = [_paragraph(number, [line]) for line in block.lines]
        else:
            here = _of_block(number, block, habits)
        found += [*here, *(Paragraph(number, (line,), is_furniture=True) for line in block.furniture)]
    return found if is_unwrapped else _stitched(found, habits)


def _of_block(number: int, block: Block, habits: Habits) -> list[Paragraph]:
    found = [
        paragraph
        for stream in untangle(block.lines, habits)
        for paragraph in (_paragraph(number, lines) for lines in _cut(stream, habits))
    ]
    # A title printed after the columns it stands over was laid out in a box of its own.
    last = block.lines[-1].text if block.lines else ""
    titles = [paragraph for paragraph in found if paragraph.is_title and paragraph.lines[-1] == last]
    if not titles or found[0].is_title:
        return found
    return [titles[-1], *(paragraph for paragraph in found if paragraph is not titles[-1])]


def _paragraph(block: int, lines: Sequence[Line]) -> Paragraph:
    words = tuple(line.text for line in lines if not is_attribution(line.text))
    most = MOST_WORDS_ALONE if len(words) == 1 else MOST_PLAIN_WORDS
    is_title = len(words) <= MOST_TITLE_LINES and looks_like_heading(" ".join(words), most_plain_words=most)
    return Paragraph(block, words, is_title=is_title and not any(word.endswith(",") for word in words))


def _cut(stream: Sequence[Line], habits: Habits) -> list[list[Line]]:
    width = max(len(line.text) for line in stream)
    out: list[list[Line]] = [[stream[0]]]
    for before, line in pairwise(stream):
        if not is_attribution(line.text) and (
            starts_afresh(line.text)
            or _ends_here(before, line, width)
            or _is_title_over(out[-1], line, habits)
            or _item_ends(out[-1], line, habits)
        ):
            out.append([])
        out[-1].append(line)
    return [part for part in out if not all(is_attribution(line.text) for line in part)]


def _ends_here(before: Line, line: Line, width: int) -> bool:
    if not line.text[:1].isupper():
        return False
    if is_finished(before.text):
        return line.after_gap or len(before.text) < SHORT_LINE * width
    return line.after_gap and not wants_more(before.text)


def _is_title_over(part: list[Line], line: Line, habits: Habits) -> bool:
    title = part[0].text
    if len(part) > 1 or not line.text[:1].isupper() or not title[:1].isupper() or is_finished(title):
        return False
    if looks_like_heading(title) and not wants_more(title):
        return True
    opens = habits.opens_sentence(line.text) and habits.score(title, line.text) < READS_ON
    stands_over = opens or 2 * len(title) < len(line.text)
    return stands_over and len(title.split()) <= MOST_WORDS_OVER and not wants_more(title)


def _item_ends(part: list[Line], line: Line, habits: Habits) -> bool:
    """Whether a list item without a full stop is over because this line opens a sentence."""
    before = part[-1].text
    return (
        starts_afresh(part[0].text)
        and not part[0].text.startswith("“")
        and line.text[:1].isupper()
        and not is_finished(before)
        and not wants_more(before)
        and habits.opens_sentence(line.text)
        and habits.score(before, line.text) < READS_ON
    )


def _stitched(found: list[Paragraph], habits: Habits) -> list[Paragraph]:
    """Paragraphs that start in the middle of a sentence joined to the one that breaks off before them."""
    out = list(found)
    for tail in found:
        if not _starts_midway(tail):
            continue
        heads = [
            head for head in out if head is not tail and _breaks_off(head) and abs(head.block - tail.block) <= REACH
        ]
        fits = {id(head): _fit(head, tail, habits) for head in heads}
        best = max(heads, key=lambda head: fits[id(head)], default=None)
        if best is None or fits[id(best)] <= 0 or tail not in out:
            continue
        out[_place(out, best)] = replace(best, lines=(*best.lines, *tail.lines), is_title=False)
        del out[_place(out, tail)]
    return out


def _place(found: list[Paragraph], wanted: Paragraph) -> int:
    return next(place for place, paragraph in enumerate(found) if paragraph is wanted)


def _starts_midway(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return not paragraph.is_furniture and text[:1].islower()


def _breaks_off(paragraph: Paragraph) -> bool:
    return not paragraph.is_furniture and not paragraph.is_title and not is_finished(paragraph.text)


def _fit(head: Paragraph, tail: Paragraph, habits: Habits) -> float:
    fit = habits.score(head.lines[-1], tail.lines[0])
    quotation = quote_balance(head.text) > 0
    return fit + (3.0 if quotation == (quote_balance(tail.text) < 0) else -3.0) - 0.5 * abs(head.block - tail.block)
