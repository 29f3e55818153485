"""Measuring against blind codes. The small review is made up; of the real one only counts are held, none of its words."""

import json

import pytest

from analysis.codebook import load
from tools import list_statements, measure_review
from tools.list_statements import listed, statement_id
from tools.measure_review import CODES, Score, measure, read_codes

REVIEW = """What people told us

They never called me back. It rained all day in May.

The restraining order was breached and nothing was done about it.

“It rained all day in May.”

Our recommendations

• Ensure that nobody is called back late.

Annex A

They never called me back, says a letter.
"""
CALLED = statement_id("They never called me back.")
RAINED = statement_id("It rained all day in May.")
BREACHED = statement_id("The restraining order was breached and nothing was done about it.")


def test_only_what_was_said_is_listed_once_each_with_its_place():
    found = list(listed(REVIEW))
    assert [one.text for one in found] == [
        "They never called me back.",
        "It rained all day in May.",
        "The restraining order was breached and nothing was done about it.",
        "“It rained all day in May.”",
    ]
    assert [one.part.text[one.start : one.end] for one in found] == [one.text for one in found]
    assert "called" not in repr(found[0])


def test_an_id_is_of_the_words_whatever_their_capitals_and_spaces():
    assert statement_id("They  NEVER called\nme back.") == CALLED
    assert statement_id("They never called me") != CALLED
    assert len(CALLED) == 16


def test_the_list_is_written_without_any_tag(tmp_path, capsys):
    review, out = tmp_path / "review.txt", tmp_path / "out.jsonl"
    review.write_text(REVIEW, encoding="utf-8")
    assert list_statements.main([str(review), str(out)]) == 0
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {tuple(line) for line in lines} == {("id", "section", "text")}
    assert lines[0] == {"id": CALLED, "section": "What people told us", "text": "They never called me back."}
    assert "4 statements" in capsys.readouterr().out


def test_tags_are_scored_against_codes():
    codes = {CALLED: frozenset({"communication"}), RAINED: frozenset({"consistency"}), BREACHED: frozenset()}
    done = measure(REVIEW, codes, load())
    assert done.coded == 3
    assert done.themes["communication"] == Score(right=1, wrong=0, missed=0)
    assert done.themes["consistency"] == Score(right=0, wrong=0, missed=1)
    assert done.themes["order-enforcement"] == Score(right=0, wrong=1, missed=0)
    assert done.micro == Score(right=1, wrong=1, missed=1)


def test_a_statement_nobody_coded_is_not_scored_but_its_spans_are_counted():
    done = measure(REVIEW, {RAINED: frozenset()}, load())
    assert done.micro == Score(0, 0, 0)
    assert [span.words for span in done.spans["order-enforcement"]]
    assert len(done.themes) == len(done.spans) == 13


def test_codes_of_statements_the_review_does_not_have_are_not_scored():
    assert measure(REVIEW, {"0" * 16: frozenset({"communication"})}, load()).coded == 0


@pytest.mark.parametrize(
    ("score", "precision", "recall", "f1"),
    [
        (Score(3, 1, 0), 0.75, 1.0, 6 / 7),
        (Score(1, 0, 3), 1.0, 0.25, 0.4),
        (Score(0, 0, 0), 1.0, 1.0, 0.0),
        (Score(0, 2, 2), 0.0, 0.0, 0.0),
    ],
)
def test_scores(score, precision, recall, f1):
    assert (score.precision, score.recall, score.f1) == pytest.approx((precision, recall, f1))


def test_the_table_and_the_spans_are_printed(tmp_path, capsys):
    review, codes = tmp_path / "review.txt", tmp_path / "codes.jsonl"
    review.write_text(REVIEW, encoding="utf-8")
    codes.write_text(json.dumps({"id": CALLED, "themes": ["communication"]}) + "\n", encoding="utf-8")
    assert measure_review.main([str(review), "--codes", str(codes), "--spans"]) == 0
    said = capsys.readouterr().out
    assert "1 coded statements" in said
    assert said.count("1.00    1.00  1.00") >= 1
    assert "never called me back" in said


def test_the_codes_hold_ids_and_themes_of_the_codebook_and_no_words():
    known = {theme.slug for theme in load().themes}
    codes = read_codes(CODES)
    assert len(codes) == 150
    assert set().union(*codes.values()) <= known
    for line in CODES.read_text(encoding="utf-8").splitlines():
        assert set(json.loads(line)) == {"id", "themes"}


@pytest.fixture
def measured(shared):
    review = (shared / "seeds" / "vulnerable-victims-review-2020.txt").read_text(encoding="utf-8")
    return measure(review, read_codes(CODES), load())


@pytest.mark.shared
def test_the_tagger_holds_its_figures_on_the_review_of_2020(measured):
    # Measured when the codes were first compared: precision .81, recall .64, F1 .72 on 67 codes of the 13 findings.
    assert measured.coded == 150
    assert measured.micro.precision >= 0.75
    assert measured.micro.recall >= 0.60
    assert measured.micro.f1 >= 0.68


@pytest.mark.shared
def test_each_of_the_thirteen_findings_has_evidence_in_the_review_of_2020(measured):
    assert {slug: len(spans) for slug, spans in measured.spans.items() if len(spans) < 2} == {}
