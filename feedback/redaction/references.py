"""Finds numbers that a word announces: crime and log numbers, collar numbers, accounts, passports."""

import re
from collections.abc import Iterator

from . import kinds
from .spans import Span

_FLAGS = re.IGNORECASE
_NUMBER_WORD = r"(?:[\s,]{0,2}(?:number|numbers|num|no|nos|nr|ref|reference|refs|id|code|#)\b\.?){0,2}"
_LINK = r"[\s:#=.,(-]{0,4}(?:(?:is|was|of|it's|its|said|says|being|on it|reads)\b[\s:#]{1,3})?#?"
_VALUE = (
    r"(?:[A-Z]{0,5}\d[A-Z0-9]{0,19}|[A-Z]{1,5}(?=[/ .-]{1,2}\d))"
    r"(?:[/ .-]{1,2}(?=[A-Z]{0,3}\d)[A-Z0-9]{1,12}|[ -](?-i:[B-HJ-Z])(?!\w)){0,4}"
)
_WITH_DIGITS = re.compile(r"\d")


def _announced(cue: str, value: str = _VALUE, number_word: str = _NUMBER_WORD) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{cue})\b\.?{number_word}{_LINK}(?P<value>{value})(?!\w)", _FLAGS)


_RANK = r"PC|P\.C|WPC|PCSO|SPC|DC|D\.C|WDC|TDC|DS|DI|PS|Sgt|Sergeant|Insp|Inspector|Constable|Officer"

# Kind, fewest digits the announced value must have, pattern.
_CUED: list[tuple[str, int, re.Pattern[str]]] = [
    (
        kinds.CRIME_REF,
        3,
        _announced(
            r"crime|incident|case|investigation|occurrence|report|reference|ref|athena|niche|connect|claim|complaint"
            r"|file|ticket"
        ),
    ),
    (
        kinds.CRIME_REF,
        2,
        _announced(r"CAD|URN|crime (?:ref|reference|number|no)|incident (?:ref|number|no)|log (?:number|no|ref)"),
    ),
    (kinds.COLLAR, 2, _announced(r"collar|warrant(?: card)?|badge|shoulder|epaulette|force id|officer id")),
    (kinds.COLLAR, 3, re.compile(rf"(?<!\w)(?:{_RANK})\.? #?(?P<value>[A-Z]?\d{{3,6}}[A-Z]?)(?!\w)", _FLAGS)),
    (
        kinds.COLLAR,
        3,
        re.compile(
            rf"(?<!\w)(?:{_RANK})\.?(?: (?!\d)[\w'.-]{{1,25}}){{1,3}},? \(?#?"
            r"(?P<value>[A-Z]?(?!(?:19|20)\d\d\b)\d{4,6}[A-Z]?)(?!\w)",
            _FLAGS,
        ),
    ),
    (kinds.ACCOUNT, 6, _announced(r"account|acc|acct|a/c|sort ?code|s/c|iban|bacs")),
    (kinds.CARD, 8, _announced(r"card|visa|mastercard|amex|maestro|debit|credit")),
    (kinds.PASSPORT, 6, _announced(r"passport|visa|brp|home office|travel document|id card|residence permit")),
    (kinds.LICENCE, 5, _announced(r"licen[cs]e|driving licen[cs]e|permit")),
    (kinds.NINO, 5, _announced(r"ni|nino|n\.i|national insurance|social security|ssn|insurance")),
    (kinds.NHS, 6, _announced(r"nhs|hospital|patient|unit|mrn")),
    (
        kinds.POSTCODE,
        3,
        _announced(r"post ?code|zip|zip ?code|postal code", r"[A-Z0-9]{2,5}(?:[ -]\d?[A-Z]{1,3}|[ -]\d{2,4})?"),
    ),
    (
        kinds.PHONE,
        6,
        _announced(
            r"phone|tel|telephone|mobile|mob|cell|fax|landline|whatsapp|call|ring|text|desk",
            r"\+?\(?\d(?:[ .()/-]{0,3}\d){5,15}(?:x\d{1,5})?",
        ),
    ),
    (
        kinds.VEHICLE,
        1,
        _announced(
            r"reg|registration|registered|plate|plates|number ?plate|numberplate|vrm|index",
            r"[A-Z]{1,3}[ -]?\d{1,4}(?:[ -]?[A-Z]{1,3})?",
        ),
    ),
    (
        kinds.VEHICLE,
        2,
        re.compile(
            r"(?<!\w)(?P<value>(?!to|in|at|on|by|of)[a-z]{2}\d\d [a-z]{3})(?!\w)"
            r"(?=[^\n]{0,40}\b(?:reg|plate|car|van|vehicle|registration)\b)",
            _FLAGS,
        ),
    ),
    (
        kinds.VEHICLE,
        2,
        re.compile(
            r"\b(?:car|van|vehicle|audi|bmw|ford|golf|corsa|astra|fiesta|focus|mercedes|merc|vauxhall|motorbike|moped|in)\b"
            r"[^\w\n]{1,3}"
            r"(?P<value>(?!to|at|on|by|of)[a-z]{2}\d\d ?(?!min|hrs|day|the|and|but|out|off|sec)[a-z]{3})(?!\w)",
            _FLAGS,
        ),
    ),
]
_YEAR_OR_TIME = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[.:]\d\d(?: ?[ap]m)?|\d{1,6} ?(?:days?|weeks?|months?|years?|hours?|mins?|minutes?|times?)",
    _FLAGS,
)
_LOG = re.compile(
    r"(?<!\w)(?:log|CAD) (?:number |no\.? |ref )?\d{1,5}"
    r"(?: of (?:the )?\d{1,2}(?:[/.]\d{1,2}[/.]\d{2,4}|(?:st|nd|rd|th)? (?:of )?[A-Z]{3,9})?)?(?!\w)",
    _FLAGS,
)


def find_references(text: str) -> Iterator[Span]:
    """Yields the values that a cue announces in a folded text."""
    for kind, fewest, pattern in _CUED:
        for match in pattern.finditer(text):
            value = match["value"].rstrip()
            if len(_WITH_DIGITS.findall(value)) >= fewest and not _is_year_or_time(value):
                yield Span(match.start("value"), match.start("value") + len(value), kind)
    for match in _LOG.finditer(text):
        yield Span(*match.span(), kinds.CRIME_REF)


def _is_year_or_time(value: str) -> bool:
    return _YEAR_OR_TIME.fullmatch(value) is not None
