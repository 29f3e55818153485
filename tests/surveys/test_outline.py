"""The outline nests where the survey branches, the drawing shows the same, and the command prints the routes."""

import io
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given

from surveys.definition import Definition, Kind, Option, Question, Rule
from surveys.drawing import BOX_HEIGHT, BOX_WIDTH, draw
from surveys.library import load_template
from surveys.outline import Branch, Step, outline, rule_sentence
from tests.surveys.factories import CHANGE, SMALL, TAKE_PART, TOLD, USES, SurveyFactory, definitions

STAGE = Question("STAGE", Kind.SINGLE, "How far?", options=(Option("court", "Court"), Option("closed", "Closed")))


def flat(items):
    for item in items:
        if isinstance(item, Branch):
            yield from flat(item.items)
        else:
            yield item


def shape(items):
    return [[item.rule.question, shape(item.items)] if isinstance(item, Branch) else item.question.id for item in items]


@given(definitions())
def test_every_question_stands_once_in_its_order(definition):
    steps = list(flat(outline(definition)))
    assert steps == [Step(number, question) for number, question in enumerate(definition.questions, start=1)]


def test_branches_nest_and_runs_stay_together():
    definition = Definition(
        "x",
        (
            TOLD,
            Question("A", Kind.SHORT_TEXT, "a", show_if=Rule("TOLD", ("yes",))),
            Question("STAGE", Kind.SINGLE, "b", options=STAGE.options, show_if=Rule("TOLD", ("yes",))),
            Question("C", Kind.SHORT_TEXT, "c", show_if=Rule("STAGE", ("court",))),
            Question("D", Kind.SHORT_TEXT, "d", show_if=Rule("TOLD", ("yes",))),
            Question("E", Kind.SHORT_TEXT, "e", show_if=Rule("TOLD", ("no",))),
            CHANGE,
        ),
    )
    assert shape(outline(definition)) == [
        "TOLD",
        ["TOLD", ["A", "STAGE", ["STAGE", ["C"]], "D"]],
        ["TOLD", ["E"]],
        "CHANGE",
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (("court",), "Asked only if STAGE is “Court”."),
        (("court", "closed"), "Asked only if STAGE is “Court” or “Closed”."),
        (("court", "closed", "gone"), "Asked only if STAGE is “Court”, “Closed” or “gone”."),
    ],
)
def test_a_rule_is_said_in_the_words_people_see(values, sentence):
    assert rule_sentence(Rule("STAGE", values), Definition("x", (STAGE,))) == sentence


def test_a_rule_that_goes_round_does_not_hang():
    first = Question("A", Kind.SINGLE, "?", options=TOLD.options, show_if=Rule("B", ("yes",)))
    second = Question("B", Kind.SINGLE, "?", options=TOLD.options, show_if=Rule("A", ("yes",)))
    assert [step.question.id for step in flat(outline(Definition("x", (first, second))))] == ["A", "B"]


@given(definitions())
def test_no_two_boxes_touch_and_all_are_inside(definition):
    drawing = draw(definition)
    assert [box.key for box in drawing.boxes] == [question.id for question in definition.questions]
    tops = [box.y for box in drawing.boxes]
    assert all(below - above > BOX_HEIGHT for above, below in pairwise(tops))
    assert tops[-1] + BOX_HEIGHT <= drawing.height
    assert all(box.x + BOX_WIDTH <= drawing.width for box in drawing.boxes)


def test_a_branch_is_set_in_joined_and_named():
    drawing = draw(SMALL)
    boxes = {box.key: box for box in drawing.boxes}
    assert boxes["HEARD"].x > boxes["TOLD"].x == boxes["CRIME"].x
    assert boxes["HEARD"].note == "only if TOLD is “Yes”."
    assert sum(len(line.points.split()) == 3 for line in drawing.lines) == 1


def test_an_empty_survey_draws_nothing():
    assert draw(Definition("x")).boxes == ()


class TestCommand:
    def run(self, name):
        out = io.StringIO()
        call_command("survey_routes", name, stdout=out)
        return out.getvalue().splitlines()

    def test_a_template_prints_every_route_and_the_spread(self):
        lines = self.run("victims_code_experience")
        assert len(lines) == 169
        assert lines[-1] == "168 routes: 10 to 50 pages, 6 to 21 minutes."
        assert lines[0].startswith(" 50 pages   21 minutes  VE-02=me-with-help, VE-03=yes")

    @pytest.mark.django_db
    def test_a_published_survey_is_found_by_its_code(self):
        SurveyFactory(published=True, code="abc")
        assert self.run("abc")[-1] == "2 routes: 6 to 7 pages, 3 to 3 minutes."

    @pytest.mark.django_db
    def test_a_draft_or_an_unknown_name_is_refused(self):
        SurveyFactory(code="draft")
        for name in ("draft", "nothing"):
            with pytest.raises(CommandError, match="no template and no published survey"):
                self.run(name)


def test_a_survey_without_branches_has_one_route():
    from surveys.routes import spread

    assert spread(Definition("x", (TAKE_PART, USES))).routes == 1
    assert load_template("victims_code_experience").questions
