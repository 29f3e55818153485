"""Routes only go forward, never round, and open nothing that was not answered."""

from dataclasses import replace
from itertools import chain, combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys import routes
from surveys.definition import Definition, Kind, Option, Part, Question, Rule
from surveys.library import load_template
from tests.surveys.factories import CHANGE, HEARD, SMALL, TAKE_PART, TOLD, USES, YES_NO, definitions

VE = load_template("victims_code_experience")


@st.composite
def answered(draw, most=7):
    """A definition with answers to some of its questions, also to some it would not ask."""
    definition = draw(definitions(most))
    answers = {}
    for question in definition.questions:
        values = [option.value for option in question.options] or ["words"]
        one = st.sampled_from(values)
        answer = st.lists(one, max_size=3) if question.kind is Kind.MULTIPLE else one
        answers[question.id] = draw(st.one_of(st.none(), answer))
    return definition, answers


@given(answered())
def test_a_route_follows_the_order_of_the_survey_and_never_repeats(case):
    definition, answers = case
    taken = [definition.questions.index(question) for question in routes.route(definition, answers)]
    assert taken == sorted(set(taken))


@given(answered())
def test_every_question_on_a_route_was_opened_by_an_answer_on_it(case):
    definition, answers = case
    steps = routes.route(definition, answers)
    for question in steps:
        if question.show_if:
            assert question.show_if.question in {step.id for step in steps}
            given = answers[question.show_if.question]
            assert set(question.show_if.any_of) & ({given} if isinstance(given, str) else set(given))


@given(answered())
def test_answers_off_the_route_are_dropped_and_change_nothing(case):
    definition, answers = case
    kept = routes.on_route(definition, answers)
    steps = routes.route(definition, answers)
    assert set(kept) <= {question.id for question in steps}
    assert all(kept[name] == answers[name] for name in kept)
    assert routes.route(definition, kept) == steps


@given(answered())
def test_forwards_and_backwards_are_the_same_way(case):
    definition, answers = case
    steps = routes.route(definition, answers)
    for here, there in pairwise(steps):
        assert routes.following(definition, answers, here.id) == there
        assert routes.preceding(definition, answers, there.id) == here
    assert routes.following(definition, answers, steps[-1].id) is None
    assert routes.preceding(definition, answers, steps[0].id) is None


@given(answered(), st.integers(0, 6))
def test_a_changed_answer_never_changes_what_came_before_it(case, position):
    definition, answers = case
    steps = routes.route(definition, answers)
    changed = steps[min(position, len(steps) - 1)]
    after = routes.route(definition, {**answers, changed.id: None})
    assert after[: steps.index(changed) + 1] == steps[: steps.index(changed) + 1]


def every_answer(question):
    values = [option.value for option in question.options]
    if question.part is Part.TAKE_PART:
        return ["yes"]
    if question.kind is Kind.MULTIPLE:
        return list(chain.from_iterable(combinations(values, size) for size in range(len(values) + 1)))
    return [None, *values]


@given(definitions(most=4))
def test_every_route_is_exactly_what_all_possible_answers_lead_to(definition):
    ids = [question.id for question in definition.questions]
    tried = {
        tuple(q.id for q in routes.route(definition, dict(zip(ids, answers, strict=True))))
        for answers in product(*map(every_answer, definition.questions))
    }
    found = routes.every_route(definition)
    assert set(found) == tried
    for path, answers in found.items():
        assert tuple(question.id for question in routes.route(definition, answers)) == path


@given(definitions())
def test_the_spread_measures_every_route(definition):
    walks = [steps for steps, _ in routes.walks(definition)]
    spread = routes.spread(definition)
    assert spread.routes == len(walks) == len({tuple(q.id for q in steps) for steps in walks})
    assert spread.pages == (min(map(len, walks)), max(map(len, walks)))
    assert spread.minutes == (min(map(routes.minutes, walks)), max(map(routes.minutes, walks)))


def test_forty_independent_branches_are_counted_without_walking_them():
    pairs = [
        (
            Question(f"A{n}", Kind.SINGLE, "?", options=YES_NO),
            Question(f"B{n}", Kind.SHORT_TEXT, "?", show_if=Rule(f"A{n}", ("yes",))),
        )
        for n in range(40)
    ]
    spread = routes.spread(Definition("Wide", (TAKE_PART, USES, *chain.from_iterable(pairs))))
    assert (spread.routes, spread.pages) == (2**40, (42, 82))


def test_who_does_not_agree_is_asked_nothing_more():
    assert routes.route(SMALL, {"TP": "no", "TOLD": "yes"}) == (TAKE_PART,)


def test_a_second_question_of_consent_ends_the_route_too():
    adult = Question(
        "ADULT", Kind.SINGLE, "Are you an adult?", options=YES_NO, part=Part.TAKE_PART, show_if=Rule("TOLD", ("no",))
    )
    definition = Definition("x", (TAKE_PART, USES, TOLD, adult, CHANGE))
    assert routes.route(definition, {"TP": "yes", "TOLD": "no", "ADULT": "no"})[-1] is adult
    assert routes.route(definition, {"TP": "yes", "TOLD": "no", "ADULT": "yes"})[-1] is CHANGE
    assert routes.route(definition, {"TP": "yes", "TOLD": "yes", "ADULT": "no"})[-1] is CHANGE


def test_a_skipped_question_opens_nothing():
    assert HEARD not in routes.route(SMALL, {"TP": "yes"})
    assert HEARD in routes.route(SMALL, {"TP": "yes", "TOLD": "yes"})


def test_one_of_several_chosen_answers_is_enough():
    several = Question("S", Kind.MULTIPLE, "?", options=(Option("a", "A"), Option("b", "B")))
    then = Question("T", Kind.SHORT_TEXT, "?", show_if=Rule("S", ("b",)))
    definition = Definition("x", (TAKE_PART, several, then))
    assert then in routes.route(definition, {"S": ["a", "b"]})
    assert then not in routes.route(definition, {"S": ["a"]})
    assert then not in routes.route(definition, {"S": []})


def test_several_chosen_answers_may_open_a_branch_each_and_both():
    several = Question("S", Kind.MULTIPLE, "?", options=(Option("a", "A"), Option("b", "B"), Option("c", "C")))
    first = Question("A", Kind.SHORT_TEXT, "?", show_if=Rule("S", ("a",)))
    second = Question("B", Kind.SHORT_TEXT, "?", show_if=Rule("S", ("b",)))
    found = routes.every_route(Definition("x", (TAKE_PART, several, first, second)))
    assert {path[2:] for path in found} == {(), ("A",), ("B",), ("A", "B")}


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [(Kind.SINGLE, 10, 1), (Kind.SINGLE, 160, 2), (Kind.LONG_TEXT, 10, 2), (Kind.SHORT_TEXT, 10, 2)],
)
def test_minutes_grow_with_words_and_writing(kind, words, expected):
    assert routes.minutes([Question("Q", kind, "word " * words)]) == expected


def test_no_questions_take_no_time():
    assert routes.minutes([]) == 0


class TestTheTemplate:
    def taken(self, **answers):
        named = {name.replace("_", "-"): value for name, value in answers.items()}
        return [question.id for question in routes.route(VE, {"VE-01": "yes", **named})]

    def test_who_told_nobody_goes_from_the_code_to_support(self):
        taken = self.taken(VE_03="not-yet", VE_04="no", VE_19="no")
        assert taken == [
            "VE-01",
            "VE-01a",
            "VE-02",
            "VE-03",
            "VE-03a",
            "VE-03b",
            "VE-04",
            "VE-19",
            "VE-19b",
            "VE-20",
            "VE-21",
        ]

    def test_who_told_the_police_meets_every_row_about_them(self):
        taken = self.taken(VE_03="yes")
        assert [name for name in taken if name.startswith("VE-11")] == [f"VE-11{row}" for row in "abcdefghi"]
        assert "VE-08" in taken
        assert "VE-19b" not in taken

    def test_what_is_needed_is_asked_of_everyone_who_reported_whatever_they_said_before(self):
        for answer in ("yes", "no", "do-not-know", None):
            assert "VE-08" in self.taken(VE_03="yes", VE_07=answer)

    @pytest.mark.parametrize(
        ("stage", "is_asked"), [("court", True), ("court-ended", True), ("charged", False), (None, False)]
    )
    def test_court_questions_wait_for_court(self, stage, is_asked):
        taken = self.taken(VE_03="yes", VE_15=stage)
        assert [f"VE-16{row}" in taken for row in "abcdefg"] == [is_asked] * 7

    @pytest.mark.parametrize("reported", ["yes", "not-yet", None])
    def test_orders_are_asked_about_where_they_exist_reported_or_not(self, reported):
        assert "VE-14" in self.taken(VE_03=reported, VE_03a="domestic-abuse")
        assert "VE-14" not in self.taken(VE_03=reported, VE_03a="hate-crime")

    def test_a_child_alone_is_led_to_help(self):
        assert self.taken(VE_02="for-a-child", VE_02a="no", VE_03="yes")[-1] == "VE-02a"
        assert "VE-03" in self.taken(VE_02="for-a-child", VE_02a="yes")
        assert "VE-02a" not in self.taken(VE_02="me")

    def test_skipping_everything_still_leads_to_the_end(self):
        assert self.taken()[-1] == "VE-21"

    def test_the_spread_is_what_the_documentation_says(self):
        assert routes.spread(VE) == routes.Spread(routes=168, pages=(10, 50), minutes=(6, 21))


def test_a_rule_on_itself_or_round_in_a_circle_opens_nothing():
    alone = replace(TOLD, show_if=Rule("TOLD", ("yes",)))
    circle = (replace(TOLD, id="A", show_if=Rule("B", ("yes",))), replace(TOLD, id="B", show_if=Rule("A", ("yes",))))
    definition = Definition("x", (TAKE_PART, alone, *circle))
    assert routes.route(definition, {"TP": "yes", "TOLD": "yes", "A": "yes", "B": "yes"}) == (TAKE_PART,)
