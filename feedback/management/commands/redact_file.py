"""Redacts a file of {"id", "text"} lines."""

from collections.abc import Mapping
from typing import Any

from feedback.jsonl import Line
from feedback.linewise import LinewiseCommand


class Command(LinewiseCommand):
    """Writes {"id", "text", "spans"} for every good line; names the bad lines by number and ends with status 1."""

    help = "Redact a file of {id, text} lines. Spans are [start, end, kind] in code points of the untouched text."
    doing = "Redacting"

    def change(self, line: Line) -> Mapping[str, Any]:
        """The line as `redacted` makes it."""
        return redacted(line)


def redacted(line: Line) -> Mapping[str, Any]:
    """What is written for a line: its redacted text, and where in the original something was hidden."""
    from feedback.redaction import redact

    result = redact(line.text)
    spans = [[span.start, span.end, span.kind] for span in result.spans]
    return {"id": line.id, "text": result.text, "spans": spans}
