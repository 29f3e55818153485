"""Identifiers with a shape of their own: addresses on the net, telephone, card and account numbers, postcodes.

Every repeat is bounded and no two neighbours can match the same characters, so the cost stays linear in the text.
"""

import re
from collections.abc import Iterator

from . import kinds
from .spans import Span

_FLAGS = re.IGNORECASE
_GAP = r"[ \t.\-()/]{0,3}"

_PROVIDERS = r"gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|btinternet|protonmail|proton|msn|sky|virginmedia"
_TLD = (
    r"com|co\.uk|org\.uk|gov\.uk|ac\.uk|nhs\.uk|nhs\.net|police\.uk|sch\.uk|uk|org|net|edu|info|biz|io|app|dev|tv|eu|fr|de"
    r"|pl|ro|nl|se|dk|cz|hu|pt|pk|bd|cn|ly|gg|xyz|online|site|blog"
)
_SPOKEN_DOT = r"(?:\s{0,2}\(dot\)\s{0,2}|\s{0,2}\[dot\]\s{0,2}|\s{1,2}dot\s{1,2})"
_SPOKEN_AT = r"(?:\s{0,2}\(at\)\s{0,2}|\s{0,2}\[at\]\s{0,2}|\s{0,2}\{at\}\s{0,2}|\s{1,2}at\s{1,2}|\s{0,2}@\s{0,2})"
_JOINER = r"(?:\s(?:dot|underscore|dash|hyphen)\s|[._+-])"

_AREA = (
    r"A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|J[E]|K[ATWY]|L[ADELNSU]?"
    r"|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|U[B]|W[ACDFNRSV]?|Y[O]|Z[E]"
)
_DIGIT = r"[0-9OIl]"

_PATTERNS: list[tuple[str, re.Pattern[str]]] = [
    (kinds.EMAIL, re.compile(r"[\w.%+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")),
    (
        kinds.EMAIL,
        re.compile(
            rf"(?<!\w)\w{{1,40}}(?:{_JOINER}\w{{1,40}}){{0,5}}{_SPOKEN_AT}"
            rf"(?:\w[\w-]{{0,40}}(?:{_SPOKEN_DOT}\w{{1,20}}){{1,4}}|(?:{_PROVIDERS})(?:\s?\.\s?(?:com|co\.uk|net))?\b)",
            _FLAGS,
        ),
    ),
    (kinds.EMAIL, re.compile(r"[\w.+-]{1,64} ?@ ?[\w-]{1,40} ?\. ?(?:com|co ?\. ?uk|net|org)\b", _FLAGS)),
    (kinds.URL, re.compile(r"\b(?:https?|hxxps?|ftp)://[^\s<>\"\])]{2,500}(?<![.,;:!?'])", _FLAGS)),
    (kinds.URL, re.compile(r"\bwww\.[^\s<>\"\])]{2,300}(?<![.,;:!?'])", _FLAGS)),
    (
        kinds.URL,
        re.compile(
            rf"(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,5}}(?:{_TLD})(?![\w-])(?:/[^\s<>\"\])]{{0,300}}(?<![.,;:!?']))?",
            _FLAGS,
        ),
    ),
    (kinds.IP, re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?(?![\d])")),
    (
        kinds.IP,
        re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}:?(?:[0-9a-f]{1,4}:?){0,6}[0-9a-f]{1,4}(?![\w:])", _FLAGS),
    ),
    (kinds.IP, re.compile(r"(?<![\w:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:])", _FLAGS)),
    (kinds.HANDLE, re.compile(r"(?<![\w@.])@\w[\w.]{1,29}(?<!\.)")),
    (kinds.HANDLE, re.compile(r"(?<![\w/])u/[\w-]{3,20}\b")),
    (kinds.HANDLE, re.compile(r"(?<!\w)[\w.]{2,32}#\d{4}(?!\d)")),
    (
        kinds.NINO,
        re.compile(rf"(?<!\w)(?!to|in|at|on|by|of)[A-Z]{{2}}[ -]?(?:{_DIGIT}{{2}}[ -]?){{3}}[A-D](?!\w)", _FLAGS),
    ),
    (kinds.LICENCE, re.compile(r"(?<!\w)[A-Z][A-Z9]{4}[ -]?\d{6}[ -]?[A-Z9]{2}[ -]?\d[A-Z]{2}(?!\w)", _FLAGS)),
    (kinds.ACCOUNT, re.compile(r"(?<!\w)[A-Z]{2}\d{2}[ -]?[A-Z]{4}(?:[ -]?\d){14}(?!\w)", _FLAGS)),
    (kinds.ACCOUNT, re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")),
    (kinds.POSTCODE, re.compile(rf"(?<!\w)(?:{_AREA})\d[\dA-Z]?[ .-]{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}}(?!\w)", _FLAGS)),
    (
        kinds.POSTCODE,
        re.compile(rf"(?<!\w)(?=[A-Z]{{1,4}}\d)(?:{_AREA})[\dOI][\dA-Z]?[ -]{{0,2}}[\dOIl][ABD-HJLNP-UW-Z]{{2}}(?!\w)"),
    ),
    (kinds.POSTCODE, re.compile(r"(?<!\w)GIR ?0AA(?!\w)", _FLAGS)),
    (kinds.POSTCODE, re.compile(r"(?<!\w)(?:CV|DY|WS|WV)\d{1,2}(?!\w)")),
    (kinds.VEHICLE, re.compile(r"(?<!\w)[A-Z]{2}[0-9O][0-9OI][ -]?[A-Z]{3}(?!\w)")),
    (
        kinds.VEHICLE,
        re.compile(
            r"(?<!\w)(?!to|in|at|on|by|of|or|is|it|as|we|my|me|so|no|up|do|go|he|ag|pg)[a-z]{2}\d\d "
            r"(?!the|and|but|for|was|had|has|not|you|she|her|his|him|who|all|any|out|off|got|did|one|two|day|min|hrs|sec|yrs"
            r"|old|our|are|can|now|how|why|per|way|own|too|its|may|end|ago|odd|big|new|bad|men|boy|mum|dad|son)[a-z]{3}(?!\w)"
        ),
    ),
    (kinds.VEHICLE, re.compile(r"(?<!\w)[a-z]{2}\d{2}(?!min|hrs|day|mls|mgs|sec|pts|yrs)[a-z]{3}(?!\w)", _FLAGS)),
    (kinds.VEHICLE, re.compile(r"(?<!\w)(?:[A-HJ-NPR-TV-Y]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Y])(?!\w)")),
    (kinds.CRIME_REF, re.compile(r"(?<![\w/])\d{2}[A-Z]{0,3}\d?/\d{3,7}[A-Z]?/\d{2,4}(?![\w/])", _FLAGS)),
    (
        kinds.CRIME_REF,
        re.compile(r"(?<![\w/])(?=[A-Z0-9/-]{0,8}[A-Z])[A-Z0-9]{2,5}[/-]\d{4,8}(?:[/-]\d{2,4})?(?![\w/])"),
    ),
    (kinds.CRIME_REF, re.compile(r"(?<![\w/])\d{2}[A-Z]{2}\d{5,8}(?!\w)")),
    (kinds.ACCOUNT, re.compile(r"(?<![\w/-])\d\d-\d\d-\d\d(?![\w/-])")),
    (kinds.NUMBER, re.compile(r"(?<!\w)(?:[A-Z]{1,3}\d{5,20}[A-Z]{0,3}|\d{5,20}[A-Z]{1,3})(?!\w)")),
]

_NUMERIC = re.compile(rf"(?<![\w£$€.,])\+?\(?\d(?:{_GAP}\d){{6,22}}(?![\w%])")
_LOOKALIKE = re.compile(r"(?<!\w)[0Oo](?:[ .-]{0,2}[\dOoIilSB]){8,12}(?!\w)")


def find_patterns(text: str) -> Iterator[Span]:
    """Yields identifiers of a fixed shape in a folded text; spans may overlap."""
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), kind)
    yield from _numeric(text)


def _numeric(text: str) -> Iterator[Span]:
    for match in _NUMERIC.finditer(text):
        kind = _kind_of_number(match.group())
        if kind:
            yield Span(match.start(), match.end(), kind)
    for match in _LOOKALIKE.finditer(text):
        if sum(char.isdigit() for char in match.group()) >= 6:
            yield Span(match.start(), match.end(), kinds.PHONE)


_YEARS = re.compile(r"(?:(?:19|20)\d\d[ /.()-]{0,3}){2,5}")
_DAYS = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}")


def _kind_of_number(number: str) -> str | None:
    if _YEARS.fullmatch(number) or _DAYS.fullmatch(number):
        return None
    digits = "".join(char for char in number if char.isdigit())
    if number.startswith("+") or (digits.startswith("0") and 9 <= len(digits) <= 15):
        return kinds.PHONE
    if len(digits) == 10 and has_nhs_check_digit(digits):
        return kinds.NHS
    if len(digits) >= 12:
        return kinds.CARD
    return kinds.NUMBER if number.isdigit() else kinds.PHONE


def has_nhs_check_digit(digits: str) -> bool:
    """Whether ten digits satisfy the modulus 11 check of an NHS number."""
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits[:9], strict=True))
    return (11 - total % 11) % 11 == int(digits[9])
