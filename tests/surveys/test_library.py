"""The surveys that ship: sound, complete, in plain words, and feeding only what exists."""

import re

import pytest

from analysis.codebook.read import load as codebook
from surveys import library
from surveys.definition import TEXT_KINDS, Kind, Part
from surveys.library import about, available, load_template, shipped

VE = load_template("victims_code_experience")
ROWS = {"VE-11": "abcdefghi", "VE-16": "abcdefg"}
MEASURES = {f"M{number}" for number in range(1, 10)}
RIGHTS = {f"R{number}" for number in range(1, 13)}


def test_it_is_offered_by_title_and_purpose():
    assert available() == {"victims_code_experience": "Your experience as a victim of crime"}
    assert about("victims_code_experience").startswith("For people who have been a victim of crime")


def test_an_unknown_template_is_no_file_path():
    for slug in ("none", "areas", "crime_types", "equality", "../data/areas"):
        with pytest.raises(KeyError):
            load_template(slug)


def test_every_question_of_the_survey_is_there():
    wanted = {f"VE-{number:02}" for number in range(1, 22)} - set(ROWS)
    wanted |= {f"{question}{row}" for question, rows in ROWS.items() for row in rows}
    assert wanted <= {question.id for question in VE.questions}
    assert len(VE.questions) == 52


@pytest.mark.parametrize("question", [q for q in VE.questions if q.options], ids=lambda question: question.id)
def test_option_values_are_unique_and_never_numbers(question):
    values = [option.value for option in question.options]
    assert len(set(values)) == len(values)
    assert not any(value.isdigit() or value in {"True", "False"} for value in values)


def test_a_row_of_a_grid_is_a_question_on_the_same_scale():
    kinds = {VE.question(f"VE-11{row}").kind for row in ROWS["VE-11"]}
    assert kinds == {Kind.AGREE5}
    courts = {VE.question(f"VE-16{row}").options for row in ROWS["VE-16"]}
    assert len(courts) == 1


def test_the_parts_the_journey_needs_are_there():
    assert VE.questions[0].part is Part.TAKE_PART
    assert [o.value for o in VE.question("VE-01a").options] == ["statistics", "paraphrase", "quote", "future"]
    voices = {o.value: o.voice for o in VE.question("VE-02").options}
    assert (voices["me"], voices["me-with-help"], voices["for-a-child"]) == ("first-hand", "first-hand", "proxy")


def test_the_kinds_of_crime_are_the_list_of_the_house():
    assert VE.question("VE-03a").kind is Kind.CRIME_TYPE
    offered = [(option.value, option.label, option.hint) for option in VE.question("VE-03a").options]
    assert offered == [(kind.value, kind.label, kind.hint) for kind in shipped(Kind.CRIME_TYPE)]


def test_reports_may_be_split_by_crime_type_and_by_area():
    assert {q.breakdown: q.id for q in VE.questions if q.breakdown} == {"crime-type": "VE-03a", "area": "VE-03b"}
    assert {"domestic-abuse", "stalking-harassment", "not-sure", "prefer-not-to-say"} <= {
        option.value for option in VE.question("VE-03a").options
    }


def test_the_areas_are_the_seven_councils_and_three_ways_out():
    areas = shipped(Kind.AREA)
    assert len(areas) == 10
    offered = [(option.value, option.label) for option in VE.question("VE-03b").options]
    assert offered == [(area.value, area.label) for area in areas]


def test_the_two_texts_ask_for_opposite_things_and_for_no_names():
    texts = [question for question in VE.questions if question.kind in TEXT_KINDS]
    assert {question.id: question.valence for question in texts} == {
        "VE-20": "praise",
        "VE-21": "suggestion",
        "VE-24": "",
    }
    for question in texts:
        assert question.limit == 2000
        assert "do not write names" in question.hint


def test_nobody_is_asked_about_their_right_to_stay():
    asked = " ".join(f"{q.label} {q.hint} {' '.join(o.label for o in q.options)}" for q in VE.questions).lower()
    assert not re.search(r"immigra|visa|right to stay|nationality|citizen", asked)


@pytest.mark.parametrize("question", VE.questions, ids=lambda question: question.id)
def test_the_words_are_plain(question):
    for sentence in re.split(r"[.?!]\s", f"{question.label} {question.hint}"):
        assert len(sentence.split()) <= 20
    words = question.label.split()
    assert len(words) <= 18
    assert sum(len(word) > 12 for word in words) <= 1


def test_it_informs_only_measures_rights_and_themes_that_exist():
    themes = {theme.slug for theme in codebook().themes}
    assert {code for question in VE.questions for code in question.feeds} <= MEASURES | RIGHTS | themes


@pytest.mark.parametrize(
    ("measure", "question"),
    [("M1", "VE-12"), ("M2", "VE-05"), ("M3", "VE-06"), ("M4", "VE-07"), ("M5", "VE-08"), ("M6", "VE-09")],
)
def test_each_measure_has_its_question(measure, question):
    assert [q.id for q in VE.questions if measure in q.feeds] == [question]


def test_the_measured_questions_have_no_middle_answer():
    for name in ("VE-05", "VE-06", "VE-07"):
        assert [option.value for option in VE.question(name).options] == ["yes", "no", "do-not-know"]


def test_an_unknown_key_in_a_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "DATA", tmp_path)
    (tmp_path / "odd.yaml").write_text("title: T\nabout: A\nquestions: [{id: A, kind: single, label: L, colour: red}]")
    with pytest.raises(TypeError, match="colour"):
        load_template("odd")
