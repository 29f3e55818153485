"""A theme report as it is frozen: nothing but protected tables and the sentences written from them.

The pages, the charts and the CSV read this and nothing else. Pure: no Django.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.disclosure.published import NONE, Cell, Kind, Row, Table, table_from_json, total

FIRST_HAND = "first-hand"


@dataclass(frozen=True)
class ThemeName:
    """A theme as it was called when the report was frozen; core themes continue the findings of the 2020 review."""

    slug: str
    name: str
    is_core: bool


@dataclass(frozen=True)
class VoiceFigures:
    """What one kind of voice said. Rows of `states` and `further` are quarters, rows of `valence` are themes."""

    states: Table
    further: Table
    valence: Table

    @property
    def contributions(self) -> Cell:
        """How many were counted: the sum of what is published for each quarter."""
        return total(self.in_quarter(row.slug) for row in self.states.rows)

    @property
    def people(self) -> Cell:
        """How many people's experience they tell: one each, and those beyond."""
        return total((self.contributions, total(self.further.column("people"))))

    @property
    def statements(self) -> Cell:
        """How many things were said."""
        return total(self.further.column("statements"))

    @property
    def without_theme(self) -> Cell:
        """How many were read without finding a theme."""
        return total(self.further.column("none"))

    def in_quarter(self, quarter: str) -> Cell:
        """How many were counted in one quarter."""
        return self.states.row(quarter).total or NONE

    def state(self, slug: str) -> Cell:
        """How many are "reviewed" by a person, or tagged by "machine" only, with the share of all."""
        return total(self.states.column(slug)).out_of(self.contributions)

    def raised(self) -> list[Row]:
        """The themes by how many contributions raised them; equals stay in the codebook's order."""
        return sorted(self.valence.rows, key=lambda row: -(row.total.figure or 0) if row.total else 0)


@dataclass(frozen=True)
class Method:
    """How the figures were made, for the note in the margin."""

    codebook_version: str
    codebook_sha256: str
    pipelines: tuple[str, ...]
    earlier: tuple[int, ...] = ()  # the releases it was audited with
    unfinished: str = ""  # the quarter that was not over yet
    figures_of: int | None = None  # the release whose figures were kept, because too little had changed


@dataclass(frozen=True)
class AboutPeople:
    """What was answered to one question about people in one half-year; the table has that half-year as its one row."""

    question: str
    label: str
    half: str
    table: Table

    def as_json(self) -> dict[str, Any]:
        """Plain values for a frozen release."""
        return {**vars(self), "table": self.table.as_json()}


@dataclass(frozen=True)
class People:
    """Who answered, over all consultations of the office, and the half-years left out because they were not over."""

    questions: tuple[AboutPeople, ...] = ()
    unfinished: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values for a frozen release; `people_from_json` gives the same back."""
        return {"questions": [one.as_json() for one in self.questions], "unfinished": list(self.unfinished)}


@dataclass(frozen=True)
class Report:
    """Everything a reader of one release may see, except the quotes, which can be taken back."""

    quarters: tuple[str, ...]
    breakdown: str
    themes: tuple[ThemeName, ...]
    voices: Mapping[str, VoiceFigures]
    left_out: Table
    by_quarter: Table
    sizes: Table | None
    by_category: Table | None
    method: Method
    headline: str = ""
    findings: tuple[str, ...] = field(default_factory=tuple)
    people: People = field(default_factory=People)

    @property
    def first_hand(self) -> VoiceFigures:
        """The voice the shares are of."""
        return self.voices[FIRST_HAND]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was counted."""
        return all(figures.contributions.kind is Kind.NONE for figures in self.voices.values())

    def theme(self, slug: str) -> ThemeName:
        """The theme with this slug. Raises KeyError if there is none."""
        return {theme.slug: theme for theme in self.themes}[slug]

    def raised(self, *, is_core: bool) -> list[Row]:
        """The core or the further themes of first-hand contributions, the most raised first."""
        return [row for row in self.first_hand.raised() if self.theme(row.slug).is_core == is_core]

    def left_out_for(self, reason: str) -> Cell:
        """How many contributions were left out for one reason, over all quarters."""
        return total(self.left_out.column(reason))

    def as_json(self) -> dict[str, Any]:
        """Plain values for a frozen release; `report_from_json` gives the same report back."""
        return {
            "quarters": list(self.quarters),
            "breakdown": self.breakdown,
            "themes": [vars(theme) for theme in self.themes],
            "voices": {
                voice: {name: table.as_json() for name, table in vars(figures).items()}
                for voice, figures in self.voices.items()
            },
            "left_out": self.left_out.as_json(),
            "by_quarter": self.by_quarter.as_json(),
            "sizes": self.sizes.as_json() if self.sizes else None,
            "by_category": self.by_category.as_json() if self.by_category else None,
            "method": {
                **vars(self.method),
                "pipelines": list(self.method.pipelines),
                "earlier": list(self.method.earlier),
            },
            "headline": self.headline,
            "findings": list(self.findings),
            "people": self.people.as_json(),
        }


def report_from_json(data: Mapping[str, Any]) -> Report:
    """The report that `Report.as_json` wrote."""
    method = data["method"]
    return Report(
        quarters=tuple(data["quarters"]),
        breakdown=data["breakdown"],
        themes=tuple(ThemeName(**theme) for theme in data["themes"]),
        voices={
            voice: VoiceFigures(**{name: table_from_json(table) for name, table in figures.items()})
            for voice, figures in data["voices"].items()
        },
        left_out=table_from_json(data["left_out"]),
        by_quarter=table_from_json(data["by_quarter"]),
        sizes=table_from_json(data["sizes"]) if data["sizes"] else None,
        by_category=table_from_json(data["by_category"]) if data["by_category"] else None,
        method=Method(**{**method, "pipelines": tuple(method["pipelines"]), "earlier": tuple(method["earlier"])}),
        headline=data["headline"],
        findings=tuple(data["findings"]),
        people=people_from_json(data.get("people", {})),  # reports of before have none
    )


def people_from_json(data: Mapping[str, Any]) -> People:
    """What `People.as_json` wrote; nothing where a report has nothing of the kind."""
    questions = tuple(
        AboutPeople(**{**one, "table": table_from_json(one["table"])}) for one in data.get("questions", ())
    )
    return People(questions, tuple(data.get("unfinished", ())))


def hidden_counts(report: Report) -> dict[str, int]:
    """How many cells were hidden for which reason, over all tables of the report."""
    tables: Sequence[Table | None] = (
        *(table for figures in report.voices.values() for table in (figures.states, figures.further, figures.valence)),
        report.left_out,
        report.by_quarter,
        report.sizes,
        report.by_category,
        *(one.table for one in report.people.questions),
    )
    found: dict[str, int] = {}
    for table in tables:
        for reason, number in (table.hidden if table else {}).items():
            found[reason] = found.get(reason, 0) + number
    return found
