"""Tags a file of {"id", "text"} lines."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from feedback import learned
from feedback.jsonl import Line
from feedback.languages import ENGLISH, UNKNOWN, detect
from feedback.linewise import LinewiseCommand
from feedback.release import LeftOut

if TYPE_CHECKING:
    from analysis.pipeline import Tag


class Command(LinewiseCommand):
    """Writes {"id", "themes"} for every good line; names the bad lines by number and ends with status 1."""

    help = "Tag a file of {id, text} lines with themes, valence and evidence. Offsets are code points."
    doing = "Tagging"

    at_once = 100  # the tagger is about twice as fast with many texts together

    def change(self, line: Line) -> Mapping[str, Any]:
        """The line as `tagged` makes it."""
        return tagged([line])[0]

    def change_all(self, lines: Sequence[Line]) -> Iterable[Mapping[str, Any]]:
        """The lines as `tagged` makes them."""
        return tagged(lines)


def tagged(lines: Sequence[Line]) -> list[Mapping[str, Any]]:
    """What is written for lines: each theme with its valence, its score, who says so, and the words that show it.

    A line that is surely not in English gets no theme, and `left_out` says why.
    """
    from analysis.codebook import load
    from analysis.tagging import analyse_all

    is_read = [detect(line.text, learned.roman_letters()) in {ENGLISH, UNKNOWN} for line in lines]
    texts = [line.text for line, reads in zip(lines, is_read, strict=True) if reads]
    found = iter(analyse_all(texts, load()))
    return [
        {"id": line.id, "themes": _themes(line, next(found).tags)}
        if reads
        else {"id": line.id, "themes": [], "left_out": LeftOut.NOT_ENGLISH.value}
        for line, reads in zip(lines, is_read, strict=True)
    ]


def _themes(line: Line, tags: "Sequence[Tag]") -> list[Mapping[str, Any]]:
    return [
        {
            "theme": tag.theme,
            "valence": tag.valence,
            "score": tag.score,
            "source": tag.source,
            "start": tag.start,
            "end": tag.end,
            "text": line.text[tag.start : tag.end],
        }
        for tag in tags
    ]
