"""From exact counts to a report: what stays from earlier reports, what the audit is told, and what it takes out."""

from dataclasses import replace

import pytest

from analysis.disclosure.published import WITHHELD
from analysis.report import assembling
from analysis.report.assembling import EVERYONE, Disclosive, Earlier, Plan, assemble, splits, steady_source, unchanged
from analysis.report.frozen import FIRST_HAND, Method
from tests.analysis.report.test_page import Q3, Q4, THEMES, heard, report

CATEGORIES = {"stalking": "Stalking", "hate-crime": "Hate crime"}


def plan(quarters=(Q3,), breakdown="", **method):
    return Plan(quarters, breakdown, CATEGORIES, THEMES, Method("2", "def", ("rules",), **method))


def earlier(number, one, *, steady=(), is_steady=False):
    return Earlier(number, one, frozenset(steady), is_steady)


@pytest.fixture
def silent_audit(monkeypatch):
    """Nothing gives anything away: for what is decided before the audit."""
    monkeypatch.setattr(assembling, "_exposed", lambda *_: set())


@pytest.fixture(scope="module")
def first():
    return report(heard(40, {"contact": "problem"}, statements=2), (Q3,), "")


def test_without_an_earlier_report_nothing_is_kept():
    assert unchanged(plan(), []) is None
    assert steady_source(Q3, []) is None


@pytest.mark.parametrize(
    ("asked", "is_steady", "kept"),
    [
        (plan(), True, True),
        (plan(), False, False),
        (plan((Q4,)), True, False),
        (plan((Q3, Q4)), True, False),
        (plan(breakdown="crime-type"), True, False),
    ],
    ids=["same", "moved", "another quarter", "one quarter more", "another breakdown"],
)
def test_figures_are_kept_only_for_the_same_question_and_the_same_people(first, asked, is_steady, kept):
    assert bool(unchanged(asked, [earlier(1, first, is_steady=is_steady)])) is kept


def test_the_latest_report_of_a_question_decides_even_if_an_older_one_would_do(first):
    assert unchanged(plan(), [earlier(2, first), earlier(1, first, is_steady=True)]) is None


def test_the_order_in_which_quarters_are_named_makes_no_other_question():
    both = report(heard(40) + heard(40, {}, Q4), breakdown="")
    assert unchanged(plan((Q4, Q3)), [earlier(1, both, is_steady=True)])


def test_a_quarter_is_kept_from_the_latest_report_in_which_it_is_steady(first):
    past = [earlier(3, first), earlier(2, first, steady=[Q3]), earlier(1, first, steady=[Q3])]
    assert steady_source(Q3, past).number == 2
    assert steady_source(Q4, past) is None


def test_an_unchanged_report_keeps_every_figure_and_says_whose_they_are(first):
    again = assemble(heard(49, {"contact": "praise"}), plan(), [earlier(1, first, is_steady=True)])
    assert again.method == Method("2", "def", ("rules",), figures_of=1)
    assert replace(again, method=first.method) == first


def test_figures_kept_twice_are_still_those_of_the_first(first):
    second = replace(first, method=replace(first.method, figures_of=1))
    assert assemble([], plan(), [earlier(2, second, is_steady=True)]).method.figures_of == 1


def test_a_steady_quarter_keeps_its_rows_beside_a_new_one(first, silent_audit):
    both = assemble(
        heard(44, {"contact": "problem"}, statements=9) + heard(60, {"contact": "problem"}, Q4),
        plan((Q3, Q4)),
        [earlier(1, first, steady=[Q3])],
    )
    assert both.first_hand.in_quarter(Q3) == first.first_hand.in_quarter(Q3)
    assert both.first_hand.further.row(Q3) == first.first_hand.further.row(Q3)
    assert both.left_out.row(Q3) == first.left_out.row(Q3)
    assert both.by_quarter.row("contact").cells[0].words == first.first_hand.valence.row("contact").total.words
    assert both.first_hand.in_quarter(Q4).figure == 60


def test_a_quarter_that_moved_has_figures_of_its_own(first):
    again = assemble(heard(60, {"contact": "problem"}), plan(), [earlier(1, first)])
    assert again.first_hand.in_quarter(Q3).figure == 60


@pytest.mark.parametrize("voice", ["first-hand", "proxy", "group"])
def test_each_voice_is_counted_in_its_own_tables(voice, silent_audit):
    one = assemble(heard(40, {"contact": "problem"}, voice=voice), plan(breakdown="crime-type"), [])
    counted = {name: figures.contributions.words for name, figures in one.voices.items()}
    assert counted == dict.fromkeys(one.voices, "none") | {voice: "40"}
    assert (one.sizes.column("")[0].words == "40") is (voice == FIRST_HAND)


def test_without_a_breakdown_there_are_no_tables_of_it(first):
    assert (first.sizes, first.by_category) == (None, None)


def test_one_quarter_has_no_columns_of_quarters(first):
    assert first.by_quarter.columns == ()
    assert all(row.cells == () for row in first.by_quarter.rows)


def test_a_breakdown_ends_with_those_who_did_not_say():
    one = assemble(heard(40, {"contact": "problem"}), plan(breakdown="crime-type"), [])
    assert [slug for slug, _ in one.sizes.columns] == ["stalking", "hate-crime", ""]


def test_the_audit_is_told_of_every_voice_theme_and_category():
    one = report(heard(40, {"contact": "problem"}, category="stalking"), (Q3,))
    told = {(split.subject, split.dimension) for split in splits(one)}
    assert {(f"{voice}:{EVERYONE}", "state") for voice in one.voices} <= told
    assert {(f"{voice}:{theme.slug}", "valence") for voice in one.voices for theme in THEMES} <= told
    assert {(f"first-hand:{slug}", "crime-type") for slug in (EVERYONE, "contact", "rare")} <= told


def test_nothing_given_away_leaves_a_report_as_it_is(first):
    assert assembling.audited(first, []) is first


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_the_finer_figure_goes_first(monkeypatch, steps):
    own = heard(40, {"contact": "problem"}, category="stalking") + heard(40, {"contact": "problem"}, Q4)
    own += heard(30, category="stalking") + heard(30, {}, Q4)  # so that no known group says one thing as a whole
    answers = iter([set(), *[{"first-hand:contact"}] * steps, set()])  # the first is asked while it is assembled
    monkeypatch.setattr(assembling, "_exposed", lambda *_: next(answers))
    one = report(own)
    if steps == 4:
        with pytest.raises(Disclosive, match="Even with every split withheld"):
            assembling.audited(one, [])
        return
    less = assembling.audited(one, [])
    tables = (less.by_quarter, less.by_category, less.first_hand.valence)
    gone = [all(cell == WITHHELD for cell in table.row("contact").cells) for table in tables]
    assert gone == [number < steps for number in range(3)]
    assert less.first_hand.valence.row("delay") == one.first_hand.valence.row("delay")


def test_another_voice_loses_its_own_rows_only(monkeypatch):
    one = report(heard(40, {"contact": "problem"}) + heard(40, {"contact": "problem"}, voice="proxy"), (Q3,), "")
    answers = iter([{"proxy:contact"}] * 3 + [set()])
    monkeypatch.setattr(assembling, "_exposed", lambda *_: next(answers))
    less = assembling.audited(one, [])
    assert less.voices["proxy"].valence.row("contact").is_withheld
    assert less.first_hand == one.first_hand


def test_a_breakdown_whose_sizes_give_something_away_goes_as_a_whole(monkeypatch):
    one = report(heard(40, {"contact": "problem"}, category="stalking"), (Q3,))
    answers = iter([{f"first-hand:{EVERYONE}"}] * 2 + [set()])
    monkeypatch.setattr(assembling, "_exposed", lambda *_: next(answers))
    less = assembling.audited(one, [])
    assert less.sizes.row("all").is_withheld
    assert all(row.is_withheld for row in less.by_category.rows)
    assert less.first_hand.valence == one.first_hand.valence


def test_a_sentence_is_written_of_what_is_left_after_the_audit(monkeypatch):
    answers = iter([{"first-hand:contact"}] * 3 + [set()])
    monkeypatch.setattr(assembling, "_exposed", lambda *_: next(answers))
    one = report(heard(60, {"contact": "problem"}) + heard(40, {"delay": "problem"}), (Q3,), "")
    assert "ontact" not in " ".join((one.headline, *one.findings))
    assert one.headline.startswith("Delay & waiting was raised most often")
