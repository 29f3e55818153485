"""The gate: thresholds one below, at and one above, words, totals, groups, and properties of every table."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.gate import (
    Group,
    RawCell,
    RawRow,
    RawTable,
    TooManyBreakdowns,
    most_together,
    protect,
    published,
    rounded,
    span,
)
from analysis.disclosure.published import (
    FEW,
    LEAST,
    NONE,
    UNSUMMED,
    WITHHELD,
    Cell,
    Kind,
    Reason,
    table_from_json,
    total,
)

COLUMNS = (Group("problem", "Problem"), Group("praise", "Praise"), Group("other", "Other"))


def figure(number, **more):
    return Cell(Kind.FIGURE, number, **more)


def raw(*rows, columns=COLUMNS, group=None, **options):
    cells = [tuple(cell if isinstance(cell, RawCell) else RawCell(cell) for cell in row) for row in rows]
    named = [RawRow(group or Group(f"row-{number}", f"Row {number}"), row) for number, row in enumerate(cells)]
    return RawTable("made-up", columns[: len(rows[0])], tuple(named), **options)


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "fewer than 10"), (1, "fewer than 10"), (9, "fewer than 10"), (10, "10"), (11, "10"), (12, "10"), (13, "15"),
     (17, "15"), (18, "20"), (1002, "1,000"), (1003, "1,005")],
)  # fmt: skip
def test_a_count_is_said_from_ten_on_and_rounded_to_five(count, words):
    assert published(count).words == words


@pytest.mark.parametrize(("base", "share"), [(25, None), (30, 50), (35, 43)])
def test_a_share_needs_a_published_base_of_thirty(base, share):
    assert figure(15).out_of(figure(base)).share == share


@pytest.mark.parametrize(("count", "has_share"), [(27, False), (28, True), (29, True), (30, True), (31, True)])
def test_the_rule_for_shares_tells_nothing_that_the_printed_base_does_not(count, has_share):
    base = published(count)
    assert (figure(10).out_of(base).share is not None) is has_share
    assert has_share is ((base.figure or 0) >= 30)


def test_shares_are_made_of_printed_figures():
    # 17 of 52 would be 33%; 15 of 50 is what a reader can work out.
    assert published(17).out_of(published(52)).share == 30


def test_a_share_is_never_more_than_all():
    assert figure(55).out_of(figure(50)).share == 100


@pytest.mark.parametrize("cell", [FEW, NONE, WITHHELD, UNSUMMED])
def test_what_has_no_figure_has_no_share_and_says_so(cell):
    assert cell.out_of(figure(100)).share is None
    assert cell.share_words == cell.words


def test_words_are_the_same_wherever_they_are_read():
    assert [cell.words for cell in (FEW, NONE, WITHHELD, UNSUMMED)] == [
        "fewer than 10",
        "none",
        "not shown",
        "fewer than 10 in each quarter",
    ]
    assert figure(1250, share=12, is_about=True).words == "about 1,250"
    assert figure(1250, share=12).share_words == "12%"
    assert figure(20).share_words == "no share"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], NONE),
        ([NONE, NONE], NONE),
        ([FEW], FEW),
        ([FEW, NONE], FEW),
        ([FEW, FEW], UNSUMMED),
        ([figure(20), NONE], figure(20)),
        ([figure(20), figure(15)], figure(35, is_about=True)),
        ([figure(20), FEW], figure(25, is_about=True)),
        ([figure(20), FEW, FEW], figure(30, is_about=True)),
        ([figure(20), WITHHELD], WITHHELD),
        ([WITHHELD], WITHHELD),
        ([UNSUMMED], UNSUMMED),
        ([UNSUMMED, WITHHELD], WITHHELD),
        ([UNSUMMED, figure(20)], WITHHELD),
    ],
)
def test_totals_are_sums_of_what_is_printed(parts, expected):
    assert total(parts) == expected


def test_a_row_that_adds_up_says_what_its_hidden_cells_come_to_together():
    row = protect(raw((38, 6, 7), adds_up=True)).rows[0]
    assert [cell.words for cell in row.cells] == ["40", "fewer than 10", "fewer than 10"]
    assert row.rest == figure(15, is_about=True)
    assert row.total == figure(55, is_about=True)


def test_hidden_cells_that_are_few_even_together_are_said_so():
    row = protect(raw((38, 6, 2), adds_up=True)).rows[0]
    assert (row.rest, row.total) == (FEW, figure(45, is_about=True))


def test_one_hidden_cell_needs_no_rest():
    row = protect(raw((38, 20, 2), adds_up=True)).rows[0]
    assert (row.rest, row.total) == (None, figure(65, is_about=True))


def test_a_row_that_does_not_add_up_has_no_total():
    row = protect(raw((38, 6, 7))).rows[0]
    assert (row.rest, row.total) == (None, None)


@pytest.mark.parametrize(("hidden", "most"), [(2, 15), (3, 20), (4, 30)])
def test_the_sum_of_hidden_cells_never_pins_one_of_them_down(hidden, most):
    assert most_together(hidden) == most
    # The lowest any cell can be, if all the others are nine and the sum is the lowest it can be.
    assert LEAST - 1 - (most - 2 - (LEAST - 1) * (hidden - 1)) >= 5


def test_nine_and_nine_are_not_printed_as_twenty():
    assert protect(raw((9, 9), adds_up=True)).rows[0].rest.figure == 15


def test_shares_go_with_rows_that_have_a_base():
    table = protect(raw((38, 20, 2), adds_up=True), bases={"problem": figure(80)}, total_base=figure(100))
    assert [cell.share for cell in table.rows[0].cells] == [50, None, None]
    assert table.rows[0].total.share == 65


@pytest.mark.parametrize(("breakdowns", "refused"), [(1, False), (2, False), (3, True)])
def test_at_most_two_breakdowns(breakdowns, refused):
    table = raw((38, 6, 7), breakdowns=("valence", "area", "crime-type")[:breakdowns])
    if refused:
        with pytest.raises(TooManyBreakdowns, match="at most 2"):
            protect(table)
    else:
        assert protect(table).rows


@pytest.mark.parametrize(("size", "words"), [(None, "none"), (29, "fewer than 10"), (30, "none"), (31, "none")])
def test_none_is_hidden_too_where_row_or_column_is_a_small_known_group(size, words):
    columns = (Group("a", "A", size), *COLUMNS[1:])
    by_column = protect(raw((0, 20, 20), columns=columns, tells_zeros=True)).rows[0]
    by_row = protect(raw((0, 20, 20), group=Group("r", "R", size), tells_zeros=True)).rows[0]
    assert (by_column.cells[0].words, by_row.cells[0].words) == (words, words)


def test_none_is_not_said_of_people_unless_the_table_may():
    assert protect(raw((0, 20, 20))).rows[0].cells[0] == FEW


@pytest.mark.parametrize(("contributors", "kind"), [(9, Kind.WITHHELD), (10, Kind.FIGURE), (11, Kind.FIGURE)])
def test_a_figure_needs_ten_contributors_behind_it(contributors, kind):
    table = protect(raw((RawCell(200, contributors), 20, 20)))
    assert table.rows[0].cells[0].kind is kind
    assert table.hidden.get(Reason.CONTRIBUTORS.value, 0) == (kind is Kind.WITHHELD)


def test_few_by_few_contributors_is_few():
    assert protect(raw((RawCell(4, 1), 20, 20))).rows[0].cells[0] == FEW


@pytest.mark.parametrize(("count", "withheld"), [(38, False), (39, True), (40, True)])
def test_a_known_group_that_all_says_one_thing_is_withheld(count, withheld):
    columns = (Group("stalking", "Stalking", 40), *COLUMNS[1:])
    table = protect(raw((count, 20, 20), columns=columns, adds_up=True))
    assert table.rows[0].is_withheld is withheld
    assert table.hidden.get(Reason.WHOLE_GROUP.value, 0) == (3 if withheld else 0)
    assert (table.rows[0].total == WITHHELD) is withheld


def test_a_whole_small_group_is_few_like_any_other():
    columns = (Group("stalking", "Stalking", 9), *COLUMNS[1:])
    assert protect(raw((9, 20, 20), columns=columns)).rows[0].cells[0] == FEW


def test_a_withheld_whole_group_in_a_row_without_total_has_none():
    table = protect(raw((40, 20, 20), columns=(Group("s", "S", 40), *COLUMNS[1:])))
    assert (table.rows[0].is_withheld, table.rows[0].total) == (True, None)


def test_hidden_cells_are_counted_by_reason():
    table = protect(raw((38, 6, 7), (1, 2, 50)))
    assert table.hidden == {"fewer than 10": 4}


def test_rows_taken_out_are_counted_once():
    table = protect(raw((38, 6, 7), (50, 50, 50), adds_up=True))
    without = table.without(["row-0"])
    assert without.row("row-0").is_withheld
    assert without.row("row-0").total == WITHHELD
    assert without.row("row-1") == table.row("row-1")
    assert without.hidden[Reason.NARROW.value] == 3
    assert without.without(["row-0"]).hidden == without.hidden
    assert table.without([]) == table


def test_a_table_knows_its_rows_and_columns():
    table = protect(raw((38, 6, 7), (50, 50, 50)))
    assert [cell.words for cell in table.column("praise")] == ["fewer than 10", "50"]
    with pytest.raises(KeyError):
        table.row("no-such-row")
    with pytest.raises(KeyError):
        table.column("no-such-column")


@pytest.mark.parametrize(
    ("cell", "between"),
    [(figure(10), (10, 12)), (figure(15), (13, 17)), (FEW, (0, 9)), (NONE, (0, 0)), (WITHHELD, None), (UNSUMMED, None)],
)
def test_the_span_of_a_cell_is_every_count_it_can_stand_for(cell, between):
    assert span(cell) == between


def test_exact_counts_are_not_in_any_description_of_a_raw_table():
    assert "1234567" not in repr(raw((1234567, 20, 20), group=Group("g", "G", 1234567)))


COUNTS = st.integers(0, 60) | st.integers(0, 12) | st.integers(0, 5000)
ROWS = st.integers(1, 5).flatmap(lambda width: st.lists(st.tuples(*[COUNTS] * width), min_size=1, max_size=8))


@given(ROWS, st.booleans(), st.booleans())
def test_every_cell_is_few_none_or_a_multiple_of_five_from_ten_on(rows, adds_up, tells_zeros):
    columns = tuple(Group(f"c{number}", "C") for number in range(len(rows[0])))
    table = protect(raw(*rows, columns=columns, adds_up=adds_up, tells_zeros=tells_zeros))
    for exact, row in zip(rows, table.rows, strict=True):
        for count, cell in zip(exact, row.cells, strict=True):
            low, high = span(cell)
            assert low <= count <= high
            assert cell.figure is None or (cell.figure >= LEAST and cell.figure % 5 == 0)
            assert cell.kind is not Kind.NONE or (tells_zeros and count == 0)


@given(ROWS)
def test_a_total_can_be_worked_out_from_the_row_alone(rows):
    columns = tuple(Group(f"c{number}", "C") for number in range(len(rows[0])))
    for row in protect(raw(*rows, columns=columns, adds_up=True)).rows:
        shown = [cell for cell in row.cells if row.rest is None or cell.kind is not Kind.FEW]
        assert row.total == total([*shown, *([row.rest] if row.rest else [])])


@given(ROWS)
def test_a_total_is_within_what_rounding_and_hiding_allow(rows):
    columns = tuple(Group(f"c{number}", "C") for number in range(len(rows[0])))
    for exact, row in zip(rows, protect(raw(*rows, columns=columns, adds_up=True)).rows, strict=True):
        if row.total.figure is not None:
            shown = sum(cell.figure is not None for cell in row.cells)
            hidden = sum(cell.kind is Kind.FEW for cell in row.cells)
            off = abs(row.total.figure - sum(exact))
            assert off <= 2 * shown + max(5, 9 * hidden - most_together(max(2, hidden)) if hidden > 1 else 0)


@given(ROWS, st.booleans())
def test_a_table_is_the_same_after_it_was_written_down(rows, adds_up):
    columns = tuple(Group(f"c{number}", "C") for number in range(len(rows[0])))
    bases = {"c0": figure(100)}
    table = protect(raw(*rows, columns=columns, adds_up=adds_up), bases=bases, total_base=figure(500))
    assert table_from_json(json.loads(json.dumps(table.as_json()))) == table


@given(st.integers(0, 10_000))
def test_rounding_is_to_the_nearest_and_never_ties(count):
    assert abs(rounded(count) - count) <= 2


@pytest.mark.parametrize(
    ("cell", "base", "expected"),
    [
        (figure(30, is_about=True), figure(25), figure(25, is_about=True)),
        (figure(25), figure(25), figure(25)),
        (figure(20), figure(25), figure(20)),
        (FEW, figure(25), FEW),
        (figure(30), FEW, figure(30)),
    ],
)
def test_a_sum_is_never_more_than_what_it_is_of(cell, base, expected):
    assert cell.at_most(base) == expected
