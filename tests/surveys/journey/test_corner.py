"""The help corner is written once in each language, and never in another's."""

import pytest
from django.utils import translation

from feedback.models import SupportService
from surveys.journey.corner import Services
from tests.feedback.factories import SupportServiceFactory

pytestmark = pytest.mark.django_db


def test_it_names_each_place_and_says_what_to_do_in_danger():
    SupportServiceFactory(name="A fictional line & more", phone="01632 960001")
    said = Services(SupportService.objects.for_person()).corner
    assert "A fictional line &amp; more" in said
    assert "01632 960001" in said
    assert "call 999" in said


def test_without_any_place_it_still_says_whom_to_call():
    assert "101" in Services([]).corner


def test_it_is_written_once_in_each_language(monkeypatch):
    written = []
    monkeypatch.setattr(
        "surveys.journey.corner.render_to_string", lambda *_: written.append(translation.get_language()) or written[-1]
    )
    services = Services([])
    for language in ("en-gb", "pl", "en-gb", "pl"):
        with translation.override(language):
            assert services.corner == language
    assert written == ["en-gb", "pl"]
