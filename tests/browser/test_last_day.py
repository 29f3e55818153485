"""What somebody sees with their six words before and after the last day of use, on a phone and at a desk."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from feedback.ending import end_uses
from feedback.models import Consultation
from surveys.journey import places
from tests.browser.test_returning import begin, go_to, heading, look, press, survey, take_words  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def seen(page, found: dict, name: str):
    look(page, found, name)
    if folder := os.environ.get("HEARD_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_receipt_the_choices_and_what_is_left_after_the_last_day(open_page, survey, width):  # noqa: F811
    page = open_page()
    page.set_viewport_size({"width": width, "height": 800})
    found = {"scripts": True}
    begin(page)
    words = take_words(page, found)
    go_to(page, places.CHECK)
    press(page, "Send my answers")

    def come_back():
        page.goto("/how-was-it/")
        press(page, "I have six words to come back with")
        page.get_by_label("Your six words").fill(words)
        press(page, "Continue")

    come_back()
    seen(page, found, "receipt")
    press(page, "Change what we may do")
    seen(page, found, "uses")
    long_ago = timezone.localdate() - timedelta(days=900)
    Consultation.objects.update(opens_on=long_ago, closes_on=long_ago, used_until=long_ago + timedelta(days=1))
    assert end_uses() == 1
    press(page, "Save my choices")
    assert heading(page) == "What you sent has been deleted"
    seen(page, found, "removed")
    press(page, "Take my answers back")
    seen(page, found, "withdraw")
    assert {name: faults for name, faults in found.items() if faults} == {"scripts": True}
