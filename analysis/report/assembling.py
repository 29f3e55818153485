"""From exact counts to a report that may be frozen: protect, keep what must not move, and audit it all together.

Loads scipy through the audit, so only the worker and commands import it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.disclosure.audit import Contradiction, Split, exposed
from analysis.disclosure.gate import protect
from analysis.disclosure.published import Cell, Row, Table
from analysis.report import findings, tabulating
from analysis.report.frozen import FIRST_HAND, Method, Report, ThemeName, VoiceFigures
from analysis.report.people import PeopleCounted, who_answered
from analysis.report.tabulating import Heard

NOT_SAID = ("", "Not said")
STATE = "state"  # reviewed or not: a count of our own work, which may be none
EVERYONE = "everyone"  # the subject of the counts themselves, beside the themes


class Disclosive(Exception):
    """A report cannot be released beside the earlier ones without giving a small number away."""


@dataclass(frozen=True)
class Plan:
    """What a release is to show."""

    quarters: tuple[str, ...]
    breakdown: str
    categories: Mapping[str, str]
    themes: tuple[ThemeName, ...]
    method: Method
    people: PeopleCounted = field(default_factory=PeopleCounted)


@dataclass(frozen=True)
class Earlier:
    """A report released before, and where too little has changed since for its figures to move.

    `steady` names the quarters whose own figures stay; `is_steady` says it of everything split over the whole period.
    """

    number: int
    report: Report
    steady: frozenset[str]
    is_steady: bool


def assemble(heard: Sequence[Heard], plan: Plan, earlier: Sequence[Earlier]) -> Report:
    """The report of these contributions, safe to print beside every earlier one; the latest earlier report first.

    If fewer than ten contributions have changed since a report of the same quarters and breakdown, its figures stay.
    """
    people = who_answered(plan.people)
    same = unchanged(plan, earlier)
    if same:
        method = replace(plan.method, figures_of=same.report.method.figures_of or same.number)
        return replace(same.report, method=method, people=people)
    return replace(_worded(audited(_keep(_protect(heard, plan), earlier), earlier)), people=people)


def unchanged(plan: Plan, earlier: Sequence[Earlier]) -> Earlier | None:
    """The earlier report of the same quarters and breakdown, if too little has changed since to move any figure."""
    for one in earlier:
        if set(one.report.quarters) == set(plan.quarters) and one.report.breakdown == plan.breakdown:
            return one if one.is_steady else None
    return None


def steady_source(quarter: str, earlier: Sequence[Earlier]) -> Earlier | None:
    """The latest earlier report from which a quarter's figures are kept, if too little has changed in it."""
    return next((one for one in earlier if quarter in one.steady), None)


def audited(report: Report, earlier: Sequence[Earlier]) -> Report:
    """The report without the rows that, beside its own and earlier figures, would give a hidden count away.

    The finer figure goes first: the change between quarters, then the breakdown, then the theme itself. Raises
    Disclosive if that is not enough.
    """
    past = [split for one in earlier for split in splits(one.report)]
    for withhold in (_without_quarters, _without_breakdown, _without_themes):
        narrow = _exposed(splits(report), past)
        if not narrow:
            return report
        report = withhold(report, narrow)
    if _exposed(splits(report), past):
        raise Disclosive("Even with every split withheld, these figures would give a small number away.")
    return report


def splits(report: Report) -> list[Split]:
    """Every published row that shares contributions with another, as the audit reads it."""
    found = []
    for voice, figures in report.voices.items():
        found += [_split((voice, EVERYONE, STATE), [row.slug], figures.states, row) for row in figures.states.rows]
        valence = figures.valence
        found += [_split((voice, row.slug, "valence"), report.quarters, valence, row) for row in valence.rows]
    if report.sizes and report.by_category:
        for table, subject in ((report.sizes, EVERYONE), (report.by_category, "")):
            found += [
                _split((FIRST_HAND, subject or row.slug, report.breakdown), report.quarters, table, row)
                for row in table.rows
            ]
    for row in report.by_quarter.rows:
        for (quarter, _), cell in zip(report.by_quarter.columns, row.cells, strict=True):
            if not cell.is_about:  # made of figures that are in print already
                found.append(Split(f"{FIRST_HAND}:{row.slug}", frozenset({quarter}), "", (("", cell),)))
    return found


def _protect(heard: Sequence[Heard], plan: Plan) -> Report:
    names = {theme.slug: theme.name for theme in plan.themes}
    voices = {voice: _voice(tabulating.spoken(heard, voice), plan, names) for voice in tabulating.VOICES}
    own = tabulating.spoken(heard, FIRST_HAND)
    sizes, by_category = _breakdown(own, plan, names)
    several = plan.quarters if len(plan.quarters) > 1 else ()
    bases = {quarter: voices[FIRST_HAND].in_quarter(quarter) for quarter in several}
    return Report(
        quarters=plan.quarters,
        breakdown=plan.breakdown,
        themes=plan.themes,
        voices=voices,
        left_out=protect(tabulating.left_out(heard, plan.quarters)),
        by_quarter=protect(tabulating.by_quarter(own, names, several), bases=bases),
        sizes=sizes,
        by_category=by_category,
        method=plan.method,
    )


def _voice(own: Sequence[Heard], plan: Plan, names: Mapping[str, str]) -> VoiceFigures:
    states = protect(tabulating.states(own, plan.quarters))
    further = protect(tabulating.further(own, plan.quarters))
    valence = protect(tabulating.by_valence(own, names))
    return VoiceFigures(states, further, valence)


def _breakdown(own: Sequence[Heard], plan: Plan, names: Mapping[str, str]) -> tuple[Table | None, Table | None]:
    if not plan.breakdown:
        return None, None
    categories = dict([*plan.categories.items(), NOT_SAID])
    sizes = protect(tabulating.sizes(own, categories))
    return sizes, protect(tabulating.by_category(own, names, categories))


def _keep(report: Report, earlier: Sequence[Earlier]) -> Report:
    """The report with the earlier figures of each quarter in which too little has changed."""
    for quarter in report.quarters:
        source = steady_source(quarter, earlier)
        if source:
            report = _with_quarter(report, source.report, quarter)
    return _with_shares(report)


def _with_quarter(report: Report, source: Report, quarter: str) -> Report:
    voices = {
        voice: replace(
            figures,
            states=_with_row(figures.states, source.voices[voice].states.row(quarter)),
            further=_with_row(figures.further, source.voices[voice].further.row(quarter)),
        )
        for voice, figures in report.voices.items()
    }
    left_out = _with_row(report.left_out, source.left_out.row(quarter))
    by_quarter = _with_column(report.by_quarter, quarter, _theme_cells(source, quarter))
    return replace(report, voices=voices, left_out=left_out, by_quarter=by_quarter)


def _theme_cells(source: Report, quarter: str) -> dict[str, Cell]:
    """What a report says of each theme in one of its quarters."""
    if source.quarters == (quarter,):
        return {row.slug: row.total for row in source.first_hand.valence.rows if row.total}
    cells = source.by_quarter.column(quarter)
    return {row.slug: cell for row, cell in zip(source.by_quarter.rows, cells, strict=True)}


def _with_row(table: Table, kept: Row) -> Table:
    return replace(table, rows=tuple(kept if row.slug == kept.slug else row for row in table.rows))


def _with_column(table: Table, slug: str, kept: Mapping[str, Cell]) -> Table:
    place = next((number for number, (name, _) in enumerate(table.columns) if name == slug), None)
    if place is None:
        return table
    rows = (
        replace(row, cells=(*row.cells[:place], kept.get(row.slug, row.cells[place]), *row.cells[place + 1 :]))
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _with_shares(report: Report) -> Report:
    """Shares of the bases as they stand now."""
    voices = {
        voice: replace(
            figures, valence=_shares(figures.valence, [figures.contributions] * len(figures.valence.columns))
        )
        for voice, figures in report.voices.items()
    }
    bases = [voices[FIRST_HAND].in_quarter(quarter) for quarter, _ in report.by_quarter.columns]
    by_category = report.by_category and report.sizes and _shares(report.by_category, report.sizes.rows[0].cells)
    return replace(report, voices=voices, by_quarter=_shares(report.by_quarter, bases), by_category=by_category or None)


def _shares(table: Table, bases: Sequence[Cell]) -> Table:
    rows = (
        replace(
            row,
            cells=tuple(cell.out_of(base) for cell, base in zip(row.cells, bases, strict=True)),
            rest=row.rest.out_of(bases[0]) if row.rest else None,
            total=row.total.at_most(bases[0]).out_of(bases[0]) if row.total else None,
        )
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _worded(report: Report) -> Report:
    return replace(report, headline=findings.headline(report), findings=findings.sentences(report))


def _exposed(now: Sequence[Split], past: Sequence[Split]) -> set[str]:
    """The subjects of which the figures give something away."""
    narrow = set()
    for subject in dict.fromkeys(split.subject for split in now):
        own = [split for split in now if split.subject == subject]
        before = [split for split in past if split.subject == subject]
        if _gives_away(own, before):
            narrow.add(subject)
    return narrow


def _gives_away(own: list[Split], before: list[Split]) -> bool:
    try:
        return bool(exposed([*own, *before]))
    except Contradiction:
        # Ten or more contributions have changed in between: the old figures are about others.
        return bool(exposed(own))


def _split(about: tuple[str, str, str], quarters: Iterable[str], table: Table, row: Row) -> Split:
    voice, subject, dimension = about
    named = tuple((slug, cell) for (slug, _), cell in zip(table.columns, row.cells, strict=True))
    name = f"{voice}:{subject}"
    return Split(name, frozenset(quarters), dimension, named, row.rest, tells_zeros=dimension == STATE)


def _own(narrow: Iterable[str]) -> set[str]:
    """The themes of first-hand contributions among the subjects."""
    return {theme for voice, theme in (subject.split(":", 1) for subject in narrow) if voice == FIRST_HAND}


def _without_quarters(report: Report, narrow: set[str]) -> Report:
    return replace(report, by_quarter=report.by_quarter.without(_own(narrow)))


def _without_breakdown(report: Report, narrow: set[str]) -> Report:
    if report.by_category is None or report.sizes is None:
        return report
    if EVERYONE in _own(narrow):
        every = [row.slug for row in report.by_category.rows]
        return replace(report, sizes=report.sizes.without(["all"]), by_category=report.by_category.without(every))
    return replace(report, by_category=report.by_category.without(_own(narrow)))


def _without_themes(report: Report, narrow: set[str]) -> Report:
    voices = {}
    for voice, figures in report.voices.items():
        themes = {theme for name, theme in (subject.split(":", 1) for subject in narrow) if name == voice}
        voices[voice] = replace(figures, valence=figures.valence.without(themes))
    return replace(report, voices=voices)
