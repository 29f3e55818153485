"""Which agency, stage of a case and kind of crime a statement speaks of, by patterns kept as data; never published.

What is found is a help to somebody who reads evidence. A statement that names no agency may be about one all the same.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml

from analysis.pipeline import lexicon
from analysis.pipeline.phrases import Lexicon, PatternInvalid, parse
from analysis.pipeline.statements import statements
from analysis.pipeline.tokens import tokens, words

FILE = resources.files("analysis.codebook") / "data" / "speaks_of.yaml"


class Kind(StrEnum):
    """What sort of thing is spoken of."""

    AGENCY = "agency"
    STAGE = "stage"
    CRIME = "crime"


@dataclass(frozen=True)
class Subject:
    """One thing that may be spoken of: matched by `when`, taken back by an overlapping `unless`."""

    kind: Kind
    slug: str
    name: str
    when: re.Pattern[str] = field(repr=False)
    unless: re.Pattern[str] | None = field(repr=False)

    def is_in(self, line: str) -> bool:
        """Whether a line of plain words speaks of it; see `analysis.pipeline.tokens.Words`."""
        found = [match.span() for match in self.when.finditer(line)]
        taken = [match.span() for match in self.unless.finditer(line)] if found and self.unless else []
        return any(not any(start < other and at < end for at, other in taken) for start, end in found)


def speaks_of(text: str) -> tuple[Subject, ...]:
    """What a statement, or several, speak of, in the order of the file."""
    found = tokens(text)
    line = words(found, {one.start for one in statements(text, found)}).line
    return tuple(subject for subject in subjects() if subject.is_in(line))


@cache
def subjects() -> tuple[Subject, ...]:
    """Everything that may be spoken of. Raises PatternInvalid, naming the entry, if one cannot be read."""
    told: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(read(Kind(kind), slug, entry) for kind, entries in told.items() for slug, entry in entries.items())


def read(kind: Kind, slug: str, entry: dict[str, Any]) -> Subject:
    """One entry of the file. Raises PatternInvalid if it has a key it should not have, or a pattern cannot be read."""
    if not {"name", "when"} <= entry.keys() <= {"name", "when", "unless"}:
        raise PatternInvalid(f"{kind} {slug}: an entry has name, when and perhaps unless.")
    unless = entry.get("unless")
    return Subject(kind, slug, entry["name"], _compiled(entry["when"]), _compiled(unless) if unless else None)


def _compiled(patterns: list[str]) -> re.Pattern[str]:
    words_known = Lexicon({}, lexicon.forms, lexicon.share)
    parts = [parse(pattern, words_known) for pattern in patterns]
    if any(len(one) > 1 for one in parts):
        raise PatternInvalid("a pattern of speaks_of.yaml has no “&”.")
    return re.compile("|".join(f"(?:{one[0].source})" for one in parts))
