"""A report as it is written down and read again, and how published cells, rows and tables behave by themselves."""

import json
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.published import (
    FEW,
    NONE,
    UNSUMMED,
    WITHHELD,
    WORDS,
    Cell,
    Kind,
    Reason,
    Row,
    Table,
    cell_from_json,
    percent,
    table_from_json,
    total,
)
from analysis.report.frozen import FIRST_HAND, Method, hidden_counts, report_from_json
from analysis.report.tabulating import LeftOut
from tests.analysis.report.test_page import Q3, Q4, heard, report


def figure(number, share=None, **more):
    return Cell(Kind.FIGURE, number, share, **more)


def written(one):
    return json.loads(json.dumps(one.as_json()))


CELLS = st.one_of(
    st.sampled_from([FEW, NONE, UNSUMMED, WITHHELD]),
    st.builds(
        figure, st.integers(2, 4000).map(lambda n: 5 * n), st.none() | st.integers(0, 100), is_about=st.booleans()
    ),
)


@given(CELLS)
def test_a_cell_is_the_same_after_it_was_written_down(cell):
    assert cell_from_json(json.loads(json.dumps(cell.as_json()))) == cell


@pytest.mark.parametrize(
    "one",
    [
        report([], (Q3,), ""),
        report(heard(40, {"contact": "problem"}), (Q3,), ""),
        report(heard(40, {"contact": "problem"}) + heard(40, {"contact": "praise"}, Q4), breakdown=""),
        report(heard(40, {"contact": "problem"}, category="stalking"), (Q3,)),
        report(heard(40, voice="proxy") + heard(12, voice="group"), (Q3,)),
        report(heard(14, left_out=LeftOut.DAMAGED), (Q3,)),
    ],
    ids=["nothing", "one quarter", "two quarters", "breakdown", "other voices", "all left out"],
)
def test_every_kind_of_report_comes_back_as_it_was(one):
    assert report_from_json(written(one)) == one
    assert written(report_from_json(written(one))) == written(one)


@pytest.mark.parametrize(
    "method",
    [
        Method("1", "abc", ()),
        Method("1", "abc", ("rules", "encoder"), earlier=(1, 2), unfinished=Q4),
        Method("1", "abc", ("rules",), earlier=(3,), figures_of=3),
    ],
)
def test_the_method_comes_back_as_it_was(method):
    one = replace(report([], (Q3,), ""), method=method)
    assert report_from_json(written(one)).method == method


def test_a_report_that_lacks_a_part_is_not_read_as_an_empty_one():
    for name in ("quarters", "themes", "voices", "left_out", "method", "headline"):
        less = {key: value for key, value in written(report([], (Q3,), "")).items() if key != name}
        with pytest.raises(KeyError):
            report_from_json(less)


def test_a_cell_of_an_unknown_kind_is_not_read():
    with pytest.raises(ValueError, match="exact"):
        cell_from_json({"kind": "exact", "figure": 7, "share": None, "is_about": False})


def test_a_report_cannot_be_changed_in_place():
    with pytest.raises(FrozenInstanceError):
        report([], (Q3,), "").headline = "Better"


@pytest.mark.parametrize(
    ("own", "is_empty"),
    [
        ([], True),
        (heard(30, left_out=LeftOut.AWAITING), True),
        (heard(1), False),
        (heard(1, voice="proxy"), False),
        (heard(1, voice="group"), False),
    ],
)
def test_a_report_is_empty_only_if_no_voice_was_counted(own, is_empty):
    assert report(own, (Q3,), "").is_empty is is_empty


def test_raised_themes_are_sorted_and_kept_apart():
    one = report(heard(40, {"delay": "problem", "cps": "problem"}) + heard(20, {"contact": "praise"}), (Q3,), "")
    assert [row.slug for row in one.first_hand.raised()] == ["delay", "cps", "contact", "rare"]
    assert [row.slug for row in one.raised(is_core=True)] == ["delay", "contact"]
    assert [row.slug for row in one.raised(is_core=False)] == ["cps", "rare"]


def test_what_is_not_there_is_an_error():
    one = report([], (Q3,), "")
    with pytest.raises(KeyError):
        one.theme("nonsense")
    with pytest.raises(KeyError):
        one.first_hand.in_quarter(Q4)
    with pytest.raises(KeyError):
        one.left_out_for("nonsense")
    with pytest.raises(KeyError):
        one.first_hand.state("nonsense")


def test_figures_over_two_quarters_are_sums_of_the_quarters():
    own = report(heard(23, statements=2) + heard(38, {}, Q4, statements=3), breakdown="").first_hand
    assert (own.in_quarter(Q3).words, own.in_quarter(Q4).words) == ("25", "40")
    assert own.contributions.words == "about 65"
    assert own.statements.words == "about 160"


@pytest.mark.parametrize(("each", "people"), [(1, "40"), (2, "about 80"), (6, "about 240")])
def test_people_are_one_for_each_contribution_and_those_beyond(each, people):
    assert report(heard(40, people=each), (Q3,), "").first_hand.people.words == people


def test_contributions_without_a_theme_are_told():
    own = report(heard(20) + heard(30, {"contact": "problem"}), (Q3,), "").first_hand
    assert own.without_theme.words == "20"


def test_nine_in_each_of_two_quarters_have_no_sum():
    own = report(heard(9) + heard(9, {}, Q4), breakdown="").first_hand
    assert own.contributions.words == "fewer than 10 in each quarter"


@pytest.mark.parametrize(("slug", "share"), [("reviewed", 25), ("machine", 75)])
def test_the_share_reviewed_is_of_all_that_were_counted(slug, share):
    own = report(heard(10, is_reviewed=True) + heard(30), (Q3,), "").first_hand
    assert own.state(slug).share == share


def test_hidden_cells_are_counted_with_and_without_breakdown():
    own = heard(3, {"contact": "problem"}, category="stalking") + heard(60)
    plain, split = (hidden_counts(report(own, (Q3,), name)) for name in ("", "crime-type"))
    assert split[Reason.FEW.value] > plain[Reason.FEW.value] > 0


@pytest.mark.parametrize(
    ("part", "base", "whole"),
    [(10, 30, 33), (20, 30, 67), (5, 1000, 1), (4, 1000, 0), (1, 200, 1), (1, 201, 0), (125, 1000, 13), (30, 30, 100)],
)
def test_half_a_per_cent_is_rounded_upwards(part, base, whole):
    assert percent(part, base) == whole


@pytest.mark.parametrize(
    ("base", "share"), [(figure(25), None), (figure(30), 33), (FEW, None), (NONE, None), (WITHHELD, None)]
)
def test_a_share_that_was_there_goes_with_its_base(base, share):
    assert figure(10, share=99).out_of(base).share == share


@pytest.mark.parametrize("cell", [FEW, NONE, UNSUMMED, WITHHELD])
def test_what_has_no_figure_is_said_the_same_twice(cell):
    assert cell.words == cell.share_words == WORDS[cell.kind]
    assert cell.at_most(figure(10)) == cell


@given(st.lists(CELLS, max_size=6))
def test_a_total_does_not_depend_on_the_order(cells):
    assert total(cells) == total(reversed(cells))


@given(st.lists(CELLS, max_size=6))
def test_one_withheld_part_withholds_the_total(cells):
    assert total([*cells, WITHHELD]) == WITHHELD


@given(CELLS)
def test_adding_none_adds_nothing(cell):
    assert total([cell, NONE]).words == total([cell]).words


def table(*rows):
    return Table("x", (("a", "A"), ("b", "B")), rows, {"fewer than 10": 1})


def test_withholding_a_row_leaves_nothing_of_it_to_read():
    row = Row("one", "One", (figure(10), FEW), rest=figure(15), total=figure(15))
    gone = row.withheld()
    assert (gone.cells, gone.rest, gone.total) == ((WITHHELD, WITHHELD), None, WITHHELD)
    assert not row.is_withheld
    assert gone.is_withheld
    assert replace(row, total=None).withheld().total is None


def test_withholding_counts_cells_by_reason_and_leaves_the_others():
    one, two = (Row(slug, slug, (figure(10), FEW)) for slug in ("one", "two"))
    less = table(one, two).without(["one"])
    assert less.row("two") == two
    assert less.hidden == {Reason.FEW.value: 1, Reason.NARROW.value: 2}
    assert less.without(["one"]) == less
    assert table(one, two).without(["nonsense"]) == table(one, two)


def test_a_table_is_not_changed_by_what_is_made_of_it():
    one = table(Row("one", "One", (figure(10), FEW)))
    again = table_from_json(one.as_json())
    again.hidden["more"] = 1
    one.without(["one"])
    assert one.hidden == {"fewer than 10": 1}
    assert one.row("one").cells[0] == figure(10)


def test_the_first_voice_is_the_one_shares_are_of():
    one = report(heard(40, {"contact": "problem"}) + heard(60, {"contact": "problem"}, voice="proxy"), (Q3,), "")
    assert one.first_hand is one.voices[FIRST_HAND]
    assert one.first_hand.contributions.words == "40"
