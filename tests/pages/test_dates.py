"""Dates as respondents read them: a month in the form that stands beside a day."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import dateformat, translation

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# The staff's side and the released reports speak English only.
RESPONDENTS = (
    "components/**/*.html",
    "pages/*.html",
    "surveys/*.html",
    "surveys/easy/*.html",
    "surveys/returning/*.html",
)
FORMATS = {
    found
    for pattern in RESPONDENTS
    for path in TEMPLATES.glob(pattern)
    for found in re.findall(r"\|date:[\"']([^\"']*)[\"']", path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize(("language", "written"), [("en-gb", "1 July 2026"), ("pl", "1 lipca 2026")])
def test_every_date_of_the_journey_names_its_month_as_people_say_it(language, written):
    with translation.override(language):
        assert {dateformat.format(date(2026, 7, 1), shape) for shape in FORMATS if "Y" in shape} == {written}
