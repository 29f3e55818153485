"""From contributions to exact tables, without a database."""

import uuid

import pytest

from analysis.report import tabulating
from analysis.report.tabulating import Heard, LeftOut, spoken, valence_of

THEMES = {"communication": "Communication", "delay": "Delay"}
Q = ("2026-Q3", "2026-Q4")


def heard(**facts):
    return Heard(**{"id": uuid.uuid4(), "quarter": "2026-Q3", "voice": "first-hand", **facts})


def counts(table):
    return [[cell.count for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    ("found", "valence"),
    [
        (["problem"], "problem"),
        (["praise"], "praise"),
        (["problem", "praise"], "other"),
        (["mixed"], "other"),
        (["mixed", "problem"], "other"),
        (["suggestion"], "other"),
        (["neutral"], "other"),
        (["problem", "suggestion"], "problem"),
        (["praise", "neutral"], "praise"),
        ([], "other"),
    ],
)
def test_what_a_contribution_says_of_a_theme_over_all_its_statements(found, valence):
    assert valence_of(found) == valence


def test_only_counted_contributions_of_one_voice_are_spoken():
    own = heard()
    others = [heard(voice="proxy"), heard(voice="group"), heard(left_out=LeftOut.WITHHELD)]
    assert spoken([own, *others], "first-hand") == [own]


def test_states_share_out_each_quarter():
    table = tabulating.states([heard(is_reviewed=True), heard(), heard(), heard(quarter="2026-Q4")], Q)
    assert counts(table) == [[1, 2], [0, 1]]
    assert table.adds_up
    assert table.tells_zeros


def test_people_beyond_one_each_have_only_those_contributions_behind_them():
    table = tabulating.further([heard(people=5, statements=4), heard(statements=2, themes={"delay": "praise"})], Q)
    people, statements, none = table.rows[0].cells
    assert (people.count, people.contributors) == (4, 1)
    assert (statements.count, statements.contributors) == (6, 2)
    assert none.count == 1


def test_everything_left_out_has_its_reason_and_quarter():
    reasons = list(LeftOut)
    table = tabulating.left_out([heard(left_out=reason) for reason in reasons] + [heard()], Q)
    assert counts(table) == [[1] * len(reasons), [0] * len(reasons)]


def test_a_contribution_counts_once_for_each_theme():
    both = heard(themes={"communication": "problem", "delay": "praise"})
    assert counts(tabulating.by_valence([both, both], THEMES)) == [[2, 0, 0], [0, 2, 0]]
    assert counts(tabulating.by_quarter([both], THEMES, Q)) == [[1, 0], [1, 0]]


def test_a_category_is_a_known_group_with_its_size():
    own = [heard(category="a", themes={"delay": "problem"}), heard(category="a"), heard()]
    table = tabulating.by_category(own, THEMES, {"a": "A", "": "Not said"})
    assert counts(table) == [[0, 0], [1, 0]]
    assert [column.size for column in table.columns] == [2, 1]
    assert not table.tells_zeros
    assert counts(tabulating.sizes(own, {"a": "A", "": "Not said"})) == [[2, 1]]


@pytest.mark.parametrize(
    "change",
    [
        {"quarter": "2026-Q4"},
        {"voice": "proxy"},
        {"people": 2},
        {"statements": 9},
        {"is_reviewed": True},
        {"left_out": LeftOut.AWAITING},
        {"themes": {"delay": "problem"}},
        {"themes": {"communication": "praise"}},
    ],
)
def test_whatever_could_change_a_count_changes_the_fingerprint(change):
    base = {"themes": {"communication": "problem"}}
    assert heard(**base).fingerprint() != heard(**{**base, **change}).fingerprint()


def test_the_fingerprint_does_not_depend_on_the_order_of_themes():
    one = heard(themes={"a": "problem", "b": "praise"})
    other = heard(themes={"b": "praise", "a": "problem"})
    assert one.fingerprint() == other.fingerprint()
