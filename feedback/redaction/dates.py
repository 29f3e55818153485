"""Finds exact dates. Month and year stay, for they place a case in time; the day goes. A date of birth goes whole."""

import re
from collections.abc import Iterator

from . import kinds
from .spans import Span

_FLAGS = re.IGNORECASE
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:\s?(?:st|nd|rd|th)\b)?"
_SAID = (
    r"(?:twenty[ -]|thirty[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_YEAR = r"(?:(?:19|20)\d\d|'?\d\d)(?!\w)"

_DAYS = rf"(?P<day>{_DAY}(?:\s?(?:-|/|&|and|or|to)\s?{_DAY})?|(?:{_SAID}))"
_DAY_MONTH = re.compile(rf"(?<![\w/.-]){_DAYS}(?:\s{{1,2}}of)?(?:\s{{1,2}}(?:the\s)?|-|/|,\s?){_MONTH}", _FLAGS)
_MONTH_DAY = re.compile(
    rf"(?<!\w){_MONTH}\s{{1,2}}(?:the\s)?{_DAYS}(?![\w:%])"
    r"(?!\s?(?:am|pm|o'clock|years|months|weeks|times|people|days|hours|minutes)\b)",
    _FLAGS,
)
_WEEKDAY_DAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s{1,2}(?:the\s)?(?P<day>\d{1,2}(?:st|nd|rd|th))(?!\w)", _FLAGS
)
_TIME = r"(?:[T ,]{1,2}\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]m|Z)?)?"
_NUMERIC = re.compile(
    r"(?<![\w/.£$-])(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d{2})"
    r"|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}\s\d{1,2}\s(?:19|20)\d\d)"
    rf"{_TIME}(?![\w/-])"
)
_TIMESTAMP = re.compile(r"(?<![\w/.-])\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?")
_DAY_SLASH_MONTH = re.compile(
    r"\b(?:on|dated|since|until|from|by) (?:the )?(?P<day>(?:3[01]|[12]\d|0?[1-9])/(?:1[0-2]|0?[1-9]))(?![\w/])", _FLAGS
)
_BIRTH = re.compile(
    r"\b(?:born|d\.?\s?o\.?\s?b\.?|date of birth|birth ?date|birth ?day)\b[^\n\d]{0,30}?"
    rf"(?P<date>(?:{_DAY}(?:\sof)?[\s/-]{{1,2}})?{_MONTH}[\s,/-]{{1,3}}(?:{_DAY}[\s,]{{1,2}})?{_YEAR}"
    rf"|{_MONTH}\s(?:the )?{_DAY}(?!\w)|{_DAY}(?:\sof)?\s{_MONTH}|(?:in )?(?:19|20)\d\d(?!\w)|\d{{6,8}}(?!\w))",
    _FLAGS,
)


def find_dates(text: str) -> Iterator[Span]:
    """Yields the day of written dates, and the whole of dates in figures and of dates of birth."""
    for match in _BIRTH.finditer(text):
        yield Span(*match.span("date"), kinds.DATE)
    for pattern in (_DAY_MONTH, _MONTH_DAY, _WEEKDAY_DAY, _DAY_SLASH_MONTH):
        for match in pattern.finditer(text):
            yield Span(*match.span("day"), kinds.DATE)
    for pattern in (_NUMERIC, _TIMESTAMP):
        for match in pattern.finditer(text):
            if _is_possible(match.group()):
                yield Span(*match.span(), kinds.DATE)


def _is_possible(date: str) -> bool:
    parts = [int(part) for part in re.findall(r"\d+", date)[:3]]
    small = sorted(part for part in parts if part <= 31)
    return len(small) >= 2 and small[0] in range(1, 13)
