"""What a report says and draws, from made-up contributions and without a database."""

import json
import re
import uuid
import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from analysis.disclosure.published import Cell, Kind
from analysis.report import charts, findings, presenting
from analysis.report.assembling import Plan, assemble
from analysis.report.exporting import as_csv, harmless
from analysis.report.findings import in_sentence, share_range
from analysis.report.frozen import Method, ThemeName, hidden_counts, report_from_json
from analysis.report.presenting import Grid
from analysis.report.quarters import NotAQuarter, after, before, between, first_day, period_words, quarter_of, words
from analysis.report.tabulating import Heard, LeftOut

SVG = "{http://www.w3.org/2000/svg}"
THEMES = (
    ThemeName("contact", "Contact", True),
    ThemeName("delay", "Delay & waiting", True),
    ThemeName("cps", "CPS decisions", False),
    ThemeName("rare", "Rare", False),
)
Q3, Q4 = "2026-Q3", "2026-Q4"


def heard(number, themes=None, quarter=Q3, **facts):
    return [
        Heard(uuid.uuid4(), quarter, **{"voice": "first-hand", "themes": themes or {}, **facts}) for _ in range(number)
    ]


def report(own, quarters=(Q3, Q4), breakdown="crime-type"):
    categories = {"stalking": "Stalking", "hate-crime": "Hate crime"}
    return assemble(own, Plan(quarters, breakdown, categories, THEMES, Method("1", "abc", ("rules",))), [])


@pytest.fixture(scope="module")
def full():
    """Contact goes from 20% to 60%; delay is praised; CPS is raised a little; rare is rare."""
    return report(
        [
            *heard(20, {"contact": "problem"}, category="stalking", statements=2),
            *heard(80, {"delay": "praise"}, category="stalking", statements=2, is_reviewed=True),
            *heard(60, {"contact": "problem", "cps": "other"}, Q4, category="stalking", statements=2),
            *heard(15, {"cps": "problem"}, Q4, category="hate-crime"),
            *heard(25, {}, Q4),
            *heard(3, {"rare": "problem"}, Q4),
            *heard(40, {"contact": "problem"}, voice="proxy", people=2),
            *heard(12, left_out=LeftOut.NO_CONSENT),
        ]
    )


@pytest.fixture(scope="module")
def empty():
    return report(heard(14, left_out=LeftOut.NOT_ENGLISH))


def test_a_report_is_the_same_after_it_was_written_down(full, empty):
    for one in (full, empty):
        assert report_from_json(json.loads(json.dumps(one.as_json()))) == one


def test_the_headline_says_the_largest_clear_change(full):
    assert full.headline == (
        "Contact was raised in 57% of first-hand contributions in October to December 2026, "
        "up from 20% in July to September 2026."
    )


def test_without_a_change_the_headline_says_what_was_raised_most():
    one = report(heard(60, {"contact": "problem"}) + heard(40, {}), quarters=(Q3,))
    assert one.headline == "Contact was raised most often: in 65% of first-hand contributions (about 65 of 100)."


def test_on_a_small_base_the_headline_has_no_share():
    one = report(heard(20, {"contact": "problem"}), quarters=(Q3,))
    assert one.headline == "Contact was raised most often: in about 20 first-hand contributions."


def test_the_headline_says_when_nothing_can_be_published(empty):
    assert empty.headline == "Nothing has been counted in this period yet."
    few = report(heard(9, {"contact": "problem"}), quarters=(Q3,))
    assert few.headline == "Too few first-hand contributions raised any one theme to publish a figure."


def test_a_change_that_rounding_could_explain_is_not_news():
    one = report(
        heard(20, {"contact": "problem"}) + heard(80) + heard(23, {"contact": "problem"}, Q4) + heard(77, {}, Q4)
    )
    assert [change.is_clear for change in findings.changes(one) if change.theme == "contact"] == [False]
    assert "most often" in one.headline


def test_what_went_wrong_and_well_is_said_in_sentences(full):
    assert full.findings == (
        "Problems were raised most often with contact (80 contributions) and CPS decisions (15).",
        "Praise was given most often to delay & waiting (80 contributions).",
    )


def test_no_sentence_holds_a_number_that_is_not_in_a_table(full):
    said = " ".join((full.headline, *full.findings))
    printed = {
        value for grid in presenting.grids(full) for row in grid.rows for value in re.findall(r"\d+", " ".join(row))
    }
    years = {"2026"}
    assert set(re.findall(r"\d+", said)) <= printed | years


@pytest.mark.parametrize(
    ("cell", "base", "between_"),
    [
        (Cell(Kind.FIGURE, 20), Cell(Kind.FIGURE, 100), (17, 23)),
        (Cell(Kind.FIGURE, 20, is_about=True), Cell(Kind.FIGURE, 100), (12, 28)),
        (Cell(Kind.FIGURE, 100), Cell(Kind.FIGURE, 100), (96, 100)),
    ],
)
def test_a_share_stands_for_every_share_that_rounding_allows(cell, base, between_):
    assert share_range(cell, base) == between_


@pytest.mark.parametrize(("name", "inside"), [("Delay", "delay"), ("CPS decisions", "CPS decisions"), ("A", "A")])
def test_names_inside_a_sentence(name, inside):
    assert in_sentence(name) == inside


def test_key_figures_have_their_base(full):
    said = [(key.words, key.label, key.base) for key in presenting.key_figures(full)]
    assert 3 <= len(said) <= 5
    assert all(base for _, _, base in said)
    assert said[0] == ("about 205", "first-hand contributions counted", "from about 205 people")


def test_the_voices_are_rows_of_their_own_and_never_added(full):
    (grid,) = [grid for grid in presenting.grids(full) if grid.slug == "voices"]
    assert [row[:3] for row in grid.rows] == [
        ("First-hand", "about 205", "about 205"),
        ("Told for someone else", "about 80", "40"),
        ("A group", "none", "none"),
    ]


def test_core_and_further_themes_are_apart_and_sorted_by_share(full):
    grids = {grid.slug: grid for grid in presenting.grids(full)}
    assert [row[0] for row in grids["core"].rows] == ["Contact", "Delay & waiting"]
    assert [row[0] for row in grids["further"].rows] == ["CPS decisions", "Rare"]
    assert presenting.page(full).too_few == ("Rare",)


def test_a_row_that_says_nothing_is_left_out_of_the_page_and_counted_but_not_out_of_the_csv(full):
    (grid,) = [grid for grid in presenting.grids(full) if grid.slug == "further"]
    assert ([row[0] for row in grid.telling], grid.silent) == (["CPS decisions"], 1)
    assert "Rare" in as_csv([grid], about=[])


def test_what_was_left_out_is_told_with_its_reason(full):
    (grid,) = [grid for grid in presenting.grids(full) if grid.slug == "left_out"]
    assert grid.rows[0] == ("No consent to count it", "10", "none", "10")
    assert grid.silent == 0


def test_hidden_cells_are_counted_over_all_tables(full):
    assert hidden_counts(full)["fewer than 10"] > 5


def shapes(chart):
    return [ET.fromstring(chart.wide), ET.fromstring(chart.narrow)]  # noqa: S314 - our own output


def drawn(page):
    found = [page.core, page.further, page.valence, page.change, *(chart for _, chart in page.panels)]
    return [chart for chart in found if chart]


def test_every_chart_says_what_it_shows_and_can_be_named(full):
    charts_ = drawn(presenting.page(full))
    assert len(charts_) == 5
    for svg in (svg for chart in charts_ for svg in shapes(chart)):
        ids = {element.get("id") for element in svg.iter() if element.get("id")}
        assert svg.get("role") == "img"
        assert set(svg.get("aria-labelledby").split()) <= ids
        assert svg.find(f"{SVG}title").text
        assert svg.find(f"{SVG}desc").text


def test_no_id_is_used_twice_on_a_page(full):
    page = presenting.page(full)
    wholes = [text for chart in drawn(page)[:4] for text in (chart.wide, chart.narrow)] + [
        c.wide for _, c in page.panels
    ]
    ids = Counter(found for text in wholes for found in re.findall(r' id="([^"]+)"', text))
    assert ids.most_common(1)[0][1] == 1


def test_nothing_in_a_chart_is_styled_or_scripted_inline(full):
    for chart in drawn(presenting.page(full)):
        assert not re.search(r"style=|<script|on\w+=|href=", chart.wide + chart.narrow)


def test_a_hidden_count_is_a_hatched_stub_with_words_and_never_a_bar():
    few = report(heard(3, {"contact": "problem"}) + heard(40), (Q3,)).raised(is_core=True)[0]
    chart = charts.bars("x", "Title", [few], longest=50)
    for svg in shapes(chart):
        assert [rect.get("class") for rect in svg.iter(f"{SVG}rect")] == ["report-stub"]
        assert "fewer than 10" in "".join(svg.itertext())
        assert "0%" not in "".join(svg.itertext())


def test_problems_point_left_and_praise_right_of_one_line(full):
    svg = shapes(presenting.page(full).valence)[0]
    (zero,) = [line for line in svg.iter(f"{SVG}line") if line.get("class") == "report-zero"]
    for rect in svg.iter(f"{SVG}rect"):
        left, width = float(rect.get("x")), float(rect.get("width"))
        if rect.get("class") == "report-problem":
            assert left + width == pytest.approx(float(zero.get("x1")), abs=0.2)
        if rect.get("class") == "report-praise":
            assert left == pytest.approx(float(zero.get("x1")), abs=0.2)


def test_bars_are_as_long_as_their_figures(full):
    svg = shapes(presenting.page(full).core)[0]
    first, second = (float(rect.get("width")) for rect in svg.iter(f"{SVG}rect"))
    shares = [row.total.share for row in full.raised(is_core=True)]
    assert first / second == pytest.approx(shares[0] / shares[1], rel=0.02)


def test_names_are_escaped_in_charts(full):
    assert "Delay &amp; waiting" in presenting.page(full).core.wide


def test_small_multiples_share_one_scale_and_skip_small_groups(full):
    page = presenting.page(full)
    assert [panel.name for panel, _ in page.panels] == ["Stalking"]


def test_without_breakdown_there_is_none():
    one = report(heard(60, {"contact": "problem"}), (Q3,), breakdown="")
    assert presenting.page(one).panels == ()
    assert "breakdown" not in presenting.page(one).grids


def test_an_empty_report_has_a_page(empty):
    page = presenting.page(empty)
    assert (page.further, page.valence, page.change, page.panels) == (None, None, None, ())
    assert page.grids["left_out"].rows[2][1] == "15"


def test_page_and_csv_say_the_same(full):
    rows = as_csv(presenting.grids(full), about=[("Release", "1")]).splitlines()
    assert rows[0] == "Table,Row,Column,Value"
    assert rows[1] == "About this file,Release,,1"
    cells = sum(len(row) - 1 for grid in presenting.grids(full) for row in grid.rows)
    assert len(rows) == 2 + cells


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "  ="])
def test_no_cell_of_the_csv_runs_as_a_formula(start):
    cell = f"{start}cmd|' /C calc'!A0"
    assert harmless(cell).startswith("'")
    written = as_csv([Grid("x", cell, ("Theme", cell), ((cell, cell),))], about=[(cell, cell)])
    assert not re.search(r'(^|,)"?\s*[=+\-@]', written, re.MULTILINE)


@pytest.mark.parametrize("cell", ["45", "fewer than 10", "Sexual assault or abuse", "–"])
def test_an_ordinary_cell_stays_as_it_is(cell):
    assert harmless(cell) == cell


def test_quarters_are_told_as_people_say_them():
    assert words(Q3) == "July to September 2026"
    assert period_words((Q3, Q4)) == "July to December 2026"
    assert period_words((Q4, "2027-Q1")) == "October 2026 to March 2027"
    assert period_words(("2026-Q1", Q3)) == "January to March 2026; July to September 2026"


def test_quarters_follow_each_other():
    assert (before("2026-Q1"), after("2025-Q4")) == ("2025-Q4", "2026-Q1")
    assert between(first_day("2025-Q4"), first_day("2026-Q2")) == ["2025-Q4", "2026-Q1", "2026-Q2"]
    for quarter in ("2024-Q1", "2026-Q2", "2026-Q3", "2026-Q4"):
        assert quarter_of(first_day(quarter)) == quarter == after(before(quarter))


@pytest.mark.parametrize("text", ["2026", "2026-Q5", "Q3", "2026-Q3 ", ""])
def test_what_is_no_quarter_is_refused(text):
    with pytest.raises(NotAQuarter):
        first_day(text)
