"""Joins streets, places, house numbers and postal codes into whole addresses, over as many lines as they take."""

import re
from collections.abc import Iterator

from . import kinds
from .spans import Span

_UNIT = re.compile(
    r"(?<!\w)(?:(?:flat|apartment|apt|suite|unit|block|plot)"
    r"(?:[ .]{0,2}(?:no\.? ?)?\d{1,5}[a-z]?|[ .]{1,2}(?-i:[A-H]))(?!\w)"
    r"|p\.? ?o\.? ?box \d{1,7}(?!\w)|box \d{3,7}(?!\w)|(?:bfpo|psc) \d{1,5}(?!\w)|[afd]po a[aep] \d{5}(?!\w))",
    re.IGNORECASE,
)
# How streets begin where their kind comes first: "Rue de la Paix", "Via Roma".
_FOREIGN = (
    r"(?:(?:avenue|av|avenida|avda|rue|via|viale|calle|carrer|camino|rua|ul|ulica|aleja|piazza|plaza|paseo|strada"
    r"|strasse|boulevard|chemin|all[ée]e|corso|largo|travessa|jalan)\.? "
    r"(?:(?:des?|du|d[aeo]s?|dell[ae]|la|le|los|las|el) ){0,2})?"
)
_BEFORE = re.compile(
    r"(?<![\w£$.,])(?:no\.? ?)?(?P<number>(?:\d{1,5} )?\d{1,5}[a-zA-Z]?(?: ?[-/] ?\d{1,4}[a-zA-Z]?)?),? {1,2}"
    rf"{_FOREIGN}$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?: (?:u|út|utca|ul|str|no|nr)\.?)? \d{1,4}[a-zA-Z]?(?!\w|[:%.]\d"
    r"|[ -]?(?:times|years?|days?|weeks?|months?|hours?|mins?|minutes?|people|calls?|texts?|messages?|kids|children"
    r"|am|pm|of|st|nd|rd|th)\b)"
)
_LOOK_BACK = 48
_HOUSE_NAME = re.compile(r"(?<!\w)(?:The )?[A-Z][\w']{2,20}(?: [A-Z][\w']{2,20})?, {0,2}$")
_LONG_NUMBER = 3
_JOINT = re.compile(r"[\s,.;:-]{1,4}")
_NEXT_LINE = re.compile(r"[ \t]{0,3}[,.]?[ \t]{0,3}\n\s{0,3},?[ \t]{0,3}")
_UP_TO_POSTCODE = re.compile(r"[\s,]{1,3}(?:[^\W\d_][\w'-]{1,25}[\s,]{1,3}){0,3}")
_CODE = re.compile(
    r"(?:[ ,]{1,3}|\s{0,2},?\s{1,2}[A-Z]{1,3}[\s,]{1,3}|\s{0,2}\n\s{0,2})\d{4,6}(?!\w)(?<! (?:19|20)\d\d)"
)


def find_addresses(text: str, spans: list[Span]) -> Iterator[Span]:
    """Yields flats, boxes, house numbers and postal codes that belong to the places and streets already found."""
    for match in _UNIT.finditer(text):
        yield Span(*match.span(), kinds.ADDRESS)
    for span in spans:
        if span.kind != kinds.ORGANISATION:
            yield from _numbers_beside(text, span)


def _numbers_beside(text: str, span: Span) -> Iterator[Span]:
    before = _BEFORE.search(text, max(0, span.start - _LOOK_BACK), span.start)
    after = _AFTER.match(text, span.end)
    if after or (before and (span.kind == kinds.ADDRESS or len(before["number"]) >= _LONG_NUMBER)):
        start = before.start("number") if before else span.start
        house = _HOUSE_NAME.search(text, max(0, start - _LOOK_BACK), start) if before else None
        start = house.start() if house else start
        yield Span(start, after.end() if after else span.end, kinds.ADDRESS)


def join_addresses(text: str, spans: list[Span]) -> list[Span]:
    """The spans with the parts of one address made one, and the postal code after it taken in."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and _is_one_address(text[last.end : span.start], last.kind, span.kind):
            joined[-1] = Span(last.start, span.end, kinds.ADDRESS)
        elif not last or span.end > last.end:
            joined.append(span)
        joined[-1] = _with_code(text, joined[-1])
    return _apart(joined)


def _is_one_address(between: str, one: str, other: str) -> bool:
    if kinds.ADDRESS not in {one, other}:
        return False
    if {one, other} <= {kinds.ADDRESS, kinds.PLACE, kinds.POSTCODE}:
        return _JOINT.fullmatch(between) is not None or (
            other == kinds.POSTCODE and _UP_TO_POSTCODE.fullmatch(between) is not None
        )
    named = {one, other} & {kinds.PERSON, kinds.ORGANISATION}
    return one == kinds.ADDRESS and bool(named) and _NEXT_LINE.fullmatch(between) is not None


def _with_code(text: str, span: Span) -> Span:
    if span.kind not in {kinds.ADDRESS, kinds.PLACE}:
        return span
    code = _CODE.match(text, span.end)
    return Span(span.start, code.end(), kinds.ADDRESS) if code else span


def _apart(spans: list[Span]) -> list[Span]:
    """The spans without those an earlier one has grown over."""
    apart: list[Span] = []
    for span in spans:
        start = max(span.start, apart[-1].end) if apart else span.start
        if start < span.end:
            apart.append(Span(start, span.end, span.kind))
    return apart
