"""Building a survey in a real browser: rules offered and said in words, refusals shown beside their question."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from accounts.models import Role
from surveys import filing
from surveys.models import SurveyVersion
from tests.accounts.factories import UserFactory, sign_in
from tests.surveys.factories import SurveyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EDITOR = "/admin/snippets/surveys/survey"


@pytest.fixture
def editor(open_page, live_server):
    """A page of somebody who is signed in and edits surveys."""
    client = Client()
    sign_in(client, UserFactory(roles=[Role.EDITOR]))
    page = open_page(width=1280)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


def question(page, key):
    keyed = page.locator("[data-streamfield-child]:has(.heard-show-if)")
    for position in range(keyed.count()):
        if keyed.nth(position).locator('[data-contentpath="key"] input').input_value() == key:
            path = keyed.nth(position).get_attribute("data-contentpath")
            return page.locator(f'[data-contentpath="{path}"]')
    raise AssertionError(f"no question {key}")


def settings_of(page, key):
    found = question(page, key)
    found.locator("[data-panel-toggle]").first.click()
    found.locator('[data-streamfield-action="SETTINGS"]').first.click()
    return found


def test_a_rule_is_chosen_from_earlier_questions_and_said_in_words(editor):
    survey = SurveyFactory()
    editor.goto(f"{EDITOR}/edit/{survey.pk}/")
    expect(question(editor, "HEARD").locator(".heard-rule")).to_have_text("Asked only if TOLD is “Yes”.")

    crime = settings_of(editor, "CRIME")
    offered = crime.locator("select.heard-choice option").all_inner_texts()
    assert [words.split(":")[0] for words in offered] == ["Everyone is asked", "TP", "USES", "WHO", "TOLD", "HEARD"]
    crime.locator("select.heard-choice").select_option("TOLD")
    crime.get_by_label("No", exact=True).check()
    expect(crime.locator(".heard-rule")).to_have_text("Asked only if TOLD is “No”.")

    with editor.expect_navigation():
        editor.get_by_role("button", name="Save draft").click()
    survey.refresh_from_db()
    rule = survey.get_latest_revision_as_object().definition().question("CRIME").show_if
    assert (rule.question, rule.any_of) == ("TOLD", ("no",))


def test_taking_out_a_question_shows_which_rule_breaks_and_saving_says_so(editor):
    survey = SurveyFactory()
    editor.goto(f"{EDITOR}/edit/{survey.pk}/")
    expect(question(editor, "HEARD").locator(".heard-rule")).to_be_visible()
    heard = question(editor, "HEARD")
    question(editor, "TOLD").locator('[data-streamfield-action="DELETE"]').first.click()
    expect(heard.locator(".heard-rule--broken")).to_contain_text("This rule needs putting right.")

    editor.get_by_role("button", name="Save draft").click()
    expect(editor.get_by_text("The survey could not be saved due to errors.")).to_be_visible()
    said = "Its rule looks at TOLD, which does not come before it. Choose an earlier question."
    expect(question(editor, "HEARD").get_by_text(said)).to_be_visible()


def test_a_new_question_gets_the_key_the_server_would_give_it(editor):
    survey = SurveyFactory()
    editor.goto(f"{EDITOR}/edit/{survey.pk}/")
    expect(question(editor, "HEARD").locator(".heard-rule")).to_be_visible()
    editor.locator("[data-streamfield-stream-container] > div > .c-sf-add-button").last.click()
    editor.get_by_role("option", name="A few words").click()
    questions = editor.locator("[data-streamfield-child]:has(.heard-show-if)")
    expect(questions).to_have_count(8)
    new = questions.last
    block_id = new.locator('> input[name$="-id"]').input_value()
    expect(new.locator('[data-contentpath="key"] input')).to_have_value(f"Q-{block_id[:8]}")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_questions_can_be_read_and_the_page_does_not_scroll_sideways(editor, width):
    survey = SurveyFactory(template=True)
    editor.set_viewport_size({"width": width, "height": 800})
    for page in (f"edit/{survey.pk}/", f"check/{survey.pk}/"):
        editor.goto(f"{EDITOR}/{page}")
        expect(editor.get_by_text("Before today, had you heard of the Victims’ Code?").first).to_be_visible()
        assert editor.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_publishing_from_the_menu_freezes_a_version(editor):
    survey = SurveyFactory(template=True)
    editor.goto(f"{EDITOR}/edit/{survey.pk}/")
    expect(question(editor, "VE-02a").locator(".heard-rule")).to_be_visible()
    editor.locator("footer").get_by_role("button", name="More actions").click()
    editor.locator('button[name="action-publish"]').click()
    editor.wait_for_url(f"**{EDITOR}/")
    shown = filing.keep(survey.definition())
    assert SurveyVersion.objects.get(survey=survey).sha256 == shown.sha256()
