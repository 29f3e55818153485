"""Lists the statements of a published review that are tagged, without any tag: what a person codes blind.

Usage: python -m tools.list_statements REVIEW.txt STATEMENTS.jsonl
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from analysis.roundtable_text import TAGGED, Part, read, sentences

ID_DIGITS = 16
# Shorter ones are list entries and labels; nobody said anything in them.
FEWEST_WORDS = 4


@dataclass(frozen=True)
class Listed:
    """One statement of a review: its id, and where it stands."""

    id: str
    part: Part
    start: int
    end: int
    text: str = field(repr=False)


def listed(review: str) -> Iterator[Listed]:
    """Each statement of the review's text and quotations once, in reading order."""
    seen: set[str] = set()
    for part in read(review):
        for start, end in sentences(part.text) if part.kind in TAGGED else []:
            text = part.text[start:end]
            key = statement_id(text)
            if len(text.split()) >= FEWEST_WORDS and key not in seen:
                seen.add(key)
                yield Listed(key, part, start, end, text)


def statement_id(text: str) -> str:
    """The start of the sha256 of a statement's words, whatever their capitals and spaces."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()[:ID_DIGITS]


def main(arguments: list[str] | None = None) -> int:
    """Write one JSON line for each statement; 0 if all went well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("review", type=Path)
    parser.add_argument("statements", type=Path)
    options = parser.parse_args(arguments)
    found = list(listed(options.review.read_text(encoding="utf-8")))
    lines = [json.dumps({"id": one.id, "section": one.part.section, "text": one.text}) for one in found]
    options.statements.write_text("\n".join([*lines, ""]), encoding="utf-8")
    print(f"{len(found)} statements written to {options.statements}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
