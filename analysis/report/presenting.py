"""What the pages of a report show: key figures, charts and the tables that say the same, all from the frozen figures.

The tables here are also the CSV, so a figure cannot differ between the two. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.canvas import Chart
from analysis.disclosure.published import FEW, LEAST_BASE, Cell, Kind, Row, Table
from analysis.report import charts, findings, presenting_people
from analysis.report.charts import Panel
from analysis.report.findings import in_sentence
from analysis.report.frozen import FIRST_HAND, Report, ThemeName
from analysis.report.grid import NOTHING_HIDDEN, Grid
from analysis.report.presenting_people import PeoplePage
from analysis.report.quarters import words
from analysis.report.tabulating import STATES, VALENCES, VOICES, LeftOut

MOST_IN_PANEL = 6
MOST_BARS = 12  # of further themes; the rest are in the table
MOST_ROWS = 15  # of problems and praise
MOST_PAIRS = 12
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
BREAKDOWNS = {"crime-type": "Type of crime", "area": "Area"}


@dataclass(frozen=True)
class KeyFigure:
    """A number to remember, and what it is a number of."""

    words: str
    label: str
    base: str


@dataclass(frozen=True)
class Page:
    """Everything on the page of one report, in reading order."""

    key_figures: tuple[KeyFigure, ...]
    core: Chart
    further: Chart | None
    beyond: int  # further themes with a figure that are in the table only
    too_few: tuple[str, ...]
    valence: Chart | None
    change: Chart | None
    panels: tuple[tuple[Panel, Chart], ...]
    people: PeoplePage
    grids: dict[str, Grid]


def page(report: Report) -> Page:
    """The page of a report."""
    core, further = report.raised(is_core=True), report.raised(is_core=False)
    shown = [row for row in further if _total(row).kind is Kind.FIGURE]
    split = [row for row in report.first_hand.raised() if any(cell.figure for cell in row.cells[:2])]
    longest = max((charts.size(_total(row)) for row in (*core, *shown)), default=1)
    return Page(
        key_figures=tuple(key_figures(report)),
        core=charts.bars("core", _most(core), core, longest=longest),
        further=charts.bars("further", _most(shown), shown[:MOST_BARS], longest=longest) if shown else None,
        beyond=len(shown[MOST_BARS:]),
        too_few=tuple(row.name for row in further if row not in shown),
        valence=charts.diverging("valence", _extremes(report), split[:MOST_ROWS]) if split else None,
        change=_change(report),
        panels=tuple(charts.multiples("panel", _panels(report))),
        people=presenting_people.page(report.people),
        grids={grid.slug: grid for grid in grids(report)},
    )


def key_figures(report: Report) -> Iterable[KeyFigure]:
    """Up to five numbers for the top of the page, each with its base."""
    own = report.first_hand
    yield KeyFigure(own.contributions.words, "first-hand contributions counted", f"from {own.people.words} people")
    reviewed = own.state("reviewed")
    unread = f"{own.state('machine').words} tagged by machine only"
    yield KeyFigure(reviewed.share_words, "of them with words reviewed by a person", unread)
    raised = own.raised()
    if raised and raised[0].total and raised[0].total.figure:
        top = raised[0].total
        label = f"raised {in_sentence(raised[0].name)}, more than any other theme"
        yield KeyFigure(top.share_words if top.share else top.words, label, f"{top.words} of {own.contributions.words}")
    praised = _largest(report, "praise")
    if praised:
        name, cell = praised
        yield KeyFigure(cell.words, f"praised {in_sentence(name)}, the most praised theme", "first-hand contributions")


def grids(report: Report) -> list[Grid]:
    """Every table of the report, with every row, in the order of the page."""
    return [
        _themes_grid("core", "Themes that continue the findings of the 2020 review", report, is_core=True),
        _themes_grid("further", "Further themes", report, is_core=False),
        _valence_grid(report),
        *_change_grid(report),
        *_breakdown_grid(report),
        _voices_grid(report),
        _other_voices_grid(report),
        *presenting_people.grids(report.people),
        _left_out_grid(report),
    ]


def _themes_grid(slug: str, caption: str, report: Report, *, is_core: bool) -> Grid:
    rows = tuple((row.name, _total(row).words, _total(row).share_words) for row in report.raised(is_core=is_core))
    share = f"Share of {report.first_hand.contributions.words}"
    return Grid(slug, f"{caption}: first-hand contributions", ("Theme", "Contributions", share), rows)


def _valence_grid(report: Report) -> Grid:
    rows = tuple(
        (row.name, *(cell.words for cell in row.cells), row.rest.words if row.rest else NOTHING_HIDDEN)
        for row in report.first_hand.raised()
    )
    headings = ("Theme", *VALENCES.values(), "Hidden cells together")
    return Grid("valence", "Themes by how the experience was: first-hand contributions", headings, rows)


def _change_grid(report: Report) -> Iterable[Grid]:
    if len(report.by_quarter.columns) < 2:
        return
    rows = tuple(
        (row.name, *(part for cell in row.cells for part in (cell.words, cell.share_words)))
        for row in sorted(report.by_quarter.rows, key=lambda row: -(row.cells[-1].figure or 0))
    )
    quarters = [slug for slug, _ in report.by_quarter.columns]
    headings = ("Theme", *(f"{words(slug)}: {part}" for slug in quarters for part in ("contributions", "share")))
    yield Grid("change", "Themes by quarter: first-hand contributions", headings, rows)


def _breakdown_grid(report: Report) -> Iterable[Grid]:
    if report.by_category is None or report.sizes is None:
        return
    sizes = report.sizes.rows[0].cells
    base = ("All contributions", *(cell.words for cell in sizes))
    rows = (base, *((row.name, *map(_with_share, row.cells)) for row in _raised_order(report, report.by_category)))
    headings = ("Theme", *(name for _, name in report.sizes.columns))
    yield Grid("breakdown", f"Themes by {breakdown_name(report).lower()}: first-hand contributions", headings, rows)


def _voices_grid(report: Report) -> Grid:
    rows = tuple(
        (name, found.people.words, found.contributions.words, found.statements.words,
         *(_with_share(found.state(state)) for state in STATES))
        for name, found in ((VOICES[voice], report.voices[voice]) for voice in report.voices)
    )  # fmt: skip
    headings = ("Whose experience", "People", "Contributions", "Statements", *STATES.values())
    caption = "The three kinds of voice are counted apart and never added"
    return Grid("voices", caption, headings, rows, is_whole=True)


def _other_voices_grid(report: Report) -> Grid:
    others = [voice for voice in report.voices if voice != FIRST_HAND]
    rows = tuple(
        (theme.name, *(_total(report.voices[voice].valence.row(theme.slug)).words for voice in others))
        for theme in _by_other_voices(report, others)
    )
    headings = ("Theme", *(VOICES[voice] for voice in others))
    return Grid("other_voices", "Themes in contributions that are not first-hand", headings, rows)


def _left_out_grid(report: Report) -> Grid:
    reasons = [(reason.name.lower().replace("_", "-"), reason.value) for reason in LeftOut]
    rows = tuple(
        (
            name[:1].upper() + name[1:],
            *(cell.words for cell in report.left_out.column(slug)),
            report.left_out_for(slug).words,
        )
        for slug, name in reasons
    )
    headings = ("Why", *(words(row.slug) for row in report.left_out.rows), "Together")
    return Grid("left_out", "Contributions received and not counted", headings, rows, is_whole=True)


def breakdown_name(report: Report) -> str:
    """The breakdown as a reader calls it."""
    return BREAKDOWNS.get(report.breakdown, report.breakdown.replace("-", " ").capitalize())


def _raised_order(report: Report, table: Table) -> list[Row]:
    return [table.row(row.slug) for row in report.first_hand.raised()]


def _by_other_voices(report: Report, others: Sequence[str]) -> list[ThemeName]:
    def size(theme: ThemeName) -> int:
        return sum(_total(report.voices[voice].valence.row(theme.slug)).figure or 0 for voice in others)

    return sorted(report.themes, key=lambda theme: -size(theme))


def _change(report: Report) -> Chart | None:
    found = sorted(findings.changes(report), key=lambda change: -change.after)[:MOST_PAIRS]
    if not found:
        return None
    clear = sum(change.is_clear for change in found)
    pairs = [(report.theme(change.theme).name, change) for change in found]
    quarters = (words(found[0].earlier), words(found[0].later))
    number = NUMBERS[clear] if clear < len(NUMBERS) else f"{clear}"
    said = f"{number} theme{'' if clear < 2 else 's'} changed by more than rounding can explain"
    return charts.dot_pairs("change", said, pairs, quarters)


def _panels(report: Report) -> list[Panel]:
    """The categories large enough for shares, each with its most raised themes."""
    if report.by_category is None or report.sizes is None:
        return []
    rows = _raised_order(report, report.by_category)[:MOST_IN_PANEL]
    found: list[tuple[int, Panel]] = []
    for number, ((slug, name), base) in enumerate(zip(report.sizes.columns, report.sizes.rows[0].cells, strict=True)):
        if slug and base.figure and base.figure >= LEAST_BASE:
            bars = tuple((row.name, row.cells[number]) for row in rows)
            found.append((base.figure, Panel(name, base.words, bars)))
    return [panel for _, panel in sorted(found, key=lambda pair: -pair[0])]


def _most(rows: Sequence[Row]) -> str:
    top = rows[0] if rows else None
    if top is None or _total(top).figure is None:
        return "No theme was raised in ten first-hand contributions"
    share = _total(top).share
    return f"{top.name} was raised {'in ' + str(share) + '% of' if share else 'most often in'} first-hand contributions"


def _extremes(report: Report) -> str:
    worst, best = (_largest(report, column) for column in ("problem", "praise"))
    problem = f"Most problems: {in_sentence(worst[0])}" if worst else "No theme had ten problems"
    praise = f"most praise: {in_sentence(best[0])}" if best else "no theme was praised by ten contributions"
    return f"{problem}; {praise}"


def _largest(report: Report, column: str) -> tuple[str, Cell] | None:
    cells = zip(report.first_hand.valence.rows, report.first_hand.valence.column(column), strict=True)
    found = [(row.name, cell) for row, cell in cells if cell.figure]
    return max(found, key=lambda pair: pair[1].figure or 0) if found else None


def _with_share(cell: Cell) -> str:
    return f"{cell.words} ({cell.share}%)" if cell.share is not None else cell.words


def _total(row: Row) -> Cell:
    return row.total or FEW
