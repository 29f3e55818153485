"""From what each contribution adds to exact tables. Pure: no Django, clock or network.

First-hand, proxy and group voices are never added: every table here is about one of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from analysis.disclosure.gate import Group, RawCell, RawRow, RawTable

VOICES = {
    "first-hand": "First-hand",
    "proxy": "Told for someone else",
    "group": "A group",
}
VALENCES = {"problem": "Problem", "praise": "Praise", "other": "Mixed, suggestion or neutral"}
STATES = {"reviewed": "Words reviewed by a person", "machine": "Tagged by machine, not yet reviewed"}


class LeftOut(StrEnum):
    """Why a contribution is not counted; the value is what a reader is told."""

    NO_CONSENT = "no consent to count it"
    NO_WORDS = "no words, only closed answers"
    NOT_ENGLISH = "not in English: waits for a person who reads the language"
    AWAITING = "not read yet"
    WITHHELD = "withheld by a moderator"
    DAMAGED = "could not be opened: its key is gone"
    REMOVED = "removed after the last day it could be used"


@dataclass(frozen=True)
class Heard:
    """What one contribution adds. `themes` maps a theme to one of `VALENCES`; `left_out` is empty if it is counted."""

    id: UUID
    quarter: str
    voice: str
    people: int = 1
    statements: int = 0
    is_reviewed: bool = False
    category: str = ""
    themes: Mapping[str, str] = field(default_factory=dict)
    left_out: LeftOut | None = None

    def fingerprint(self) -> str:
        """Everything that could change a count, as one line."""
        themes = ",".join(f"{theme}={valence}" for theme, valence in sorted(self.themes.items()))
        facts = (self.quarter, self.voice, self.people, self.statements, self.is_reviewed, self.category)
        return "|".join([*map(str, facts), self.left_out.value if self.left_out else "", themes])


def valence_of(found: Iterable[str]) -> str:
    """What one contribution says of a theme, over all its statements: problem, praise, or other if both or neither."""
    kinds = set(found)
    clear = kinds & {"problem", "praise", "mixed"}
    return clear.pop() if len(clear) == 1 and "mixed" not in clear else "other"


def spoken(heard: Iterable[Heard], voice: str) -> list[Heard]:
    """The counted contributions in one kind of voice."""
    return [one for one in heard if one.voice == voice and one.left_out is None]


def states(heard: Iterable[Heard], quarters: Sequence[str]) -> RawTable:
    """Contributions of one voice by quarter, reviewed or tagged by machine only."""
    seen = Counter((one.quarter, "reviewed" if one.is_reviewed else "machine") for one in heard)
    columns = tuple(Group(slug, name) for slug, name in STATES.items())
    rows = tuple(_row(quarter, quarter, [seen[quarter, state] for state in STATES]) for quarter in quarters)
    return RawTable("states", columns, rows, ("quarter",), tells_zeros=True, adds_up=True)


def further(heard: Sequence[Heard], quarters: Sequence[str]) -> RawTable:
    """By quarter: people beyond one for each contribution, statements, and contributions without a theme."""
    columns = (Group("people", "People beyond one each"), Group("statements", "Statements"), Group("none", "No theme"))
    rows = []
    for quarter in quarters:
        own = [one for one in heard if one.quarter == quarter]
        several = [one.people - 1 for one in own if one.people > 1]
        cells = (
            RawCell(sum(several), len(several)),
            RawCell(sum(one.statements for one in own), len(own)),
            RawCell(sum(not one.themes for one in own)),
        )
        rows.append(RawRow(Group(quarter, quarter), cells))
    return RawTable("further", columns, tuple(rows), ("quarter",), tells_zeros=True)


def left_out(heard: Iterable[Heard], quarters: Sequence[str]) -> RawTable:
    """By quarter, how many contributions were received and not counted, by reason."""
    seen = Counter((one.quarter, one.left_out) for one in heard)
    columns = tuple(Group(reason.name.lower().replace("_", "-"), reason.value) for reason in LeftOut)
    rows = tuple(_row(quarter, quarter, [seen[quarter, reason] for reason in LeftOut]) for quarter in quarters)
    return RawTable("left-out", columns, rows, ("quarter",), tells_zeros=True)


def by_valence(heard: Iterable[Heard], themes: Mapping[str, str]) -> RawTable:
    """Contributions of one voice by theme, each counted once a theme, shared out by valence."""
    seen = Counter(pair for one in heard for pair in one.themes.items())
    columns = tuple(Group(slug, name) for slug, name in VALENCES.items())
    rows = tuple(_row(theme, name, [seen[theme, valence] for valence in VALENCES]) for theme, name in themes.items())
    return RawTable("valence", columns, rows, ("valence",), adds_up=True)


def by_quarter(heard: Iterable[Heard], themes: Mapping[str, str], quarters: Sequence[str]) -> RawTable:
    """Contributions of one voice by theme and quarter."""
    seen = Counter((theme, one.quarter) for one in heard for theme in one.themes)
    columns = tuple(Group(quarter, quarter) for quarter in quarters)
    rows = tuple(_row(theme, name, [seen[theme, quarter] for quarter in quarters]) for theme, name in themes.items())
    return RawTable("quarters", columns, rows, ("quarter",))


def by_category(heard: Sequence[Heard], themes: Mapping[str, str], categories: Mapping[str, str]) -> RawTable:
    """Contributions of one voice by theme and category. A category is a fact others may know, so it has a size."""
    sizes = Counter(one.category for one in heard)
    seen = Counter((theme, one.category) for one in heard for theme in one.themes)
    columns = tuple(Group(slug, name, sizes[slug]) for slug, name in categories.items())
    rows = tuple(_row(theme, name, [seen[theme, slug] for slug in categories]) for theme, name in themes.items())
    return RawTable("breakdown", columns, rows, ("breakdown",))


def sizes(heard: Iterable[Heard], categories: Mapping[str, str]) -> RawTable:
    """Contributions of one voice by category: the bases of `by_category`."""
    seen = Counter(one.category for one in heard)
    columns = tuple(Group(slug, name) for slug, name in categories.items())
    return RawTable("sizes", columns, (_row("all", "All", [seen[slug] for slug in categories]),), ("breakdown",))


def _row(slug: str, name: str, counts: Iterable[int]) -> RawRow:
    return RawRow(Group(slug, name), tuple(RawCell(count) for count in counts))
