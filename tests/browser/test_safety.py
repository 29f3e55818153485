"""Half an hour without anybody, at 400 % zoom, in forced colours, and the pages that end a sitting."""

import datetime

import pytest
from django.utils import timezone

from feedback.models import Consultation
from surveys.models import Draft
from tests.browser.test_journey import (
    SIZES,
    go_to,
    place,
    press,
    start,
    survey,  # noqa: F401 - a fixture
    violations,
)
from tests.surveys.factories import SurveyFactory
from tests.surveys.journey.factories import EVERY_KIND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ZOOMED_IN = 320  # a window of 1280 px at 400 %
MINUTES = 60 * 1000


@pytest.fixture
def idle_page(survey, open_page):  # noqa: F811
    page = open_page()
    page.clock.install()
    return go_to(start(page), "K-10")


def test_a_warning_comes_after_25_minutes_and_names_no_topic(idle_page):
    warning = idle_page.locator("[data-idle]")
    idle_page.clock.fast_forward(24 * MINUTES)
    assert not warning.is_visible()
    idle_page.clock.fast_forward(1 * MINUTES)
    assert warning.is_visible()
    assert idle_page.locator("[data-idle-said]").inner_text() == "Are you still here? This page closes in 5 minutes."
    assert violations(idle_page) == []


def test_keeping_it_open_keeps_what_is_typed(idle_page):
    idle_page.fill("#id_answer", "Half a thought")
    idle_page.clock.fast_forward(26 * MINUTES)
    with idle_page.expect_response(lambda response: response.request.method == "HEAD") as asked:
        idle_page.get_by_role("button", name="Keep it open").click()
    assert asked.value.status == 200
    idle_page.locator("[data-idle]").wait_for(state="hidden")
    assert idle_page.locator("#id_answer").input_value() == "Half a thought"


def test_typing_counts_as_being_here(idle_page):
    idle_page.clock.fast_forward(6 * MINUTES)
    with idle_page.expect_request(lambda request: request.method == "HEAD"):
        idle_page.locator("#id_answer").press_sequentially("a")


def test_after_half_an_hour_the_page_gives_way(idle_page):
    idle_page.fill("#id_answer", "Quillfeather canary")
    with idle_page.expect_navigation():
        idle_page.clock.fast_forward(31 * MINUTES)
    assert "canary" not in idle_page.content()


@SIZES
def test_the_pages_that_end_a_sitting_have_no_accessibility_fault(survey, open_page, width, scheme):  # noqa: F811
    page = open_page(width=width, color_scheme=scheme)
    found = {}
    go_to(start(page), "K-11")
    page.fill("#id_answer", "x" * 1_100_000)
    press(page, "Continue")
    found["too long"] = violations(page)
    other = SurveyFactory(published=True, consultation=survey.consultation, definition=EVERY_KIND)
    page.goto("/how-was-it/")
    page.evaluate("code => { document.querySelector('[name=survey]').value = code }", other.code)
    page.get_by_role("button", name="Start", exact=True).click()
    found["already open"] = violations(page)
    page.goto("/form/")
    Draft.objects.all().delete()
    press(page, "Continue")
    found["gone"] = violations(page)
    start(page)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Consultation.objects.update(opens_on=yesterday, closes_on=yesterday)
    go_to(page, ":check")
    found["last day"] = violations(page)
    Consultation.objects.update(
        opens_on=yesterday - datetime.timedelta(days=1), closes_on=yesterday - datetime.timedelta(days=1)
    )
    page.goto("/form/")
    assert page.get_by_role("heading", level=1).inner_text() == "These questions have closed"
    found["too late"] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("options", [{"forced_colors": "active"}, {"color_scheme": "dark"}], ids=str)
def test_at_400_percent_every_page_before_the_questions_holds(survey, open_page, options):  # noqa: F811
    page = open_page(width=ZOOMED_IN, **options)
    page.set_viewport_size({"width": ZOOMED_IN, "height": 256})
    page.goto("/how-was-it/")
    page.get_by_role("button", name="Start", exact=True).click()
    for name in ("Yes", "Go on to the questions", "Continue", "I am under 16"):
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED_IN, place(page)
        exit_link = page.locator("[data-exit]").bounding_box()
        assert 0 <= exit_link["y"] < 100, place(page)
        page.evaluate("window.scrollTo(0, 0)")
        press(page, name)


def test_a_page_from_memory_is_asked_for_again_after_leaving(survey, open_page):  # noqa: F811
    page = go_to(start(open_page()), "K-10")
    page.fill("#id_answer", "Quillfeather canary")
    with page.expect_navigation():
        page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert place(page) == "K-10"
    assert page.locator("#id_answer").input_value() == ""
