"""What a report shows of who answered: small charts, and for each question the table that says the same. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.canvas import Chart
from analysis.disclosure.published import FEW, LEAST_BASE, Cell
from analysis.report import charts
from analysis.report.charts import Panel
from analysis.report.frozen import AboutPeople, People
from analysis.report.grid import NOTHING_HIDDEN, Grid
from analysis.report.quarters import half_words

MOST_BARS = 9  # of a longer list only the answers with a figure are drawn; the table has them all


@dataclass(frozen=True)
class PeoplePage:
    """The part of the page about who answered, in reading order."""

    panels: tuple[tuple[Panel, Chart], ...]
    drawn: str  # the half-year of the charts
    grids: tuple[Grid, ...]
    unfinished: tuple[str, ...]  # half-years that are left out


def page(people: People) -> PeoplePage:
    """What a report shows of who answered; nothing to read where nothing was asked."""
    newest = max((one.half for one in people.questions), default="")
    panels = [panel for one in people.questions if one.half == newest for panel in _panel(one)]
    return PeoplePage(
        panels=tuple(charts.multiples("people", panels)),
        drawn=half_words(newest) if newest else "",
        grids=tuple(grids(people)),
        unfinished=tuple(map(half_words, people.unfinished)),
    )


def grids(people: People) -> Iterator[Grid]:
    """One table for each question, with the half-years side by side."""
    found: dict[str, list[AboutPeople]] = {}
    for one in people.questions:  # half-year by half-year
        found.setdefault(one.question, []).append(one)
    for question, halves in found.items():
        yield _grid(question, halves)


def _grid(question: str, halves: Sequence[AboutPeople]) -> Grid:
    named = {slug: name for one in halves for slug, name in one.table.columns}
    rows = [(name, *(part for one in halves for part in _cells(one, slug))) for slug, name in named.items()]
    if any(one.table.rows[0].rest for one in halves):
        rest = (part for one in halves for part in (_rest(one), NOTHING_HIDDEN))
        rows.append(("Hidden answers together", *rest))
    rows.append(("All answers", *(part for one in halves for part in (_base(one).words, NOTHING_HIDDEN))))
    headings = ("Answer", *(f"{half_words(one.half)}: {part}" for one in halves for part in ("answers", "share")))
    return Grid(f"people-{question}", halves[-1].label, headings, tuple(rows), is_whole=True)


def _cells(one: AboutPeople, value: str) -> tuple[str, str]:
    """The count and the share of an answer; a dash where that half-year did not offer it."""
    if value not in {slug for slug, _ in one.table.columns}:
        return NOTHING_HIDDEN, NOTHING_HIDDEN
    (cell,) = one.table.column(value)
    return cell.words, cell.share_words


def _rest(one: AboutPeople) -> str:
    rest = one.table.rows[0].rest
    return rest.words if rest else NOTHING_HIDDEN


def _base(one: AboutPeople) -> Cell:
    return one.table.rows[0].total or FEW


def _panel(one: AboutPeople) -> Iterator[Panel]:
    """The chart of a question that was answered often enough for shares."""
    base = _base(one)
    if base.figure is None or base.figure < LEAST_BASE or one.table.rows[0].is_withheld:
        return
    cells = list(zip((name for _, name in one.table.columns), one.table.rows[0].cells, strict=True))
    bars = cells if len(cells) <= MOST_BARS else [(name, cell) for name, cell in cells if cell.figure is not None]
    yield Panel(one.label, base.words, tuple(bars), shares="answers")
