"""One question's form: what each kind takes, and messages that say what to do."""

import datetime
from dataclasses import replace

import pytest
from django.http import QueryDict
from django.utils import timezone

from surveys.journey.forms import SHOWN_AGAIN, AnswerForm
from surveys.journey.widgets import LONGEST_PART
from tests.surveys.journey.factories import (
    BRIEFLY,
    CHANGE,
    CONTENT,
    CRIME,
    EVERY_KIND,
    LISTENED,
    ORDER,
    TAKE_PART,
    WAYS,
    WHEN,
    WHERE,
)

TWICE = "You gave number 1 to “Being kept up to date” and to “Feeling safe”. Give each a number of its own."
NO_PLACE = "Beside “How long it takes”, write a whole number from 1 to 4, or leave the box empty."


def posted(question, body: str) -> AnswerForm:
    return AnswerForm(question, QueryDict(body))


@pytest.mark.parametrize(
    ("question", "body", "answer"),
    [
        (TAKE_PART, "answer=yes", "yes"),
        (LISTENED, "answer=does-not-apply", "does-not-apply"),
        (CONTENT, "answer=very-satisfied", "very-satisfied"),
        (WHERE, "answer=outside", "outside"),
        (WAYS, "answer=phone&answer=letter", ["phone", "letter"]),
        (WAYS, "answer=none", ["none"]),
        (WHEN, "answer_0=3&answer_1=2024", "2024-03"),
        (WHEN, "answer_0=+03+&answer_1=2024", "2024-03"),
        (WHEN, "answer_0=&answer_1=2024", "2024"),
        (CRIME, "answer=hate-crime", "hate-crime"),
        (ORDER, "answer_0=2&answer_1=&answer_2=1&answer_3=3", ["safe", "news", "speed"]),
        (ORDER, "answer_3=+1.+", ["speed"]),
        (ORDER, "answer_0=4&answer_1=3&answer_2=2&answer_3=01", ["speed", "safe", "respect", "news"]),
        (BRIEFLY, "answer=+Slow+but+kind+", "Slow but kind"),
        (CHANGE, "answer=One%0D%0Atwo", "One\ntwo"),
    ],
)
def test_each_kind_takes_its_answer(question, body, answer):
    form = posted(question, body)
    assert form.is_valid(), form.errors
    assert form.answer() == answer


@pytest.mark.parametrize("question", [q for q in EVERY_KIND.questions if q is not TAKE_PART], ids=lambda q: q.id)
@pytest.mark.parametrize("body", ["", "answer_0=&answer_1="])
def test_no_answer_is_an_answer_everywhere_but_to_taking_part(question, body):
    form = posted(question, body)
    assert form.is_valid(), form.errors
    assert form.answer() is None


@pytest.mark.parametrize(
    ("question", "body", "said"),
    [
        (TAKE_PART, "", "Choose yes or no to go on."),
        (WHERE, "answer=moon", "Choose one of the answers on this page."),
        (WAYS, "answer=pigeon", "Choose only from the answers on this page."),
        (WAYS, "answer=phone&answer=none", "Choose “None of these” on its own, or take it away and keep the others."),
        (ORDER, "answer_0=1&answer_2=1", TWICE),
        (ORDER, "answer_0=2", "Nothing has number 1 yet. Start at 1 and leave no number out."),
        (ORDER, "answer_0=1&answer_2=3", "Nothing has number 2 yet. Start at 1 and leave no number out."),
        *((ORDER, f"answer_0=1&answer_3={odd}", NO_PLACE) for odd in ["5", "0", "-1", "1.5", "first", "٢", "9" * 30]),
        (WHEN, "answer_0=3", "Enter the year as four numbers, such as 2024."),
        (WHEN, "answer_0=3&answer_1=24", "Enter the year as four numbers, such as 2024."),
        (WHEN, "answer_0=3&answer_1=٢٠٢٤", "Enter the year as four numbers, such as 2024."),
        (WHEN, "answer_0=13&answer_1=2024", "Enter the month as a number from 1 to 12, or leave it empty."),
        (WHEN, "answer_0=0&answer_1=2024", "Enter the month as a number from 1 to 12, or leave it empty."),
        (WHEN, "answer_0=May&answer_1=2024", "Enter the month as a number from 1 to 12, or leave it empty."),
        (WHEN, "answer_0=1&answer_1=9999", "Enter a month that has already begun."),
    ],
)
def test_each_message_says_what_to_do(question, body, said):
    form = posted(question, body)
    assert form.errors["answer"] == [said]


@pytest.mark.parametrize(("months_ahead", "is_valid"), [(0, True), (1, False)])
def test_this_month_has_begun_and_the_next_has_not(months_ahead, is_valid):
    day = timezone.localdate().replace(day=1) + datetime.timedelta(days=32 * months_ahead)
    assert posted(WHEN, f"answer_0={day.month}&answer_1={day.year}").is_valid() == is_valid


@pytest.mark.parametrize(("year", "is_valid"), [(1899, False), (1900, True)])
def test_the_oldest_year(year, is_valid):
    assert posted(WHEN, f"answer_1={year}").is_valid() == is_valid


@pytest.mark.parametrize(
    ("body", "marked"), [("answer_0=13&answer_1=2024", [True, False]), ("answer_0=3", [False, True])]
)
def test_the_box_at_fault_is_marked(body, marked):
    form = posted(WHEN, body)
    form.is_valid()
    assert [part["is_faulty"] for part in form.parts()] == marked


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("answer_0=1&answer_2=1", [True, False, True, False]),
        ("answer_0=2&answer_1=3", [True, True, False, False]),
        ("answer_0=x&answer_1=1&answer_2=1", [True, False, False, False]),
    ],
)
def test_the_numbers_to_change_are_marked_and_everything_is_shown_again(body, marked):
    form = posted(ORDER, body)
    assert not form.is_valid()
    assert [part["is_faulty"] for part in form.parts()] == marked
    assert [part["value"] or "" for part in form.parts()] == [
        QueryDict(body).get(f"answer_{number}", "") for number in range(4)
    ]


def test_a_stored_order_fills_the_boxes():
    parts = AnswerForm(ORDER, answer=["safe", "news"]).parts()
    assert [part["value"] or "" for part in parts] == ["2", "", "1", ""]


def test_what_cannot_be_seen_or_is_far_too_long_is_not_shown_again_in_a_small_box():
    form = posted(ORDER, "answer_0=" + "%E2%80%AE1%00" + "&answer_1=" + "7" * 5000)
    assert not form.is_valid()
    assert [part["value"] for part in form.parts()][:2] == ["1", "7" * LONGEST_PART]


def test_a_stored_month_fills_the_boxes():
    assert [part["value"] for part in AnswerForm(WHEN, answer="2024-03").parts()] == ["3", "2024"]
    assert [part["value"] for part in AnswerForm(WHEN, answer="2024").parts()] == [None, "2024"]


@pytest.mark.parametrize(("length", "is_valid"), [(199, True), (200, True), (201, False)])
def test_a_text_is_counted_in_characters(length, is_valid):
    assert posted(CHANGE, f"answer={'é' * length}").is_valid() == is_valid


def test_too_long_a_text_is_told_by_how_much_and_shown_whole():
    form = posted(CHANGE, f"answer={'x' * 1450}")
    assert form.errors["answer"] == ["Your answer is 1,250 characters too long. Shorten it to 200 characters or fewer."]
    assert form["answer"].value() == "x" * 1450


def test_beyond_what_can_be_shown_the_page_says_so():
    form = posted(CHANGE, f"answer={'é' * SHOWN_AGAIN}")
    assert "only the beginning is below" in form.errors["answer"][0]
    assert form["answer"].value() == "é" * (SHOWN_AGAIN // 2)


def test_a_line_break_counts_once():
    assert posted(CHANGE, "answer=" + "%0D%0A".join(["x" * 99, "x" * 100])).is_valid()


@pytest.mark.parametrize(
    ("limit", "length", "is_valid"), [(0, 2000, True), (0, 2001, False), (10, 10, True), (10, 11, False)]
)
def test_a_question_without_a_limit_has_the_usual_one(limit, length, is_valid):
    assert posted(replace(CHANGE, limit=limit), f"answer={'x' * length}").is_valid() == is_valid
