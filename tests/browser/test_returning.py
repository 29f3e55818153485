"""Coming back the next day with six words on paper: in real Chromium, on a phone, with and without JavaScript."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from feedback.models import Contribution, SealedText
from surveys.journey import places
from surveys.journey.drafts import discard_abandoned
from surveys.models import Draft
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory
from tests.surveys.journey.factories import EVERY_KIND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CANARY = "Quillfeather canary"


@pytest.fixture
def survey(keys):
    survey = SurveyFactory(published=True, definition=EVERY_KIND)
    make_site(survey)
    return survey


def place(page) -> str:
    marks = page.locator("input[name=place]")
    return marks.first.get_attribute("value") if marks.count() else ""


def press(page, name: str):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def heading(page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def go_to(page, wanted: str):
    """Continue, answering what must be answered and skipping the rest, until this place is shown."""
    for _ in range(40):
        if place(page) == wanted:
            return page
        if place(page) == "K-01":
            page.locator("[value=yes]").check()
            press(page, "Continue")
        elif page.locator("button[value=skip]:visible").count():
            with page.expect_navigation():
                page.locator("button[value=skip]").click()
        else:
            with page.expect_navigation():
                page.locator(".heard-buttons button[value=continue]").click()
    raise AssertionError(f"never came to {wanted}")


def look(page, found: dict, name: str):
    """Note what axe finds on this page, where scripts run; the pages are the same without them."""
    if found["scripts"]:
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], name
        faults = Axe().run(page).response["violations"]
        found[name] = [f"{fault['id']} ({fault['impact']}): {fault['nodes'][0]['html'][:120]}" for fault in faults]


def begin(page):
    page.goto("/how-was-it/")
    press(page, "Start")
    return go_to(page, places.WORDS)


def take_words(page, found: dict) -> str:
    look(page, found, "offer")
    press(page, "Give me six words")
    words = " ".join(page.locator(".heard-words li").all_inner_texts())
    assert re.fullmatch(r"([a-z]+ ){5}[a-z]+", words)
    look(page, found, "written")
    press(page, "I have written them down")
    look(page, found, "retype")
    page.get_by_label("Your six words").fill("these are not the right ones")
    press(page, "Continue")
    look(page, found, "written again")
    press(page, "I have written them down")
    page.get_by_label("Your six words").fill(words.title())
    press(page, "Continue")
    assert place(page) == "K-04"
    return words


def answer_and_close(page, found: dict) -> str:
    words = take_words(page, found)
    go_to(page, "K-11")
    page.fill("#id_answer", CANARY)
    press(page, "Continue")
    page.context.close()
    return words


def a_day_goes_by():
    Draft.objects.update(touched_on=timezone.localdate() - timedelta(days=1))
    assert discard_abandoned(timezone.localdate()) == 0


def come_back(page, words: str, found: dict):
    page.goto("/form/")
    look(page, found, "nothing here")
    press(page, "I have six words to come back with")
    look(page, found, "ask")
    page.get_by_label("Your six words").fill("only two")
    press(page, "Continue")
    look(page, found, "misread")
    page.get_by_label("Your six words").fill(" ".join(["abacus"] * 6))
    press(page, "Continue")
    assert heading(page) == "We found nothing with these words"
    look(page, found, "unknown")
    page.get_by_label("Your six words").fill(words.upper().replace(" ", " - "))
    press(page, "Try again")
    assert place(page) == places.CHECK


def add_and_send(page, found: dict):
    assert CANARY not in page.content()
    look(page, found, "check")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Change your answer to: What should change")).click()
    assert CANARY not in page.content()
    look(page, found, "kept")
    page.get_by_label("Keep it, and add what I write now").check()
    page.fill("#id_answer", "One more thing.")
    press(page, "Continue")
    press(page, "Send my answers")
    assert SealedText.objects.filter(question_id="K-11").count() == 2


def take_back(page, words: str, found: dict):
    page.goto("/how-was-it/")
    press(page, "I have six words to come back with")
    page.get_by_label("Your six words").fill(words)
    press(page, "Continue")
    assert heading(page) == "We have your answers"
    assert CANARY not in page.content()
    assert (page.title(), page.url[-6:]) == ("Your answers", "/form/")
    look(page, found, "receipt")
    press(page, "Take my answers back")
    look(page, found, "withdraw")
    press(page, "Yes, delete my answers")
    look(page, found, "withdrawn")
    assert not Contribution.objects.exists()
    assert page.context.cookies() == []


@pytest.mark.parametrize("javascript", [False, True], ids=["without JavaScript", "with JavaScript"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (320, "dark")])
def test_a_return_the_next_day_with_only_the_six_words(survey, open_page, javascript, width, scheme):
    options = {"width": width, "javascript": javascript, "color_scheme": scheme}
    found = {"scripts": javascript}
    words = answer_and_close(begin(open_page(**options)), found)
    a_day_goes_by()
    page = open_page(**options)
    come_back(page, words, found)
    add_and_send(page, found)
    take_back(open_page(**options), words, found)
    assert {name: faults for name, faults in found.items() if faults} == ({"scripts": True} if javascript else {})
