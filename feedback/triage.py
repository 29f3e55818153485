"""Judges, before sealing, whether words may need a person today. Pure Python; the patterns are `data/triage.yaml`.

Recall comes first: a wrong mark costs a reader two minutes, a missed one may cost more than that. Only the urgency and
the flags' names leave this module, never a word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from feedback.resemblance import Likeness, resembles_danger
from feedback.wording import sentences

RULES = Path(__file__).with_name("data") / "triage.yaml"
# The flag of a likeness; the others are heard.
LIKENESS = "sounds-urgent"
MACRO = re.compile(r"\{([a-z][a-z0-9]*)\}")


@dataclass(frozen=True)
class Assessment:
    """How soon a person must look (0 not, 1 soon, 2 now) and which flags say so, in the order of the codebook."""

    urgency: int
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Flag:
    """One flag of the codebook with what it listens for.

    `present` speaks of now. `past` speaks of what happened: it counts one step less, and nothing where the sentences
    around it say that it was long ago. `unless` covers words that only look like the flag, such as
    "not suicidal".
    """

    slug: str
    act: str
    urgency: int
    present: re.Pattern[str] | None
    past: re.Pattern[str] | None
    unless: re.Pattern[str] | None


@dataclass(frozen=True)
class Rules:
    """Every flag, and the words that place a sentence long ago or now."""

    flags: tuple[Flag, ...]
    long_ago: re.Pattern[str]
    recent: re.Pattern[str]


def assess(texts: Sequence[str], likeness: Likeness | None = None) -> Assessment:
    """What triage sees in one contribution's texts, taken together; without a likeness it goes by phrases alone."""
    found: dict[str, int] = {}
    for text in texts:
        for slug, urgency in marks(text):
            found[slug] = max(urgency, found.get(slug, 0))
    if likeness and not any(found.values()) and any(sounds_urgent(text, likeness) for text in texts):
        found[LIKENESS] = 1
    order = [flag.slug for flag in rules().flags]
    return Assessment(max(found.values(), default=0), tuple(sorted(found, key=order.index)))


def sounds_urgent(text: str, likeness: Likeness) -> bool:
    """Whether two sentences together are like what people in danger say, and neither denied nor long ago."""
    said = sentences(text)
    return any(
        resembles_danger(" ".join(said[max(0, position - 1) : position + 1]), likeness)
        and not is_excused(said[position])
        and not is_old(around(said, position), rules())
        for position in range(len(said))
    )


def is_excused(sentence: str) -> bool:
    """Whether something in it only looks like a flag, such as "not suicidal"; a likeness cannot tell that apart."""
    return any(flag.unless.search(sentence) for flag in rules().flags if flag.unless)


def around(said: Sequence[str], position: int) -> str:
    """A sentence with the one before and the one after."""
    return " ".join(said[max(0, position - 1) : position + 2])


def marks(text: str) -> Iterator[tuple[str, int]]:
    """Each flag seen in each sentence, with the urgency it has there."""
    known = rules()
    said = sentences(text)
    for position, sentence in enumerate(said):
        was_long_ago = is_old(around(said, position), known)
        for flag in known.flags:
            urgency = heard(flag, sentence, is_old=was_long_ago)
            if urgency is not None:
                yield flag.slug, urgency


def is_old(plain: str, known: Rules) -> bool:
    """Whether the words place what happened in the past and nothing among them says that it goes on."""
    return bool(known.long_ago.search(plain)) and not known.recent.search(plain)


def heard(flag: Flag, sentence: str, *, is_old: bool) -> int | None:
    """The urgency of this flag in this sentence, or None where it is not there."""
    excused = [match.span() for match in flag.unless.finditer(sentence)] if flag.unless else []
    if matches(flag.present, sentence, excused):
        return flag.urgency
    if not is_old and matches(flag.past, sentence, excused):
        return min(flag.urgency, 1)
    return None


def matches(pattern: re.Pattern[str] | None, sentence: str, excused: list[tuple[int, int]]) -> bool:
    """Whether the pattern is somewhere in the sentence outside the excused stretches."""
    if pattern is None:
        return False
    return any(not any(start <= match.start() < end for start, end in excused) for match in pattern.finditer(sentence))


@cache
def rules() -> Rules:
    """The rules of the data file, compiled once."""
    data = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    words = {name: "(?:" + "|".join(parts) + ")" for name, parts in data["words"].items()}
    return Rules(
        flags=tuple(flag_from(entry, words) for entry in data["flags"]),
        long_ago=compiled(data["long_ago"], words),
        recent=compiled(data["recent"], words),
    )


def flag_from(entry: dict[str, Any], words: dict[str, str]) -> Flag:
    """One flag of the data file; its cues are plain phrases and count as present."""
    cues = [re.escape(" ".join(sentences(cue))).replace(r"\ ", " ") for cue in entry.get("cues", ())]

    def part(name: str, more: Iterable[str] = ()) -> re.Pattern[str] | None:
        patterns = [*more, *entry.get(name, ())]
        return compiled(patterns, words) if patterns else None

    return Flag(
        slug=entry["slug"],
        act=entry["act"],
        urgency=entry["urgency"],
        present=part("present", cues),
        past=part("past"),
        unless=part("unless"),
    )


def compiled(patterns: Iterable[str], words: dict[str, str]) -> re.Pattern[str]:
    """One pattern that matches whole words, `{name}` standing for a named list of the data file."""
    return re.compile(r"(?<!\w)(?:" + "|".join(expanded(pattern, words) for pattern in patterns) + r")(?!\w)")


def expanded(pattern: str, words: dict[str, str]) -> str:
    """The pattern with its named lists written out; lists may name other lists."""
    while MACRO.search(pattern):
        pattern = MACRO.sub(lambda found: words[found[1]], pattern)
    return pattern
