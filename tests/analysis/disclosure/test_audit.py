"""What can be worked out from what is printed, by hand-made cases and by trying every possibility on small ones."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure.audit import Contradiction, Split, bounds, exposed
from analysis.disclosure.gate import Group, RawCell, RawRow, RawTable, protect, span
from analysis.disclosure.published import FEW, NONE, WITHHELD, Cell, Kind

Q3, Q4 = frozenset({"2026-Q3"}), frozenset({"2026-Q4"})


def figure(number):
    return Cell(Kind.FIGURE, number)


def whole(cell, quarters=Q3):
    return Split("theme", quarters, "", (("", cell),))


def split(*cells, quarters=Q3, dimension="valence", rest=None):
    return Split("theme", quarters, dimension, tuple((f"c{number}", cell) for number, cell in enumerate(cells)), rest)


def test_a_table_with_totals_of_its_own_gives_nothing_away():
    assert exposed([split(figure(40), FEW, FEW, rest=FEW)]) == []


def test_a_total_that_rounds_to_its_largest_part_gives_the_rest_away():
    found = exposed([split(figure(40), FEW, FEW, rest=FEW), whole(figure(40))])
    assert {(one.category, one.lowest, one.highest) for one in found} == {("c1", 0, 4), ("c2", 0, 4)}


@pytest.mark.parametrize(("total", "room"), [(40, 4), (45, 9), (35, None)])
def test_room_is_what_rounding_leaves(total, room):
    splits = [split(figure(40), FEW), whole(figure(total))]
    if room is None:
        with pytest.raises(Contradiction):
            bounds(splits)
    else:
        assert {name: high for _, name, _, high in bounds(splits)}["c1"] == room


def test_figures_that_contradict_each_other_cannot_be_solved():
    with pytest.raises(Contradiction):
        exposed([whole(figure(40)), split(figure(100), FEW)])


def test_a_subset_and_its_whole_give_the_difference_away():
    both = Q3 | Q4
    found = exposed([whole(figure(40), both), whole(figure(40), Q3)])
    assert [(one.lowest, one.highest) for one in found] == [(0, 4)]


def test_a_large_difference_gives_nothing_away():
    assert exposed([whole(figure(80), Q3 | Q4), whole(figure(40), Q3)]) == []


def test_none_is_told_and_not_given_away():
    assert exposed([split(figure(40), NONE, dimension="state"), whole(figure(60), Q3 | Q4)]) == []


def test_a_hidden_count_where_none_would_be_told_is_not_nought():
    told = Split("theme", Q3, "state", (("c0", figure(40)), ("c1", FEW)), tells_zeros=True)
    assert [low for _, name, low, _ in bounds([told]) if name == "c1"] == [1]
    with pytest.raises(Contradiction):
        exposed([told, split(figure(40), NONE, dimension="state")])


def test_a_quarter_in_which_everything_is_none_gives_nothing_away():
    quarter = split(NONE, NONE, dimension="state", quarters=Q4)
    assert exposed([split(NONE, figure(40), dimension="state"), quarter]) == []
    assert exposed([split(NONE, figure(40), dimension="state"), quarter, split(figure(40), FEW, quarters=Q3 | Q4)])


def test_hidden_counts_alone_give_nothing_away_however_many_there_are():
    assert exposed([split(FEW, FEW, FEW, rest=FEW), whole(FEW), split(FEW, FEW, dimension="area")]) == []


def test_what_is_withheld_binds_nothing():
    assert exposed([split(WITHHELD, WITHHELD), whole(figure(40))]) == []


def test_subjects_are_told_apart():
    other = Split("other theme", Q3, "valence", (("c0", figure(40)), ("c1", FEW)))
    found = exposed([other, Split("other theme", Q3, "", (("", figure(40)),)), split(figure(40), FEW)])
    assert {one.subject for one in found} == {"other theme"}


def test_a_figure_known_exactly_is_given_away():
    # Ten at least by its own figure, and ten at most because five parts of ten leave room for no more.
    parts = [figure(10)] * 5
    assert exposed([split(*parts), whole(figure(50))]) == []
    assert exposed([split(figure(10)), whole(figure(10))]) == []
    narrowed = exposed([split(figure(15), figure(10)), split(figure(30), dimension="area"), whole(figure(30))])
    assert narrowed == []


SMALL = st.lists(st.integers(0, 16), min_size=2, max_size=3)


def printed(counts, slug="valence"):
    columns = tuple(Group(f"c{number}", "C") for number in range(len(counts)))
    rows = (RawRow(Group("r", "R"), tuple(map(RawCell, counts))),)
    row = protect(RawTable(slug, columns, rows, adds_up=True)).rows[0]
    return split(*row.cells, rest=row.rest), row


@settings(deadline=None, max_examples=60)
@given(SMALL)
def test_the_program_finds_the_bounds_that_trying_everything_finds(counts):
    """Against every way to fill the cells that the reader of the row and of the total cannot tell apart."""
    own, row = printed(counts)
    total = (
        protect(RawTable("t", (Group("", ""),), (RawRow(Group("r", "R"), (RawCell(sum(counts)),)),))).rows[0].cells[0]
    )
    spans = [span(cell) for cell in row.cells]
    low, high = span(total)
    fits = [
        cells
        for cells in product(*(range(first, last + 1) for first, last in spans))
        if low <= sum(cells) <= high and printed(cells)[1] == row
    ]
    for _, name, found_low, found_high in bounds([own, whole(total)]):
        place = int(name[1:]) if name else None
        seen = [sum(cells) if place is None else cells[place] for cells in fits]
        assert (found_low, found_high) == (min(seen), max(seen))
        assert found_low <= (sum(counts) if place is None else counts[place]) <= found_high
