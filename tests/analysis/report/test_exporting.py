"""The CSV as a spreadsheet reads it back: every cell once, nothing that runs, nothing that breaks a line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report import presenting
from analysis.report.exporting import HEADINGS, STARTS_A_FORMULA, as_csv, harmless
from analysis.report.presenting import Grid
from tests.analysis.report.test_page import Q3, Q4, heard, report


def read(written):
    return list(csv.reader(io.StringIO(written, newline="")))


def grid(*rows, headings=("Theme", "Contributions", "Share"), caption="Made up"):
    return Grid("made-up", caption, headings, rows)


def test_no_tables_and_nothing_about_the_file_leave_the_headings():
    assert read(as_csv([], about=[])) == [list(HEADINGS)]


def test_a_table_without_rows_adds_no_line():
    assert read(as_csv([grid()], about=[])) == [list(HEADINGS)]


def test_one_line_for_each_cell_but_not_for_the_row_name():
    lines = read(as_csv([grid(("Contact", "40", "80%"), ("Delay", "10", "20%"))], about=[]))
    assert lines[1:] == [
        ["Made up", "Contact", "Contributions", "40"],
        ["Made up", "Contact", "Share", "80%"],
        ["Made up", "Delay", "Contributions", "10"],
        ["Made up", "Delay", "Share", "20%"],
    ]


def test_lines_about_the_file_come_first():
    lines = read(as_csv([grid(("Contact", "40", "80%"))], about=[("Title", "Autumn"), ("Release", "2")]))
    assert [line[:2] for line in lines[1:3]] == [["About this file", "Title"], ["About this file", "Release"]]
    assert lines[3][0] == "Made up"


@pytest.mark.parametrize("name", ['Said "yes"', "Contact, and delay", "two\nlines", "a; b", "“curly”", "Ŵyn", "عربي"])
def test_names_with_quotes_commas_and_breaks_come_back_as_they_were(name):
    lines = read(as_csv([grid((name, "40", "80%"), caption=name)], about=[(name, name)]))
    assert lines[1] == ["About this file", name, "", name]
    assert {line[0] for line in lines[2:]} == {name}
    assert {len(line) for line in lines} == {4}


def test_a_thousand_stays_one_cell():
    assert read(as_csv([grid(("Contact", "1,005", "80%"))], about=[]))[1][3] == "1,005"


def test_a_row_shorter_than_its_headings_is_an_error_and_not_a_shifted_table():
    with pytest.raises(ValueError, match="zip"):
        as_csv([grid(("Contact", "40"))], about=[])


@pytest.mark.parametrize("start", STARTS_A_FORMULA)
def test_what_starts_a_formula_is_disarmed_behind_spaces_too(start):
    for cell in (f"{start}1+1", f" {start}1+1", f"     {start}"):
        assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", " ", "1-2", "a=b", "who@example.org", "'quoted", "–5", "fewer than 10", "80%"])
def test_a_sign_further_in_does_no_harm(cell):
    assert harmless(cell) == cell


@pytest.mark.parametrize("place", ["caption", "row", "heading", "value", "about"])
def test_every_place_of_a_line_is_disarmed(place):
    bad = '=HYPERLINK("http://example.org","x")'
    facts = dict.fromkeys(("caption", "row", "heading", "value", "about"), "x") | {place: bad}
    one = Grid("x", facts["caption"], ("Theme", facts["heading"]), ((facts["row"], facts["value"]),))
    lines = read(as_csv([one], about=[("Title", facts["about"])]))
    assert f"'{bad}" in {cell for line in lines for cell in line}
    assert bad not in {cell for line in lines for cell in line}


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=12))
def test_disarming_twice_is_disarming_once_and_loses_nothing(cell):
    safe = harmless(cell)
    assert harmless(safe) == safe
    assert safe.removeprefix("'") == cell.removeprefix("'") or safe == cell
    assert not safe.lstrip(" ").startswith(STARTS_A_FORMULA)


@pytest.mark.parametrize("breakdown", ["", "crime-type"])
@pytest.mark.parametrize("quarters", [(Q3,), (Q3, Q4)])
def test_every_printed_cell_is_in_the_file_under_its_row_and_column(quarters, breakdown):
    own = heard(40, {"contact": "problem"}, category="stalking") + heard(35, {"delay": "praise"}, Q4)
    tables = presenting.grids(report([one for one in own if one.quarter in quarters], quarters, breakdown))
    lines = {tuple(line[:3]): line[3] for line in read(as_csv(tables, about=[]))[1:]}
    for table in tables:
        for row in table.rows:
            for heading, value in zip(table.headings[1:], row[1:], strict=True):
                assert lines[harmless(table.caption), harmless(row[0]), harmless(heading)] == harmless(value)


def test_the_file_holds_no_exact_count():
    own = heard(41, {"contact": "problem"}) + heard(7, {"delay": "problem"})
    values = {line[3] for line in read(as_csv(presenting.grids(report(own, (Q3,), "")), about=[]))}
    assert not values & {"41", "48", "7", "about 41", "about 48"}
    assert {"40", "fewer than 10"} <= values
