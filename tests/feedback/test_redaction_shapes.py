"""Identifiers with a shape of their own: every form a person might write, and what only looks like one."""

import pytest

from feedback.redaction import redact
from feedback.redaction.fold import fold, key
from feedback.redaction.patterns import has_nhs_check_digit


def kinds_in(text: str) -> list[tuple[str, str]]:
    """What is hidden in a text, and as what."""
    return [(text[span.start : span.end], span.kind) for span in redact(text).spans]


PHONES = [
    "07911 123456", "07911123456", "07911-123-456", "07911.123.456", "(0121) 496 0123", "0121 4960123", "+447911123456",
    "+44 (0)7911 123456", "0044 7911 123 456", "+92 300 1234567", "+48 512 345 678", "0 7 9 1 1 1 2 3 4 5 6", "O7911 I23456",
    "oh seven nine one one one two three four five six", "zero seven nine double one, one two three, four five six",
    "07911 one two three four five six", "٠٧٩١١ ١٢٣٤٥٦", "\uff10\uff17\uff19\uff11\uff11\uff11\uff12\uff13\uff14\uff15\uff16", "07911\u2011123\u2011456", "07911\u00a0123456",
]  # fmt: skip


@pytest.mark.parametrize("number", PHONES)
@pytest.mark.parametrize("frame", ["ring {} please", "({})", "My number:{}", "{}\nthanks"])
def test_a_telephone_number_is_hidden_in_any_writing(number, frame):
    text = frame.format(number)
    (span,) = redact(text).spans
    assert span.kind == "PHONE"
    hidden = text[span.start : span.end].strip("()+ ")
    assert hidden == number.strip("()+ ") or number.strip("()+ ").startswith(hidden[:5])
    assert len(hidden) >= 0.85 * len(number)


EMAILS = [
    "s.holt+x@example.com", "S_HOLT@EXAMPLE.CO.UK", "holt at example dot com", "holt (at) example (dot) org", "holt[at]example[dot]net",
    "s dot holt at outlook dot com", "holt underscore 84 at gmail dot com", "holt84 at gmail", "holt @ example . com", "žofie@example.pl",
]  # fmt: skip


@pytest.mark.parametrize("address", EMAILS)
def test_an_e_mail_address_is_hidden_in_any_writing(address):
    assert redact(f"write to {address} only").text == "write to [EMAIL] only"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("B12 9QR", "POSTCODE"), ("b129qr", "POSTCODE"), ("WV1 1AA", "POSTCODE"), ("SW1A 2AA", "POSTCODE"), ("DY4-7ZZ", "POSTCODE"),
        ("B12  9QR", "POSTCODE"), ("B1O 1AB", "POSTCODE"), ("WV10", "POSTCODE"),
        ("QQ123456C", "NINO"), ("qq 12 34 56 c", "NINO"), ("QQ-12-34-56-C", "NINO"),
        ("BD51 SMR", "VEHICLE"), ("bd51smr", "VEHICLE"), ("W123 ABC", "VEHICLE"), ("ABC 123D", "VEHICLE"),
        ("20/123456/23", "CRIME_REF"), ("20DY/45678A/22", "CRIME_REF"), ("20BC1234523", "CRIME_REF"), ("WMP-2231987", "CRIME_REF"),
        ("4929 1234 5678 9012", "CARD"), ("4929123456789012", "CARD"), ("GB29 NWBK 6016 1331 9268 19", "ACCOUNT"),
        ("gb29nwbk60161331926819", "ACCOUNT"), ("12-34-56", "ACCOUNT"), ("MORGA657054SM9IJ", "LICENCE"),
        ("943 476 5919", "NHS_NUMBER"), ("9434765919", "NHS_NUMBER"),
        ("203.0.113.42", "IP"), ("2001:db8:0:0:1:2:3:4", "IP"), ("00:1B:44:11:3A:B7", "IP"),
        ("https://example.com/a?b=c", "URL"), ("www.example.org", "URL"), ("my-story.example.co.uk/page", "URL"),
        ("@dazza_88", "HANDLE"), ("u/dazza88", "HANDLE"), ("dazza#1234", "HANDLE"),
        ("14/03/2023", "DATE"), ("14.3.23", "DATE"), ("2023-03-14", "DATE"), ("2023-03-14T22:15:00Z", "DATE"), ("14 03 2023", "DATE"),
    ],
)  # fmt: skip
def test_an_identifier_is_known_by_its_shape(value, kind):
    assert kinds_in(f"it says {value} there") == [(value, kind)]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("crime number 4471/22 was lost", [("4471/22", "CRIME_REF")]),
        ("my case ref: AB 12345", [("AB 12345", "CRIME_REF")]),
        ("log 1234 of 12 March", [("log 1234 of 12 March", "CRIME_REF")]),
        ("incident number is 0456", [("0456", "CRIME_REF")]),
        ("PC 4471 and PCSO 31245", [("4471", "COLLAR"), ("31245", "COLLAR")]),
        ("collar number 3471", [("3471", "COLLAR")]),
        ("PC Hartley 20413 came", [("Hartley", "PERSON"), ("20413", "COLLAR")]),
        ("passport 123456789", [("123456789", "PASSPORT")]),
        ("account number 12345678", [("12345678", "ACCOUNT")]),
        ("NI number is QQ 12 34 56", [("QQ 12 34 56", "NINO")]),
        ("zip code 90210", [("90210", "POSTCODE")]),
        ("Phone: 451 5986", [("451 5986", "PHONE")]),
        ("reg is FX 09", [("FX 09", "VEHICLE")]),
        ("in yt68 abc again, same car", [("yt68 abc", "VEHICLE")]),
        ("his insta is dazza.bham88", [("dazza.bham88", "HANDLE")]),
        ("he posts as big_daz", [("big_daz", "HANDLE")]),
        ("born on 3 May 1991 here", [("3 May 1991", "DATE")]),
        ("DOB 030591", [("030591", "DATE")]),
        ("date of birth: May 3rd, 1991", [("May 3rd, 1991", "DATE")]),
        ("born in 1987", [("in 1987", "DATE")]),
        ("on the 3rd of June 2020", [("3rd", "DATE")]),
        ("June 3rd, 2020", [("3rd", "DATE")]),
        ("the fourteenth of March", [("fourteenth", "DATE")]),
        ("between 3 and 5 March", [("3 and 5", "DATE")]),
        ("on 14/03 he rang", [("14/03", "DATE")]),
        ("on Tuesday the 14th", [("14th", "DATE")]),
    ],
)
def test_an_announced_value_is_hidden_and_nothing_else(text, hidden):
    assert kinds_in(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "I rang 101 and then 999",
        "it cost £1,250.00 and then €12000000",
        "from 2019-2020 and 2015 2016 2017",
        "at 10.30 and 14:45 on Monday",
        "24/7 and 50/50 and 9-5 and 3 to 4 weeks",
        "one two three and four",
        "two or three of them, four or five times",
        "he was at home dot",
        "meet me at noon and look at him",
        "version 1.2.3 of the app",
        "They waited.Then nothing.It ended.So it goes",
        "90 minutes, 100%, 2,000 people, 12 months",
        "in March 2023 and in 2021",
        "May 2020 was bad, may 3 people see it",
        "the 3D print, a B12 jab, 5G, covid-19",
        "waiting, going, skills, noisy, provide, blood lab",
        "case closed, log off, reference to me, card declined, call back",
        "on the 1st floor for the 2nd time",
        "in 30 min and to 20 maybe",
    ],
)
def test_what_only_looks_like_an_identifier_stays(text):
    assert redact(text).text == text


@pytest.mark.parametrize(
    ("digits", "valid"), [("9434765919", True), ("4010232137", True), ("9434765918", False), ("0000000001", False)]
)
def test_an_nhs_number_is_known_by_its_check_digit(digits, valid):
    assert has_nhs_check_digit(digits) is valid


def test_folding_never_moves_a_character():
    text = "“Zoë’s” ①２３—ﬁ İ ß 😀 e\u0301\u200b٣"
    assert len(fold(text)) == len(text)
    assert fold("’–２٣\u00a0") == "'-23 "


@pytest.mark.parametrize(
    ("word", "looked_up"),
    [
        ("Zoë", "zoe"),
        ("O'Brien's", "o'brien"),
        ("P.C.", "pc"),
        ("STRASSE", "strasse"),
        ("Łukasz", "lukasz"),
        ("Söndergård", "sondergard"),
        ("Ørsted", "orsted"),
    ],
)
def test_a_word_is_looked_up_without_accents_or_possessive(word, looked_up):
    assert key(word) == looked_up
