"""The figures of redaction, on cases small enough to count by hand."""

import json
import sys

import pytest

from feedback.redaction import Span
from tools import measure_redaction
from tools.measure_redaction import Case, Score, cases_of_file, measure, parse_case, report


class Redacted:
    """What redaction would give back, with these spans."""

    def __init__(self, *spans):
        self.spans = spans


@pytest.fixture
def hides(monkeypatch):
    """Lets a test say what is hidden in which text."""
    known = {}
    monkeypatch.setattr(measure_redaction, "redact", lambda text: Redacted(*known.get(text, ())))
    return known


def test_a_marked_text_becomes_plain_with_its_spans():
    case = parse_case("names", "Then {Orla Fictional|NAME} rang {07700 900123|PHONE}.")
    assert case.text == "Then Orla Fictional rang 07700 900123."
    assert case.spans == (Span(5, 19, "NAME"), Span(25, 37, "PHONE"))
    assert [case.text[span.start : span.end] for span in case.spans] == ["Orla Fictional", "07700 900123"]


@pytest.mark.parametrize("text", ["Nothing is marked.", "A brace { alone", "", "{no kind}"])
def test_what_is_not_marked_stays_as_it_is(text):
    assert parse_case("plain", text) == Case("plain", text, ())


def test_no_case_shows_its_words_when_printed():
    assert "Orla" not in repr(parse_case("names", "{Orla|NAME} rang."))


def test_a_file_is_read_line_by_line_and_without_spans_all_is_plain(tmp_path):
    lines = [{"text": "Orla rang.", "spans": [[0, 4, "NAME"]]}, {"text": "Nobody rang."}]
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)))
    assert list(cases_of_file(path)) == [
        Case("all", "Orla rang.", (Span(0, 4, "NAME"),)),
        Case("all", "Nobody rang.", ()),
    ]


def test_hidden_missed_and_needless_are_counted(hides):
    case = parse_case("names", "{Orla|NAME} rang {Birch|NAME} again")
    hides[case.text] = (Span(0, 4, "NAME"), Span(16, 21, "NAME"))
    score = measure([case])
    assert (score.wanted["NAME"], score.found["NAME"]) == (2, 1)
    assert score.recall("NAME") == 0.5
    assert (score.plain_words, score.plain_words_hidden) == (2, 1)
    assert score.plain_share_hidden == 0.5
    assert (score.suggested, score.suggested_rightly) == (2, 1)
    assert score.missed == ["NAME: 'Birch' in 'Orla rang Birch again'"]
    assert [line.split()[0] for line in score.overdone] == ["'again'"]


@pytest.mark.parametrize(("hidden", "is_found"), [(20, True), (17, True), (16, False), (0, False)])
def test_a_span_counts_as_hidden_from_85_per_cent(hidden, is_found, hides):
    case = Case("all", "x" * 20, (Span(0, 20, "NAME"),))
    hides[case.text] = (Span(0, hidden, "NAME"),) if hidden else ()
    assert measure([case]).found["NAME"] == int(is_found)


def test_two_halves_hide_a_whole_and_their_kind_does_not_matter(hides):
    case = parse_case("all", "{Orla Birch|NAME}")
    hides[case.text] = (Span(0, 5, "PLACE"), Span(5, 10, "NAME"))
    assert measure([case]).recall("NAME") == 1


def test_spans_that_only_meet_do_not_touch(hides):
    case = Case("all", "Orlarang", (Span(0, 4, "NAME"),))
    hides[case.text] = (Span(4, 8, "NAME"),)
    assert measure([case]).suggested_rightly == 0


def test_each_group_has_its_own_share(hides):
    cases = [
        parse_case("short", "{Orla|NAME}"),
        parse_case("long", "{Fictional|NAME}"),
        parse_case("long", "{Bo|NAME}"),
    ]
    hides["Orla"] = (Span(0, 4, "NAME"),)
    hides["Bo"] = (Span(0, 2, "NAME"),)
    score = measure(cases)
    assert (score.group_recall("short"), score.group_recall("long")) == (1, 0.5)
    assert list(report("Three", score))[-1] == "  by group: short 100%, long 50%"


def test_the_report_gives_counts_beside_every_share(hides):
    case = parse_case("all", "{Orla|NAME} rang twice")
    hides[case.text] = (Span(0, 9, "NAME"),)
    lines = list(report("One", measure([case])))
    assert lines[0].startswith("One: 1 texts")
    assert lines[1].split() == ["NAME", "1", "of", "1", "100.0%"]
    assert lines[2] == "  suggestions that touch a wanted span: 1 of 1"
    assert lines[3] == "  plain words hidden: 1 of 2  50.00%"
    assert len(lines) == 4


def test_a_set_without_anything_to_hide_reports_plain_words_only():
    lines = list(report("None", Score(texts=1, plain_words=4)))
    assert lines[1:] == ["  plain words hidden: 0 of 4  0.00%"]


def test_no_words_at_all_are_no_share():
    assert Score().plain_share_hidden == 0


@pytest.mark.parametrize("part", ["tuning", "held_out", "blind"])
def test_every_part_of_our_own_cases_has_spans_within_its_texts(part):
    cases = measure_redaction.own_cases(part)
    assert sum(len(case.spans) for case in cases) > 0
    for case in cases:
        assert all(0 <= span.start < span.end <= len(case.text) for span in case.spans)


@pytest.mark.parametrize(("asked", "is_said"), [([], False), (["--misses"], True)])
def test_missed_words_are_printed_only_when_asked_for(asked, is_said, hides, tmp_path, monkeypatch, capsys):
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({"text": "Orla rang.", "spans": [[0, 4, "NAME"]]}))
    monkeypatch.setattr(sys, "argv", ["measure_redaction", str(path), *asked])
    measure_redaction.main()
    out = capsys.readouterr().out
    assert out.startswith("cases.jsonl: 1 texts")
    assert ("Orla" in out) is is_said
