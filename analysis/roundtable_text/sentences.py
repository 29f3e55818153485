"""Where the sentences of a paragraph begin and end."""

import re

_END = re.compile(r"[.!?][”’\"')]*\d{0,2}\s+(?=[“‘\"'(]?[A-Z0-9])")
# A full stop after these, or after a number that opens a paragraph, ends no sentence.
_ABBREVIATION = re.compile(r"(?:^\W*\d{1,2}|\b(?:Dr|Mr|Mrs|Ms|St|No|e\.g|i\.e|etc|cf|vs))\.\s+$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of one paragraph, without the spaces between them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text[start : match.end()]):
            continue
        spans.append((start, match.start() + len(match.group().rstrip())))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans
