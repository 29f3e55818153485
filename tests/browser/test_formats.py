"""Easy Read, sign language and paper in a real browser: the whole shipped survey, and no accessibility fault on the way."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from feedback.models import Contribution
from surveys.definition import Definition
from surveys.facets import Signed
from surveys.journey import places
from tests.browser.test_journey import TARGET, answer, go_to, place, press, violations
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory
from tests.surveys.journey.factories import EVERY_KIND
from tests.surveys.journey.test_modes import in_easy_words
from tests.surveys.test_filing import FILM, document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shipped(keys):
    survey = SurveyFactory(published=True, template=True)
    make_site(survey)
    return survey


@pytest.fixture
def of_every_kind(keys):
    """A survey with every kind of question, in Easy Read."""
    definition = Definition("Fictional", tuple(in_easy_words(question) for question in EVERY_KIND.questions))
    survey = SurveyFactory(published=True, definition=definition)
    make_site(survey)
    return survey


def too_wide(page) -> list[str]:
    """What stands out of the window sideways."""
    page.wait_for_load_state("load")
    if page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
        return []
    return page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth)
            .map(e => `${e.tagName} ${e.className} ${Math.round(e.getBoundingClientRect().right)}`)"""
    )


def start(page, name: str):
    """To the first question: nobody in danger, exit understood, nobody helps, old enough."""
    page.goto("/how-was-it/")
    page.get_by_role("button", name=name).click()
    for button in ("no", "continue"):
        page.locator(f".heard-buttons button[value={button}]").click()
    if place(page) == places.WHO:
        page.locator(".heard-buttons button[value=none]").click()
    page.locator(".heard-buttons button[value=continue]").click()
    return page


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_shipped_survey_is_answered_to_the_end_in_easy_read(shipped, open_page, javascript):
    page = start(open_page(width=360, javascript=javascript), "Start in Easy Read")
    seen = []
    while place(page) != places.CHECK:
        seen.append(place(page))
        assert page.locator("body.heard--easy").count() == 1, seen[-1]
        assert too_wide(page) == [], seen[-1]
        if seen[-1] == places.WORDS:
            page.locator(".heard-buttons button[value=skip]").click()
        else:
            answer(page)
    assert len(seen) > 30
    press(page, "Send my answers")
    assert page.get_by_role("heading", level=1).inner_text() == "Your answers have been sent"
    assert Contribution.objects.get().sealed_texts.count() == 2


def test_no_page_in_easy_read_has_an_accessibility_fault(of_every_kind, open_page):
    page = open_page(width=320)
    page.goto("/how-was-it/")
    found = {"consultation": violations(page)}
    page.get_by_role("button", name="Start in Easy Read").click()
    for button in ("yes", "continue", "continue", "young", "back", "continue"):
        found[f"{place(page)} {button}"] = violations(page)
        page.locator(f".heard-buttons button[value={button}], .heard-back[value={button}]").click()
    for question in EVERY_KIND.questions:
        go_to(page, question.id)
        found[question.id] = violations(page)
        if question.id == "K-08a":
            press(page, "Skip this question")
        if question.id == "K-06":
            assert_words_stand_beside_their_picture(page.locator(".heard-pictured").first)
    go_to(page, places.CHECK)
    found["check"] = violations(page)
    press(page, "Send my answers")
    found["sent"] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def assert_words_stand_beside_their_picture(label):
    picture, words = (label.locator(part).bounding_box() for part in ("img", "span"))
    assert words["x"] >= picture["x"] + picture["width"]


def test_a_question_in_sign_language_has_a_film_that_waits_to_be_asked(keys, open_page):
    film = Signed(f"document:{document('film.mp4', FILM).pk}")
    questions = tuple(replace(question, signed=film) for question in EVERY_KIND.questions)
    make_site(SurveyFactory(published=True, definition=Definition("Fictional", questions)))
    page = start(open_page(width=320), "Start in sign language (BSL)")
    film = page.locator("video")
    assert film.get_attribute("preload") == "none"
    assert film.evaluate("film => [film.paused, film.autoplay, film.controls]") == [True, False, True]
    assert too_wide(page) == []
    assert violations(page) == []
    page.get_by_role("button", name="Usual words").click()
    assert page.locator("video").count() == 0


def test_the_printed_sheet_has_no_accessibility_fault(shipped, open_page):
    page = open_page(width=320)
    page.goto("/how-was-it/")
    for button in ("Get the questions on paper", "Show it in Easy Read"):
        page.get_by_role("button", name=button).click()
        assert violations(page) == []
        assert too_wide(page) == []


def test_an_easy_read_question_is_small_without_its_pictures(shipped, open_page, govuk_css):
    page = start(open_page(), "Start in Easy Read")
    static = Path(__file__).resolve().parents[2] / "site" / "static"
    names = page.evaluate("performance.getEntriesByType('resource').map(e => new URL(e.name).pathname)")
    assets = [Path(name).name for name in names if "/form/files/" not in name and "/pictures/" not in name]
    paths = [govuk_css if name == govuk_css.name else static / name for name in assets]
    assert govuk_css in paths
    size = len(gzip.compress(page.content().encode())) + sum(len(gzip.compress(p.read_bytes())) for p in paths)
    assert size <= TARGET, size
