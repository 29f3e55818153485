"""Helping, keying and outreach in a real browser: clean for axe, on a small and on a wide screen."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from accounts.models import Role
from pages.models import ConsultationPage
from surveys.journey import places
from tests.accounts.factories import UserFactory, sign_in
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory
from tests.surveys.journey.test_apart import BUTTONS, HELPED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("HEARD_PICTURES", "")


def faults(page, name, width):
    """What axe finds; with HEARD_PICTURES set, a picture of the page is left in that folder."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    found = Axe().run(page)
    return [(name, item["id"]) for item in found.response["violations"]]


def sideways(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def press(page, value):
    page.locator(f"main button[name=button][value={value}]:not([tabindex='-1'])").click()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_helping(keys, open_page, width):
    make_site(SurveyFactory(published=True, definition=HELPED))
    page = open_page(width=width, javascript=True)
    page.goto("/how-was-it/")
    page.get_by_role("button", name="Start", exact=True).click()
    pressed = {places.START: "no", places.WHO: "helping", **BUTTONS}
    found, seen = [], []
    while True:
        at = page.locator("input[name=place]").first.get_attribute("value")
        seen.append(at)
        found += faults(page, at.strip(":") or "start", width)
        assert sideways(page) <= 0
        if at == places.CHECK:
            break
        if at == "K-01":
            page.locator(".govuk-radios__input").first.check()
        press(page, pressed.get(at, "continue"))
    assert found == []
    assert {places.WHO, places.HELPING, places.HANDOVER, places.FINISHED} <= set(seen)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_screens_of_staff(keys, open_page, client, live_server, width):
    survey = SurveyFactory(published=True, template=True)
    make_site(survey)
    consultation = ConsultationPage.objects.get()
    sign_in(client, UserFactory(roles=[Role.MODERATOR, Role.EDITOR]))
    page = open_page(width=width)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    found = []
    for name, address in {
        "keying": reverse("surveys_keying"),
        "key-reply": reverse("surveys_key_reply", args=[survey.code]),
        "links": reverse("pages_outreach_links", args=[consultation.pk]),
        "card-a6": reverse("pages_outreach_card", args=[consultation.pk, "a", "a6"]),
        "card-a4": reverse("pages_outreach_card", args=[consultation.pk, "a", "a4"]),
    }.items():
        page.goto(address)
        found += faults(page, name, width)
        assert sideways(page) <= 0, name
    assert found == []
