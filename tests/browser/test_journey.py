"""The answering journey in a real browser: with and without JavaScript, by keyboard, on a small screen, and left in a hurry."""

import gzip
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from accounts.models import Role
from feedback.models import Contribution, SupportService
from surveys.journey import places
from surveys.models import Answer, Draft
from tests.accounts.factories import UserFactory
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory
from tests.surveys.journey.factories import EVERY_KIND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATIC = Path(__file__).resolve().parents[2] / "site" / "static"
LONGEST_SURVEY = 80
TARGET = 35 * 1024
WIDE = 1280
# What leads from the first page to the first question: nobody in danger, exit understood, old enough.
BEFORE_QUESTIONS = ("No", "Continue", "I am 16 or over: start")
# What makes each kind of page complain: by question, the boxes to fill or tick before Continue.
FAULTS = {
    "K-01": [],
    "K-06": ["phone", "none"],
    "K-07": [("#id_answer_0", "13"), ("#id_answer_1", "2024")],
    "K-10": [("#id_answer", "x" * 41)],
    "K-11": [("#id_answer", "x" * 201)],
}


@pytest.fixture
def survey(keys):
    SupportService.objects.create(
        name="Fenmarch Listening Line", who_for="Anyone", phone="01632 960111", hours="Day and night",
        source="made up", verified_on="2026-01-01", review_by="2027-01-01",
    )  # fmt: skip
    survey = SurveyFactory(published=True, definition=EVERY_KIND)
    make_site(survey)
    return survey


@pytest.fixture
def victims_code(keys):
    survey = SurveyFactory(published=True, template=True)
    make_site(survey)
    return survey


def start(page):
    page.goto("/how-was-it/")
    page.get_by_role("button", name="Start", exact=True).click()
    for name in BEFORE_QUESTIONS:
        if place(page) == places.WHO:
            press(page, "Yes, on my own")
        press(page, name)
    return page


def place(page) -> str:
    marks = page.locator("input[name=place]")
    return marks.first.get_attribute("value") if marks.count() else ""


def in_row(page, name: str):
    return page.locator(".heard-buttons").get_by_role("button", name=name, exact=True)


def press(page, name: str):
    in_row(page, name).click()


def answer(page):
    """Choose the first answer, or type, and continue."""
    if page.locator(".govuk-date-input").count():
        page.fill("#id_answer_1", "2024")
    elif page.locator("textarea, .govuk-form-group > input[type=text]").count():
        page.fill("#id_answer", "A fictional sentence.")
    elif page.locator("input[inputmode=numeric]").count():
        page.locator("input[inputmode=numeric]").first.fill("1")
    else:
        page.locator(".govuk-radios__input, .govuk-checkboxes__input").first.check()
    press(page, "Continue")


def go_to(page, wanted: str):
    for _ in range(LONGEST_SURVEY):
        if place(page) == wanted:
            return page
        if place(page) == places.WORDS:
            page.locator(".heard-buttons button[value=skip]").click()
        else:
            answer(page)
    raise AssertionError(f"never came to {wanted}")


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']} ({fault['impact']}): {fault['nodes'][0]['html'][:120]}" for fault in found]


def complain(page, question_id: str):
    for fault in FAULTS[question_id]:
        if isinstance(fault, tuple):
            page.fill(*fault)
        else:
            page.evaluate("value => { document.querySelector(`[value=${value}]`).checked = true }", fault)
    press(page, "Continue")


@pytest.mark.parametrize(
    "javascript",
    [True, pytest.param(False, marks=pytest.mark.journey)],  # `make test` drives the one without
    ids=["with JavaScript", "without JavaScript"],
)
def test_the_victims_code_survey_is_answered_to_the_end_on_a_phone(victims_code, open_page, javascript):
    page = start(open_page(width=360, javascript=javascript))
    go_to(page, places.CHECK)
    assert page.locator(".govuk-summary-list__row").count() > 20
    assert page.url.endswith("/form/")
    press(page, "Send my answers")
    assert page.get_by_role("heading", level=1).inner_text() == "Your answers have been sent"
    assert Contribution.objects.get().sealed_texts.count() == 2
    assert Answer.objects.count() > 20
    assert not Draft.objects.exists()


SIZES = pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (WIDE, "light")])


@SIZES
def test_no_public_page_has_an_accessibility_fault(survey, open_page, width, scheme):
    page = open_page(width=width, color_scheme=scheme)
    found = {}
    for address in ("/", "/how-was-it/", "/help/", "/privacy/", "/form/", "/nowhere/", "/staff/sign-in/"):
        page.goto(address)
        found[address] = violations(page)
    press(page, "Sign in")
    found["sign-in error"] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


@SIZES
def test_no_question_and_no_error_has_an_accessibility_fault(survey, open_page, width, scheme):
    page = start(open_page(width=width, color_scheme=scheme))
    found = {}
    for question in EVERY_KIND.questions:
        go_to(page, question.id)
        found[question.id] = violations(page)
        if question.id in FAULTS:
            complain(page, question.id)
            assert page.title() == "Error: Your answers"
            found[f"{question.id} error"] = violations(page)
            page.goto("/form/")
    assert {name: faults for name, faults in found.items() if faults} == {}


@SIZES
def test_no_page_around_the_questions_has_an_accessibility_fault(survey, open_page, width, scheme):
    page = open_page(width=width, color_scheme=scheme)
    found = axe_before_the_questions(page)
    go_to(page, "K-04")
    page.get_by_role("button", name="Pause for a while").click()
    found["pause"] = violations(page)
    press(page, "Go on with the questions")
    press(page, "Stop here")
    found["stop"] = violations(page)
    press(page, "Go back to the questions")
    go_to(page, places.CHECK)
    page.locator("summary").click()
    found["check, help open"] = violations(page)
    change(page, "Are you happy")
    page.locator("[value=no]").check()
    press(page, "Continue")
    found["declined"] = violations(page)
    page.get_by_role("button", name="Back").click()
    page.locator("[value=yes]").check()
    press(page, "Continue")
    press(page, "Send my answers")
    found["sent"] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def axe_before_the_questions(page) -> dict[str, list[str]]:
    page.goto("/how-was-it/")
    page.get_by_role("button", name="Start", exact=True).click()
    found = {"danger now?": violations(page)}
    press(page, "Yes")
    found["danger"] = violations(page)
    press(page, "Go on to the questions")
    found["leaving"] = violations(page)
    press(page, "Continue")
    found["about"] = violations(page)
    page.get_by_role("link", name="Read everything we keep").click()
    page.locator("summary").first.click()
    found["kept"] = violations(page)
    page.get_by_role("link", name="Go back to where you were").first.click()
    press(page, "I am under 16")
    found["young"] = violations(page)
    page.get_by_role("button", name="Back").click()
    press(page, "I am 16 or over: start")
    return found


def change(page, label: str):
    page.get_by_role("button", name=re.compile(f"^Change your answer to: {label}")).click()


def test_an_error_takes_the_focus_and_its_link_leads_to_the_first_choice(survey, open_page):
    page = start(open_page())
    press(page, "Continue")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.locator(".govuk-error-summary a").click()
    assert page.evaluate("document.activeElement.id") == "id_answer_0"


def test_an_error_is_focused_without_javascript_too(survey, open_page):
    page = start(open_page(javascript=False))
    press(page, "Continue")
    assert page.locator(".govuk-error-summary:focus").count() == 1


def tab_to(page, locator):
    target = locator.element_handle()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("target => document.activeElement === target", target):
            return
    raise AssertionError("the Tab key never came to it")


def enter(page, locator):
    tab_to(page, locator)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def answer_by_keyboard(page):
    choices = page.locator(".govuk-radios__input, .govuk-checkboxes__input")
    if choices.count():
        tab_to(page, choices.first)
        page.keyboard.press("Space")
    elif page.locator(".govuk-date-input").count():
        tab_to(page, page.locator("#id_answer_1"))
        page.keyboard.type("2024")
    else:
        tab_to(page, page.locator("[inputmode=numeric], input#id_answer, textarea#id_answer").first)
        page.keyboard.type("1")


def answer_all_by_keyboard(page):
    page.goto("/how-was-it/")
    enter(page, page.get_by_role("button", name="Start", exact=True))
    for name in BEFORE_QUESTIONS:
        if place(page) == places.WHO:
            enter(page, in_row(page, "Yes, on my own"))
        enter(page, in_row(page, name))
    for _ in range(LONGEST_SURVEY):
        if place(page) == places.CHECK:
            break
        if place(page) == places.WORDS:
            enter(page, page.locator(".heard-buttons button[value=skip]"))
            continue
        answer_by_keyboard(page)
        enter(page, in_row(page, "Continue"))
    enter(page, page.get_by_role("button", name="Send my answers"))
    assert page.get_by_role("heading", level=1).inner_text() == "Your answers have been sent"


def test_every_kind_of_question_by_keyboard_alone(survey, open_page):
    answer_all_by_keyboard(open_page(width=WIDE))


def test_the_victims_code_survey_by_keyboard_alone(victims_code, open_page):
    answer_all_by_keyboard(open_page(width=WIDE))
    assert Contribution.objects.get().sealed_texts.count() == 2


def test_enter_in_a_box_continues(survey, open_page):
    page = go_to(start(open_page()), "K-10")
    page.fill("#id_answer", "Slow but kind")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert place(page) == "K-11"


def test_the_first_stop_of_the_keyboard_is_the_exit(survey, open_page):
    page = start(open_page())
    page.wait_for_function("document.readyState === 'complete' && document.hasFocus()")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('[data-exit]')")


def assert_fits(page, width: int):
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width, place(page)
    box = page.locator("[data-exit]").bounding_box()
    assert box["y"] >= 0
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).matches('[data-exit]')",
        [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )
    assert box["height"] >= 24


# A screen of 1280 by 1024 px at 400 % zoom is one of 320 by 256.
@pytest.mark.parametrize("height", [740, 256])
def test_nothing_scrolls_sideways_and_the_exit_stays_in_sight_at_320_px(survey, open_page, height):
    page = start(open_page(width=320))
    page.set_viewport_size({"width": 320, "height": height})
    for question in EVERY_KIND.questions:
        go_to(page, question.id)
        assert_fits(page, 320)


def test_the_whole_victims_code_survey_fits_at_400_percent(victims_code, open_page):
    page = open_page(width=320)
    page.set_viewport_size({"width": 320, "height": 256})
    start(page)
    for _ in range(LONGEST_SURVEY):
        assert_fits(page, 320)
        if place(page) == places.CHECK:
            break
        if place(page) == places.WORDS:
            page.locator(".heard-buttons button[value=skip]").click()
        else:
            answer(page)
    press(page, "Send my answers")
    assert_fits(page, 320)


def test_text_can_be_spaced_out_without_loss(survey, open_page):
    page = start(open_page(width=320))
    go_to(page, "K-06")
    page.evaluate(
        """() => document.querySelectorAll('*').forEach(e => {
            e.style.setProperty('line-height', '1.5', 'important');
            e.style.setProperty('letter-spacing', '0.12em', 'important');
            e.style.setProperty('word-spacing', '0.16em', 'important');
        })"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.fixture
def somewhere_else(settings, live_server):
    settings.HEARD_EXIT_TARGET = f"{live_server.url}/privacy/"
    return settings.HEARD_EXIT_TARGET


@pytest.mark.parametrize("way", ["click", "shift", "no JavaScript"])
def test_the_exit_leaves_at_once_and_back_does_not_show_the_page(survey, open_page, somewhere_else, way):
    page = go_to(start(open_page(javascript=way != "no JavaScript")), "K-11")
    page.fill("#id_answer", "Quillfeather canary")
    if way == "shift":
        for _ in range(3):
            page.keyboard.press("Shift")
    else:
        page.locator("[data-exit]").click()
    page.wait_for_url(somewhere_else)
    assert not Draft.objects.exists()
    assert page.context.cookies() == []
    for _ in range(10):
        page.go_back()
        assert "canary" not in page.content()
        assert "What should change" not in page.content()


def test_shift_for_capitals_does_not_leave(survey, open_page, somewhere_else):
    page = go_to(start(open_page()), "K-11")
    page.locator("#id_answer").focus()
    for letter in "ABCDE":
        page.keyboard.press(f"Shift+{letter}")
    assert page.locator("#id_answer").input_value() == "ABCDE"
    assert place(page) == "K-11"


def test_a_double_click_on_continue_answers_one_question(survey, open_page):
    page = go_to(start(open_page(javascript=False)), "K-04")
    page.locator("[value=no]").check()
    page.locator(".heard-buttons").get_by_role("button", name="Continue").dblclick()
    expect(page.locator("input[name=place]")).to_have_value("K-06")


def test_a_second_tab_never_fills_another_question(survey, open_page):
    page = go_to(start(open_page()), "K-04")
    other = page.context.new_page()
    other.goto("/form/")
    page.locator("[value=no]").check()
    press(page, "Continue")
    other.locator("[value=yes]").check()
    other.locator(".heard-buttons").get_by_role("button", name="Continue").click()
    assert "Nothing has been changed yet" in other.locator(".heard-notice").inner_text()
    assert place(other) == "K-04"
    assert other.locator("[value=yes]").is_checked()
    assert violations(other) == []


def test_characters_left_are_counted_and_none_of_these_clears_the_others(survey, open_page):
    page = go_to(start(open_page()), "K-06")
    page.locator("[value=phone]").check()
    page.locator("[value=none]").check()
    assert not page.locator("[value=phone]").is_checked()
    page.locator("[value=letter]").check()
    assert not page.locator("[value=none]").is_checked()
    go_to(page, "K-10")
    page.locator("#id_answer").press_sequentially("Slow 👍")
    assert page.locator("#id_answer_limit").inner_text() == "You have 34 characters left"
    page.fill("#id_answer", "x" * 42)
    assert page.locator("#id_answer_limit").inner_text() == "You have 2 characters too many"


def test_the_journey_keeps_nothing_in_the_browser_but_one_cookie(survey, open_page):
    page = go_to(start(open_page()), places.CHECK)
    assert [cookie["name"] for cookie in page.context.cookies()] == ["sitting"]
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert page.evaluate("document.cookie") == ""


def test_staff_sign_in_with_a_real_browser(survey, open_page):
    user = UserFactory(roles=[Role.EDITOR])
    user.set_password("a fictional pass phrase")
    user.save()
    page = open_page(width=WIDE)
    page.goto("/staff/")
    page.get_by_label("User name").fill(user.get_username())
    page.get_by_label("Password").fill("a fictional pass phrase")
    press(page, "Sign in")
    assert page.get_by_role("heading", level=1).inner_text() == "Set up a second factor"
    assert violations(page) == []


def test_a_question_page_with_all_its_assets_is_small(survey, open_page, govuk_css):
    page = go_to(start(open_page()), "K-11")
    assets = [
        govuk_css,
        STATIC / "heard.css",
        STATIC / "exit.js",
        STATIC / "journey.js",
        STATIC / "idle.js",
        STATIC / "icon.svg",
    ]
    loaded = page.evaluate("performance.getEntriesByType('resource').map(e => new URL(e.name).pathname)")
    assert {Path(name).name for name in loaded} <= {path.name for path in assets}
    size = len(page.content().encode()) + sum(len(gzip.compress(path.read_bytes())) for path in assets)
    assert size <= TARGET, size
