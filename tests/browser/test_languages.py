"""The whole Victims' Code survey from right to left, on the smallest screen, to the receipt."""

import re

import pytest

from feedback.models import Contribution
from surveys.journey import places
from surveys.library import load_translations
from surveys.models import SurveyTranslation
from tests.browser.test_journey import LONGEST_SURVEY, assert_fits, place, violations
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = 320
ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
SENT = "sent"
TYPED = {"ur": "سات ہفتے، 3 calls to 101", "ar": "انتظرت سبعة أسابيع واتصلت بالرقم 101 ثلاث مرات"}
OFFICE_WORDS = "یہ دفتر کے الفاظ ہیں"  # what an office says of its consultation is its own to translate


@pytest.fixture
def survey(keys, settings):
    settings.HEARD_DEMO = True  # the translations that ship are drafts, which only a demonstration offers
    survey = SurveyFactory(template=True)
    shipped = load_translations("victims_code_experience")
    for language in ("ur", "ar"):
        texts = {key: shipped[language].get(key, OFFICE_WORDS) for key in survey.sources()}
        SurveyTranslation.objects.create(survey=survey, language=language, texts=texts, is_offered=True)
    survey.save_revision().publish()
    make_site(survey)
    return survey


def press(page, value: str):
    page.locator(f".heard-buttons button[value={value}]").click()


def start(page, language: str):
    page.goto(f"/how-was-it/?language={language}")
    assert_reads_from_the_right(page, language)
    page.locator(".heard-buttons button").first.click()
    for value in ("no", "continue", "none", "continue"):
        assert_reads_from_the_right(page, language)
        assert_fits(page, WIDTH)
        press(page, value)


def answer(page, language: str):
    if page.locator(".govuk-date-input").count():
        page.fill("#id_answer_1", "2024")
    elif page.locator("textarea").count():
        page.fill("textarea", TYPED[language])
    elif page.locator("input[inputmode=numeric]").count():
        page.locator("input[inputmode=numeric]").first.fill("1")
    else:
        assert_choices_stand_right_of_their_words(page)
        page.locator(".govuk-radios__input, .govuk-checkboxes__input").first.check()
    press(page, "continue")


def assert_reads_from_the_right(page, language: str):
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language, "rtl")
    assert ARABIC_SCRIPT.search(page.locator("h1").first.inner_text())


def assert_choices_stand_right_of_their_words(page):
    box = page.locator(".govuk-radios__input, .govuk-checkboxes__input").first.bounding_box()
    words = page.locator(".govuk-radios__label, .govuk-checkboxes__label").first
    start_of_words = words.evaluate(
        "e => e.getBoundingClientRect().right - parseFloat(getComputedStyle(e).paddingRight)"
    )
    assert box["x"] + box["width"] / 2 > start_of_words


@pytest.mark.parametrize("language", ["ur", "ar"])
def test_the_victims_code_survey_from_right_to_left(survey, open_page, language):
    page = open_page(width=WIDTH)
    start(page, language)
    faults = {}
    for number in range(LONGEST_SURVEY):
        assert_reads_from_the_right(page, language)
        assert_fits(page, WIDTH)
        if number % 5 == 0 or place(page) == places.CHECK:
            faults[place(page)] = violations(page)
        if place(page) == places.CHECK:
            break
        press(page, "skip") if place(page) == places.WORDS else answer(page, language)
    press(page, "send")
    assert_reads_from_the_right(page, language)
    faults[SENT] = violations(page)
    assert {name: found for name, found in faults.items() if found} == {}
    assert Contribution.objects.get().language == language
