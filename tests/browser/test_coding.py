"""Coding in a real browser: by keys alone, and without a script. Every word here is made up."""

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from analysis.codebook import load
from analysis.coding.places import places
from analysis.models import CodedTag, Coding
from tests.accounts.factories import sign_in
from tests.analysis.coding.factories import analyst, passage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def coder(open_page, live_server, settings):
    """Opens a page of an analyst whose next statement is the first of one passage."""
    settings.HEARD_AUDIT_SHARE = 0
    client = Client()
    sign_in(client, analyst())
    passage()

    def opened(**options):
        page = open_page(**options)
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page.goto(reverse("analysis_coding_next"))
        return page

    return opened


def test_a_statement_is_read_and_coded_by_keys_alone(coder):
    page = coder(width=1280)
    words = page.locator("[data-statement]")
    expect(words).to_be_hidden()
    page.keyboard.press("s")
    expect(words).to_be_visible()
    page.keyboard.press("Escape")
    expect(words).to_be_hidden()
    page.keyboard.press("s")
    page.keyboard.press("d")
    expect(page.get_by_text(load().theme("communication").definition)).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_role("radio", name="Yes", exact=True)).to_be_checked()
    words.select_text()
    page.keyboard.press("a")
    page.keyboard.type(load().theme("delay").name)
    page.keyboard.press("Tab")
    page.locator("[data-suggestion] input:checked").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kept.")).to_be_visible()
    kept = {tag.theme: tag for tag in CodedTag.objects.select_related("coding__passage")}
    assert set(kept) == {"communication", "delay"}
    own = kept["delay"]
    assert own.coding.passage.text[own.start : own.end] == "Nobody rang me back for six weeks."


def test_keys_leave_for_later_go_back_and_say_none(coder):
    page = coder(width=1280)
    first = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("k")
    page.wait_for_url(first)
    page.keyboard.press("n")
    expect(page.get_by_text("Kept.")).to_be_visible()
    assert Coding.objects.get().tags.count() == 0


def test_everything_works_without_a_script(coder):
    page = coder(width=360, javascript=False)
    expect(page.locator("[data-statement]")).to_be_hidden()
    page.get_by_text("Show the words").click()
    expect(page.locator("[data-statement]")).to_be_visible()
    page.get_by_role("radio", name="Yes", exact=True).check()
    page.get_by_role("button", name="Keep and go on").click()
    page.wait_for_load_state()
    assert CodedTag.objects.get().how == "accepted"
    assert places(Coding.objects.get().passage)[0].start == Coding.objects.get().start
