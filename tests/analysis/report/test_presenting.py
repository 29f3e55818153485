"""What stands on the page of a report at its edges: nothing, few, one voice, one quarter, no share, very many."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from analysis.disclosure.published import FEW, WITHHELD, WORDS
from analysis.report import presenting
from analysis.report.assembling import Plan, assemble
from analysis.report.frozen import FIRST_HAND, Method, ThemeName
from analysis.report.presenting import MOST_BARS, MOST_IN_PANEL, MOST_PAIRS, NOTHING_HIDDEN, Grid
from analysis.report.tabulating import LeftOut
from tests.analysis.report.test_page import Q3, Q4, heard, report

SVG = "{http://www.w3.org/2000/svg}"


def grids(one):
    return {grid.slug: grid for grid in presenting.grids(one)}


def one_quarter(*parts, breakdown=""):
    return report([one for part in parts for one in part], (Q3,), breakdown)


def many(number, *, is_core=False, contributions=10, quarters=(Q3,)):
    """A report of so many themes, every one raised by everybody in every quarter."""
    themes = tuple(ThemeName(f"t{place}", f"Theme {place}", is_core) for place in range(number))
    said = {theme.slug: "problem" for theme in themes}
    own = [one for quarter in quarters for one in heard(contributions, said, quarter)]
    return assemble(own, Plan(quarters, "", {}, themes, Method("1", "abc", ("rules",))), [])


def labels(chart):
    element = ET.fromstring(chart.wide)  # noqa: S314 - our own output
    return [one.text for one in element.iter(f"{SVG}text") if one.get("class") == "report-label"]


@pytest.mark.parametrize("silent", [*WORDS.values(), NOTHING_HIDDEN])
def test_a_row_of_nothing_but_hidden_cells_is_silent(silent):
    grid = Grid("x", "Made up", ("Theme", "Contributions"), (("Contact", silent), ("Delay", "10")))
    assert (grid.telling, grid.silent) == ((("Delay", "10"),), 1)


def test_one_figure_makes_a_row_tell():
    grid = Grid("x", "Made up", ("Theme", "A", "B"), (("Contact", "fewer than 10", "10"),))
    assert (len(grid.telling), grid.silent) == (1, 0)


def test_a_whole_table_leaves_no_row_out():
    grid = Grid("x", "Made up", ("Why", "Number"), (("No words", "none"),), is_whole=True)
    assert (grid.telling, grid.silent) == (grid.rows, 0)


@pytest.mark.parametrize(
    "one",
    [
        one_quarter(heard(0)),
        one_quarter(heard(9, {"contact": "problem"}), breakdown="crime-type"),
        one_quarter(heard(40, {"contact": "praise"}, voice="proxy")),
        one_quarter(heard(40, {"contact": "other"}, voice="group", people=12)),
        report(heard(40, {"rare": "praise"}, category="stalking") + heard(30, {"cps": "problem"}, Q4)),
    ],
    ids=["nothing", "few", "proxy only", "group only", "further only"],
)
def test_every_table_has_a_cell_under_each_heading_and_a_word_in_each_cell(one):
    found = presenting.grids(one)
    assert len({grid.slug for grid in found}) == len(found)
    for grid in found:
        assert {len(row) for row in grid.rows} <= {len(grid.headings)}
        assert all(cell.strip() for row in (grid.headings, *grid.rows) for cell in row)


@pytest.mark.parametrize(("number", "words"), [(9, "fewer than 10"), (10, "10"), (11, "10"), (13, "15")])
def test_a_theme_is_printed_from_ten_contributions_on(number, words):
    found = grids(one_quarter(heard(number, {"contact": "problem"}), heard(60)))
    assert found["valence"].rows[0][1] == words
    # The total counts the hidden cells beside it as five together.
    assert found["core"].rows[0][1] == (f"about {int(words) + 5}" if words.isdigit() else words)


@pytest.mark.parametrize(("number", "share"), [(27, "no share"), (28, "100%"), (29, "100%"), (30, "100%")])
def test_a_share_is_printed_from_a_printed_base_of_thirty_on(number, share):
    row = grids(one_quarter(heard(number, {"contact": "problem"})))["core"].rows[0]
    assert (row[0], row[2]) == ("Contact", share)


def test_the_base_stands_in_the_heading_of_the_shares():
    grid = grids(one_quarter(heard(38, {"contact": "problem"}), heard(12, {})))["core"]
    assert grid.headings[2] == "Share of 50"


def test_with_nothing_counted_there_are_two_key_figures_and_no_claim():
    said = list(presenting.key_figures(one_quarter(heard(0))))
    assert [key.words for key in said] == ["none", "none"]
    assert not any("raised" in key.label or "praised" in key.label for key in said)


@pytest.mark.parametrize(
    ("valence", "labelled"),
    [("problem", ["raised contact, more than any other theme"]), ("other", ["raised contact, more than any other theme"]),
     ("praise", ["raised contact, more than any other theme", "praised contact, the most praised theme"])],
)  # fmt: skip
def test_praise_is_a_key_figure_only_where_somebody_praised(valence, labelled):
    said = list(presenting.key_figures(one_quarter(heard(40, {"contact": valence}))))
    assert [key.label for key in said[2:]] == labelled


def test_a_key_figure_without_share_is_a_count_of_a_count():
    key = list(presenting.key_figures(one_quarter(heard(20, {"contact": "problem"}))))[2]
    assert (key.words, key.base) == ("about 20", "about 20 of 20")


def test_all_reviewed_is_a_whole_share_and_none_left_to_review():
    key = list(presenting.key_figures(one_quarter(heard(40, {"contact": "problem"}, is_reviewed=True))))[1]
    assert (key.words, key.base) == ("100%", "none tagged by machine only")


@pytest.mark.parametrize(("voice", "place"), [("proxy", 1), ("group", 2)])
def test_a_voice_that_is_alone_is_in_its_own_row_and_column_only(voice, place):
    found = grids(one_quarter(heard(40, {"contact": "problem"}, voice=voice)))
    counted = [row[2] for row in found["voices"].rows]
    assert counted == ["40" if number == place else "none" for number in range(3)]
    first = found["other_voices"].rows[0]
    assert (first[0], first[place]) == ("Contact", "about 40")
    assert found["core"].telling == found["further"].telling == ()


def test_a_group_is_one_contribution_and_several_people():
    row = grids(one_quarter(heard(20, {"contact": "problem"}, voice="group", people=5)))["voices"].rows[2]
    assert row[1:3] == ("about 100", "20")


def test_other_voices_are_sorted_by_what_is_printed_of_both():
    own = [heard(20, {"delay": "problem"}, voice="proxy"), heard(15, {"delay": "problem"}, voice="group")]
    rows = grids(one_quarter(heard(30, {"cps": "problem"}, voice="proxy"), *own))["other_voices"].rows
    assert [row[0] for row in rows] == ["Delay & waiting", "CPS decisions", "Contact", "Rare"]


def test_hidden_cells_together_stand_in_the_table_of_valences():
    mixed = [heard(9, {"contact": valence}) for valence in ("problem", "praise", "other")]
    rows = {row[0]: row[1:] for row in grids(one_quarter(*mixed, heard(40)))["valence"].rows}
    assert rows["Contact"][:3] == ("fewer than 10",) * 3
    assert rows["Contact"][3].startswith("about ")
    assert rows["Rare"][3] == "fewer than 10"


@pytest.mark.parametrize(("quarters", "has_one"), [((Q3,), False), ((Q3, Q4), True)])
def test_one_quarter_has_no_table_of_change(quarters, has_one):
    own = heard(40, {"contact": "problem"}) + (heard(40, {"contact": "problem"}, Q4) if has_one else [])
    one = report(own, quarters, "")
    assert ("change" in grids(one)) is has_one
    assert bool(presenting.page(one).change) is has_one


def test_the_table_of_change_is_sorted_by_the_latest_quarter():
    own = [*heard(80, {"contact": "problem"}), *heard(20, {"contact": "problem"}, Q4)]
    rows = grids(report([*own, *heard(60, {"delay": "problem"}, Q4)], breakdown=""))["change"].rows
    assert [row[0] for row in rows[:2]] == ["Delay & waiting", "Contact"]


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ([], "No theme changed by more than rounding can explain"),
        (["contact"], "One theme changed by more than rounding can explain"),
        (["contact", "delay"], "Two themes changed by more than rounding can explain"),
    ],
)
def test_the_chart_of_change_counts_what_is_clear(moved, said):
    before = heard(20, {"contact": "problem"}) + heard(20, {"delay": "praise"}) + heard(160)
    after = [one for slug in ("contact", "delay") for one in heard(80 if slug in moved else 20, {slug: "problem"}, Q4)]
    chart = presenting.page(report(before + after + heard(200 - len(after), {}, Q4), breakdown="")).change
    assert chart.title == said


@pytest.mark.parametrize(("number", "drawn", "beyond"), [(11, 11, 0), (12, 12, 0), (13, 12, 1), (20, 12, 8)])
def test_further_themes_over_the_limit_are_counted_and_left_to_the_table(number, drawn, beyond):
    one = many(number)
    page = presenting.page(one)
    assert (len(labels(page.further)), page.beyond) == (drawn, beyond)
    assert len(page.grids["further"].rows) == number
    assert MOST_BARS == 12


def test_every_core_theme_is_drawn_however_many_there_are():
    assert len(labels(presenting.page(many(20, is_core=True)).core)) == 20


def test_a_chart_of_change_has_a_limit():
    page = presenting.page(many(14, contributions=40, quarters=(Q3, Q4)))
    assert len(labels(page.change)) == MOST_PAIRS
    assert len(page.grids["change"].rows) == 14


def test_core_and_further_charts_have_one_scale():
    one = one_quarter(heard(80, {"contact": "problem"}), heard(40, {"cps": "problem"}))
    page = presenting.page(one)
    widths = [
        float(re.search(r'width="([\d.]+)" height="16" class="report-bar"', chart.wide)[1])
        for chart in (page.core, page.further)
    ]
    shares = [row.total.share for row in one.first_hand.raised()[:2]]
    assert widths[0] / widths[1] == pytest.approx(shares[0] / shares[1], rel=0.02)


@pytest.mark.parametrize(
    ("own", "title"),
    [
        (heard(40, {"contact": "problem"}), "Contact was raised in 100% of first-hand contributions"),
        (heard(20, {"contact": "problem"}), "Contact was raised most often in first-hand contributions"),
        (heard(9, {"contact": "problem"}), "No theme was raised in ten first-hand contributions"),
        ([], "No theme was raised in ten first-hand contributions"),
    ],
)
def test_the_title_of_the_first_chart_is_its_finding(own, title):
    assert presenting.page(one_quarter(own)).core.title == title


@pytest.mark.parametrize(
    ("valences", "title"),
    [
        (["problem"], "Most problems: contact; no theme was praised by ten contributions"),
        (["praise"], "No theme had ten problems; most praise: contact"),
        (["problem", "praise"], "Most problems: contact; most praise: contact"),
    ],
)
def test_problems_or_praise_alone_are_said_with_what_is_missing(valences, title):
    one = one_quarter(*(heard(40, {"contact": valence}) for valence in valences))
    assert presenting.page(one).valence.title == title


def test_neither_problems_nor_praise_make_a_chart():
    assert presenting.page(one_quarter(heard(40, {"contact": "other"}))).valence is None


@pytest.mark.parametrize(("number", "panels"), [(27, 0), (28, 1), (30, 1)])
def test_a_small_chart_needs_a_printed_base_of_thirty(number, panels):
    own = [heard(15, {"contact": "problem"}, category="stalking"), heard(number - 15, category="stalking")]
    assert len(presenting.page(one_quarter(*own, heard(60), breakdown="crime-type")).panels) == panels


def test_small_charts_stand_in_the_order_of_their_bases_and_skip_who_did_not_say():
    own = [heard(20, {"contact": "problem"}, category="stalking"), heard(20, category="stalking")]
    own += [heard(20, {"contact": "problem"}, category="hate-crime"), heard(60, category="hate-crime")]
    page = presenting.page(one_quarter(*own, heard(200), breakdown="crime-type"))
    assert [panel.name for panel, _ in page.panels] == ["Hate crime", "Stalking"]
    assert all(len(panel.bars) <= MOST_IN_PANEL for panel, _ in page.panels)
    assert grids(one_quarter(*own, breakdown="crime-type"))["breakdown"].headings[-1] == "Not said"


@pytest.mark.parametrize(
    ("breakdown", "name"), [("crime-type", "Type of crime"), ("area", "Area"), ("who-helped", "Who helped"), ("", "")]
)
def test_a_breakdown_is_called_as_readers_call_it(breakdown, name):
    assert presenting.breakdown_name(replace(one_quarter(), breakdown=breakdown)) == name


@pytest.mark.parametrize("reason", list(LeftOut))
def test_everything_left_out_is_one_row_in_words(reason):
    rows = {row[0]: row[1:] for row in grids(one_quarter(heard(20, left_out=reason)))["left_out"].rows}
    said = reason.value[:1].upper() + reason.value[1:]
    assert rows.pop(said) == ("20", "20")
    assert set(rows.values()) == {("none", "none")}


def test_a_withheld_theme_is_not_shown_and_not_called_few():
    one = one_quarter(heard(40, {"contact": "problem"}), heard(30, {"delay": "problem"}))
    own = one.voices[FIRST_HAND]
    one = replace(one, voices={**one.voices, FIRST_HAND: replace(own, valence=own.valence.without({"contact"}))})
    rows = {row[0]: row[1:] for row in grids(one)["core"].rows}
    assert rows["Contact"] == (WITHHELD.words, WITHHELD.words)
    assert FEW.words not in rows["Contact"]
    assert rows["Delay & waiting"][0] == "about 35"
