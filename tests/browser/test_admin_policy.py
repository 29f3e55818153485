"""The admin in a real browser under its policy: no inline script anywhere, and pickers, choosers and previews work."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from accounts.models import Role
from tests.accounts.factories import UserFactory, sign_in
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@pytest.fixture
def editor(open_page, live_server):
    """A page of somebody who edits, which remembers what the policy refused."""
    client = Client()
    sign_in(client, UserFactory(roles=[Role.EDITOR], is_staff=True, is_superuser=True))
    page = open_page(width=1280)
    page.add_init_script(LISTEN)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


@pytest.fixture
def site():
    """One small site with a picture: its pages by name, the consultation and its survey."""
    Collection.get_first_root_node() or Collection.add_root(name="Root")
    survey = SurveyFactory(published=True)
    Image.objects.create(title="Fictional", file=get_test_image_file())
    return {**make_site(survey), "survey": survey}


def nothing_refused(page) -> None:
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.refused") == []
    inline = "[...document.scripts].filter((one) => !one.src && !/json/.test(one.type)).map((one) => one.outerHTML)"
    assert page.evaluate(inline) == []
    assert page.locator("[data-starts]").count() == 0


def test_no_screen_of_the_admin_needs_an_inline_script(editor, site):
    survey, pages = site["survey"], f"/admin/pages/{site['home'].pk}/"
    for address in (
        "/admin/",
        pages,
        f"/admin/pages/{site['consultation'].pk}/edit/",
        f"/admin/pages/add/pages/guidancepage/{site['home'].pk}/",
        f"/admin/snippets/surveys/survey/edit/{survey.pk}/",
        f"/admin/snippets/feedback/consultation/edit/{survey.consultation.pk}/",
        "/admin/images/",
        "/admin/documents/",
    ):
        assert editor.goto(address).status == 200, address
        assert editor.url.endswith(address)
        nothing_refused(editor)


def test_a_date_is_picked_in_the_calendar(editor, site):
    editor.goto(f"/admin/snippets/feedback/consultation/edit/{site['survey'].consultation.pk}/")
    field = editor.locator("input[name=closes_on]")
    before = field.input_value()
    day = "16" if before.endswith("15") else "15"
    field.click()
    editor.locator(f".xdsoft_datetimepicker:visible td[data-date='{day}']:not(.xdsoft_other_month)").click()
    expect(field).to_have_value(f"{before[:8]}{day}")
    nothing_refused(editor)


def test_a_chooser_opens_and_takes_what_was_chosen(editor, site):
    editor.goto(f"/admin/pages/{site['consultation'].pk}/edit/")
    chooser = editor.locator("#id_survey-chooser")
    chooser.get_by_role("button", name="Actions").click()
    editor.get_by_role("button", name="Clear choice").click()
    expect(editor.locator("#id_survey")).to_have_value("")
    chooser.get_by_role("button", name="Choose").first.click()
    editor.locator(".modal-body").get_by_role("link", name=str(site["survey"])).click()
    expect(editor.locator("#id_survey")).to_have_value(str(site["survey"].pk))
    nothing_refused(editor)


def test_a_preview_stands_in_its_frame(editor, site):
    editor.goto(f"/admin/pages/{site['consultation'].pk}/edit/")
    editor.get_by_role("button", name="Toggle preview").click()
    expect(editor.frame_locator("#w-preview-iframe").get_by_text("A fictional body.")).to_be_visible()
    nothing_refused(editor)
