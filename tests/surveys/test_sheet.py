"""The sheet sends everybody to exactly the questions that the journey would ask them."""

import pytest
from hypothesis import given

from surveys.definition import Kind, Part
from surveys.library import load_template
from surveys.routes import route, walks
from surveys.sheet import Entry, Guard, either, sheet
from tests.surveys.factories import SMALL, definitions

VE = load_template("victims_code_experience")


def followed(definition, answers):
    """The ids somebody answers who reads the sheet from the top and does what it says."""
    lines, found, number = sheet(definition), [], 1
    total = len(definition.questions)
    while number is not None and number <= total:
        entry = next(line for line in lines if isinstance(line, Entry) and line.number == number)
        outer = [line for line in lines if isinstance(line, Guard) and line.first == number]
        barred = next((guard for guard in outer if not opens(guard, definition, answers, found)), None)
        if barred:
            number = barred.otherwise
            continue
        found.append(entry.question.id)
        number = onward(entry, answers.get(entry.question.id))
    return found


def opens(guard, definition, answers, found):
    question = definition.questions[guard.steering - 1]
    return question.id in found and any(label in guard.labels for label in said(question, answers.get(question.id)))


def said(question, value):
    chosen = [value] if isinstance(value, str) else list(value or ())
    return [option.label for option in question.options if option.value in chosen]


def onward(entry, value):
    labels = said(entry.question, value)
    if any(label in entry.leaves for label in labels):
        return None
    return next((go.number for go in entry.go_to if set(labels) & set(go.labels)), entry.number + 1)


def test_every_route_of_the_shipped_survey_is_the_same_on_paper():
    count = 0
    for steps, answers in walks(VE):
        assert followed(VE, answers) == [question.id for question in steps]
        count += 1
    assert count > 50


def test_a_route_through_the_small_survey():
    answers = {"TP": "yes", "TOLD": "no"}
    assert followed(SMALL, answers) == [question.id for question in route(SMALL, answers)]
    assert "HEARD" not in followed(SMALL, answers)


@given(definitions())
def test_every_question_stands_on_the_sheet_once_and_rules_only_lead_on(definition):
    lines = sheet(definition)
    entries = [line for line in lines if isinstance(line, Entry)]
    assert [entry.question for entry in entries] == list(definition.questions)
    for entry in entries:
        assert all(go.number is None or go.number > entry.number + 1 for go in entry.go_to)
        if entry.question.part is Part.TAKE_PART:
            assert entry.leaves
        if entry.question.kind is Kind.LONG_TEXT:
            assert 1 <= len(entry.lines) <= 14
    assert all(guard.steering < guard.first <= guard.last for guard in lines if isinstance(guard, Guard))


@pytest.mark.parametrize(
    ("labels", "words"),
    [(("A",), "“A”"), (("A", "B"), "“A” or “B”"), (("A", "B", "C"), "“A”, “B” or “C”")],
)
def test_labels_in_a_sentence(labels, words):
    assert either(labels) == words
