"""The sentences of a report at their edges: what is clear, what is named, and what is never said."""

import pytest

from analysis.disclosure.published import FEW, WITHHELD, Cell, Kind
from analysis.report import findings
from analysis.report.findings import Change, in_sentence, share_range
from analysis.report.frozen import FIRST_HAND
from tests.analysis.report.test_page import Q3, Q4, heard, report


def figure(number, **more):
    return Cell(Kind.FIGURE, number, **more)


def change(before_range, after_range):
    return Change("contact", Q3, Q4, 20, 30, before_range, after_range)


@pytest.mark.parametrize(
    ("before_range", "after_range", "is_clear"),
    [
        ((17, 23), (24, 30), True),
        ((17, 23), (23, 30), False),
        ((24, 30), (17, 23), True),
        ((23, 30), (17, 23), False),
        ((10, 40), (20, 30), False),
        ((20, 20), (20, 20), False),
    ],
)
def test_a_change_is_clear_only_if_the_ranges_do_not_touch(before_range, after_range, is_clear):
    assert change(before_range, after_range).is_clear is is_clear


@pytest.mark.parametrize(
    ("cell", "base", "expected"),
    [
        (figure(10), figure(30), (25, 43)),
        (figure(30), figure(30), (87, 100)),
        (figure(10), figure(1000), (0, 2)),
        (figure(10), figure(30, is_about=True), (21, 43)),
        (FEW, figure(100), (0, 3)),
    ],
)
def test_the_range_of_a_share_is_rounded_outwards_and_stays_between_none_and_all(cell, base, expected):
    assert share_range(cell, base) == expected


@pytest.mark.parametrize("number", range(30, 200, 5))
def test_the_printed_share_lies_in_its_own_range(number):
    for part in range(10, number + 1, 5):
        cell = figure(part).out_of(figure(number))
        low, high = share_range(cell, figure(number))
        assert low <= cell.share <= high


@pytest.mark.parametrize(
    ("quarters", "number"),
    [((Q3,), 0), ((Q3, Q4), 1)],
)
def test_changes_need_two_quarters(quarters, number):
    own = heard(40, {"contact": "problem"}) + heard(40, {"contact": "problem"}, Q4)
    assert len(findings.changes(report(own, quarters, ""))) == number


def test_changes_are_of_the_last_two_quarters_only():
    own = [*heard(40, {"contact": "problem"}, "2026-Q2"), *heard(40, {"contact": "problem"}), *heard(40, {}, Q4)]
    own += heard(40, {"contact": "problem"}, Q4)
    (found,) = findings.changes(report(own, ("2026-Q2", Q3, Q4), ""))
    assert (found.earlier, found.later, found.before, found.after) == (Q3, Q4, 100, 50)


@pytest.mark.parametrize(("number", "told"), [(27, False), (28, True), (29, True), (30, True)])
def test_a_quarter_needs_a_printed_base_of_thirty_for_a_change(number, told):
    own = heard(number, {"contact": "problem"}) + heard(60, {"contact": "problem"}, Q4)
    assert bool(findings.changes(report(own, breakdown=""))) is told


def test_a_theme_hidden_in_one_quarter_has_no_change():
    own = [*heard(9, {"contact": "problem"}), *heard(60), *heard(60, {"contact": "problem"}, Q4)]
    assert findings.changes(report(own, breakdown="")) == []


def test_a_fall_is_said_as_down():
    own = [*heard(80, {"contact": "problem"}), *heard(20), *heard(20, {"contact": "problem"}, Q4), *heard(80, {}, Q4)]
    assert report(own, breakdown="").headline == (
        "Contact was raised in 20% of first-hand contributions in October to December 2026, "
        "down from 80% in July to September 2026."
    )


def test_the_largest_change_is_the_news_and_not_the_first():
    own = [*heard(20, {"contact": "problem"}), *heard(80, {"delay": "problem"})]
    own += [*heard(60, {"contact": "problem"}, Q4), *heard(40, {}, Q4)]
    assert report(own, breakdown="").headline.startswith("Delay & waiting was raised in") is False
    own += heard(10, {"delay": "problem"}, Q4)
    assert report(own, breakdown="").headline.startswith("Delay & waiting was raised in 9%")


@pytest.mark.parametrize("voice", ["proxy", "group"])
def test_other_voices_alone_are_never_said_as_first_hand(voice):
    one = report(heard(60, {"contact": "problem"}, voice=voice), (Q3,), "")
    assert one.headline == "Too few first-hand contributions raised any one theme to publish a figure."
    assert one.findings == ()
    assert not one.is_empty


@pytest.mark.parametrize(
    ("valence", "start"), [("problem", "Problems were raised most often"), ("praise", "Praise was given most often")]
)
def test_only_problems_or_only_praise_makes_one_sentence(valence, start):
    (said,) = report(heard(40, {"contact": valence}), (Q3,), "").findings
    assert said.startswith(start)
    assert said.endswith("contact (40 contributions).")


def test_neither_problem_nor_praise_makes_no_sentence():
    assert report(heard(40, {"contact": "other"}), (Q3,), "").findings == ()


@pytest.mark.parametrize(("number", "said"), [(9, 0), (10, 1), (11, 1)])
def test_a_finding_needs_ten_contributions(number, said):
    assert len(report(heard(number, {"contact": "problem"}) + heard(40), (Q3,), "").findings) == said


def test_three_themes_are_named_with_commas_and_one_and():
    own = [*heard(40, {"contact": "problem"}), *heard(30, {"delay": "problem"}), *heard(20, {"cps": "problem"})]
    own += heard(10, {"rare": "problem"})
    assert report(own, (Q3,), "").findings == (
        "Problems were raised most often with contact (40 contributions), delay & waiting (30) and CPS decisions (20).",
    )


def test_equal_themes_stay_in_the_order_of_the_codebook():
    own = [*heard(20, {"delay": "problem"}), *heard(20, {"contact": "problem"})]
    (said,) = report(own, (Q3,), "").findings
    assert said.index("contact") < said.index("delay")


def test_a_withheld_theme_is_named_nowhere():
    one = report(heard(40, {"contact": "problem"}) + heard(20, {"delay": "problem"}), (Q3,), "")
    own = one.first_hand
    voices = {**one.voices, FIRST_HAND: type(own)(own.states, own.further, own.valence.without({"contact"}))}
    less = type(one)(**{**vars(one), "voices": voices})
    said = " ".join([findings.headline(less), *findings.sentences(less)])
    assert "Delay & waiting was raised most often" in said
    assert "ontact (" not in said
    assert less.first_hand.valence.row("contact").total == WITHHELD


@pytest.mark.parametrize(
    ("name", "inside"),
    [("", ""), ("É", "É"), ("Éire", "éire"), ("IDVA support", "IDVA support"), ("101 calls", "101 calls")],
)
def test_odd_names_inside_a_sentence(name, inside):
    assert in_sentence(name) == inside
