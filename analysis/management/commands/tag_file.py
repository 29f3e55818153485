"""Tags a file of {"id", "text"} lines."""

from collections.abc import Mapping
from typing import Any

from feedback.jsonl import Line
from feedback.linewise import LinewiseCommand


class Command(LinewiseCommand):
    """Writes {"id", "themes"} for every good line; names the bad lines by number and ends with status 1."""

    help = "Tag a file of {id, text} lines with themes, valence and evidence. Offsets are code points."
    doing = "Tagging"

    def change(self, line: Line) -> Mapping[str, Any]:
        """The line as `tagged` makes it."""
        return tagged(line)


def tagged(line: Line) -> Mapping[str, Any]:
    """What is written for a line: each theme with its valence, its score, who says so, and the words that show it."""
    from analysis.codebook import load
    from analysis.pipeline import analyse

    themes = [
        {
            "theme": tag.theme,
            "valence": tag.valence,
            "score": tag.score,
            "source": tag.source,
            "start": tag.start,
            "end": tag.end,
            "text": line.text[tag.start : tag.end],
        }
        for tag in analyse(line.text, load()).tags
    ]
    return {"id": line.id, "themes": themes}
