"""The markup of our crispy template pack: labels, hints and errors belong together, and links lead to a control."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from surveys.journey.forms import AnswerForm
from tests.surveys.journey.factories import BRIEFLY, CHANGE, EVERY_KIND, TAKE_PART, WAYS, WHEN

BAD = {
    "K-01": {},
    "K-06": {"answer": ["phone", "none"]},
    "K-07": {"answer_0": "13", "answer_1": "2024"},
    "K-08a": {"answer_1": "2", "answer_2": "2"},
    "K-10": {"answer": "x" * 41},
    "K-11": {"answer": "x" * 201},
}
CONTROLS = {"input", "textarea", "select"}


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def with_id(self, name: str):
        [element] = [found for found in self.found if found[1].get("id") == name]
        return element

    def named(self, *tags: str):
        return [attrs for tag, attrs in self.found if tag in tags]


def page(walker, question_id: str, *, bad: bool = False) -> Elements:
    walker.go_to(question_id)
    if bad:
        walker.press(**BAD[question_id])
        assert walker.response.status_code == 422
    return Elements(walker.text)


@pytest.mark.parametrize("question", EVERY_KIND.questions, ids=lambda question: question.id)
def test_each_page_is_sound(walker, question):
    elements = page(walker, question.id)
    every_id = [attrs["id"] for _, attrs in elements.found if attrs.get("id")]
    assert len(every_id) == len(set(every_id))
    assert len(elements.named("h1")) == 1
    for attrs in elements.named(*CONTROLS):
        if attrs.get("type") != "hidden":
            assert [label for label in elements.named("label") if label["for"] == attrs["id"]], attrs
        for name in (attrs.get("aria-describedby") or "").split():
            elements.with_id(name)
    for attrs in elements.named("fieldset"):
        for name in (attrs.get("aria-describedby") or "").split():
            elements.with_id(name)
    assert "style" not in {key for _, attrs in elements.found for key in attrs}
    assert not [attrs for attrs in elements.named("script") if not attrs.get("src")]


@pytest.mark.parametrize("question_id", BAD)
def test_an_error_is_told_above_and_beside_and_leads_to_its_control(walker, question_id):
    elements = page(walker, question_id, bad=True)
    [link] = [attrs["href"] for attrs in elements.named("a") if attrs.get("href", "").startswith("#id_")]
    tag, target = elements.with_id(link[1:])
    assert tag in CONTROLS
    assert target["type"] in {"radio", "checkbox", "text"} if tag == "input" else True
    _, summary = next(e for e in elements.found if "govuk-error-summary" in (e[1].get("class") or "").split())
    assert summary["tabindex"] == "-1"
    assert "autofocus" in summary
    elements.with_id("id_answer_error")
    described = [attrs.get("aria-describedby") or "" for attrs in elements.named("fieldset", "input", "textarea")]
    assert any("id_answer_error" in names.split() for names in described)
    message = re.search(r'href="#id_[^"]*">([^<]+)</a>', walker.text)[1]
    assert walker.text.count(message) == 2
    assert "Back" in walker.text


def test_a_wrong_year_is_linked_to_the_year(walker):
    walker.go_to("K-07")
    walker.press(answer_0="3", answer_1="x")
    assert 'href="#id_answer_1"' in walker.text
    assert walker.text.count("govuk-input--error") == 1


def test_what_was_typed_is_shown_again(walker):
    page(walker, "K-06", bad=True)
    assert len(re.findall(r"value=\"(?:phone|none)\" checked", walker.text)) == 2
    page(walker, "K-07", bad=True)
    assert 'value="13"' in walker.text
    page(walker, "K-11", bad=True)
    assert "x" * 201 in walker.text


def test_none_of_these_stands_apart(walker):
    walker.go_to("K-06")
    assert walker.text.index("govuk-checkboxes__divider") < walker.text.index("data-exclusive")
    assert walker.text.count("data-exclusive") == 1


def test_a_limit_is_said_without_javascript_and_belongs_to_the_box(walker):
    elements = page(walker, "K-11")
    assert "You can write up to 200 characters." in walker.text
    _, box = elements.with_id("id_answer")
    assert "id_answer_limit" in box["aria-describedby"].split()
    assert "id_answer_helptext" in box["aria-describedby"].split()


def test_the_first_button_of_a_question_is_continue_so_that_enter_continues(walker):
    elements = page(walker, "K-10")
    buttons = [attrs for attrs in elements.named("button") if attrs["type"] == "submit"]
    assert buttons[0]["value"] == "continue"
    assert buttons[0]["tabindex"] == "-1"


def test_the_exit_is_first_in_keyboard_order(walker):
    elements = page(walker, "K-04")
    first = next(attrs for tag, attrs in elements.found if tag in {"a", "button", *CONTROLS})
    assert first["href"] == "/leave"


def test_skip_is_a_button_like_continue(walker):
    elements = page(walker, "K-04")
    skip, go = ([b for b in elements.named("button") if b.get("value") == name][-1] for name in ("skip", "continue"))
    assert "govuk-button" in skip["class"].split()
    assert "govuk-button" in go["class"].split()


@pytest.mark.parametrize("question", [TAKE_PART, WAYS, WHEN, BRIEFLY, CHANGE], ids=lambda question: question.id)
def test_hints_of_editors_are_text_and_never_markup(question):
    form = AnswerForm(replace(question, hint="<img src=x> & co", label="<b>Bold</b>"))
    html = render_to_string("govuk/field.html", {"field": form["answer"]})
    assert "<img" not in html
    assert "<b>" not in html
    assert "&lt;img src=x&gt; &amp; co" in html
