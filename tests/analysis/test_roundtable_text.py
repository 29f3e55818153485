"""Every text here is made up, and laid out as a two-column review with call-outs is when a PDF is printed as text."""

import hashlib
import re
import textwrap
from collections import Counter
from itertools import zip_longest

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.roundtable_text import Kind, read, sentences
from analysis.roundtable_text.columns import untangle
from analysis.roundtable_text.continuity import Habits
from analysis.roundtable_text.lines import Line, is_finished, looks_like_heading, starts_afresh, wants_more

LEFT = (
    "People who came to the harbour meeting said that they had to tell their story to a new officer each time they "
    "rang. Nobody had read the notes. A woman from the upper town described how she kept her own diary of every call, "
    "because nobody at the station could find the earlier reports when she asked for them. The meeting heard the "
    "same from almost every table, and the advocates in the room were not surprised by it at all."
)
RIGHT = (
    "Letters were written in a language that only lawyers use. One man had his letter explained to him by the "
    "postman, who happened to be passing. Others said that the dates of hearings arrived after the hearings, and "
    "that no one apologised for it. Where an interpreter was booked, the interpreter was sent to the wrong building "
    "and the meeting was put off until the autumn."
)
CALL_OUT = "“Nobody rang me, not once. I gave up on it all in May”"
WIDTH = 46


def wrapped(text, width=WIDTH):
    return textwrap.wrap(text, width, break_on_hyphens=False)


def interleaved(*columns):
    return [line for row in zip_longest(*columns) for line in row if line]


def with_call_out(lines, call_out, at):
    """The call-out's lines between the lines of the columns, one every third, as a box between columns comes out."""
    out = list(lines)
    for number, line in enumerate(call_out):
        out.insert(at + 3 * number, line)
    return out


def streams_of(lines):
    habits = Habits.of(lines)
    return [" ".join(line.text for line in stream) for stream in untangle([Line(line) for line in lines], habits)]


def of_kind(text, kind):
    return [part.text for part in read(text) if part.kind is kind]


def test_one_column_stays_one_stream():
    assert streams_of(wrapped(LEFT)) == [LEFT]


def test_two_columns_printed_into_each_other_are_parted():
    assert sorted(streams_of(interleaved(wrapped(LEFT), wrapped(RIGHT)))) == sorted([LEFT, RIGHT])


def test_a_call_out_between_the_columns_is_parted_from_both():
    lines = with_call_out(interleaved(wrapped(LEFT), wrapped(RIGHT)), wrapped(CALL_OUT, 27), at=6)
    assert sorted(streams_of(lines)) == sorted([LEFT, RIGHT, CALL_OUT])


def test_two_columns_side_by_side_on_one_line_are_cut_apart():
    left = [
        "The first meeting was held at the harbour wall",
        "below the church. Everyone could come to it.",
        "It ended when the rain began.",
        *wrapped(LEFT),
    ]
    right = [
        "Tide tables hung there, and nobody had looked",
        "at them for a year. They were out of date.",
        "Someone brought new ones in the summer.",
        *wrapped(RIGHT),
    ]
    printed = interleaved(left, right)
    lines = [*printed[:2], f"{printed[2]} {printed[3]}", *printed[4:]]
    assert streams_of(lines) == [" ".join(left), " ".join(right)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=60), max_size=12))
def test_whatever_the_lines_no_letter_is_lost_or_repeated(lines):
    dealt = [line.text for stream in untangle([Line(line) for line in lines], Habits.of(lines)) for line in stream]
    assert sorted("".join("".join(dealt).split())) == sorted("".join("".join(lines).split()))


REVIEW = "\n".join(
    [
        "The Harbour Review",
        "Executive Summary",
        *wrapped(LEFT),
        "",
        "The Harbour Review",
        "\fWhat people told us",
        "Tide said",
        *with_call_out(
            interleaved(wrapped(LEFT.replace("harbour", "lighthouse")), wrapped(RIGHT)), wrapped(CALL_OUT, 27), 6
        ),
        "(Anonymous)",
        "",
        "1 An account of the harbour, printed by the harbour office",
        "https://harbour.example/account",
        "The Harbour Review",
        "\fOur recommendations",
        "• Give each person one officer whose name they",
        "know from the first day.",
        "• Write letters in plain words.",
        "• Write letters in plain words.",
        "The Harbour Review",
        "12",
        "\fConclusion",
        "The work goes on. It will be looked at again in the spring by the harbour office and by everyone who came to",
        "the meeting.",
        "\fAnnex A",
        "Dear neighbour, nobody called me back and so I write to you.",
    ]
)


def test_headings_are_named_and_carry_what_follows():
    headings = of_kind(REVIEW, Kind.HEADING)
    assert headings == ["Executive Summary", "What people told us", "Our recommendations", "Conclusion"]
    (summary,) = (part for part in read(REVIEW) if part.text == LEFT)
    assert (summary.kind, summary.section) == (Kind.BODY, "Executive Summary")


def test_the_call_out_is_a_quotation_without_its_label_and_attribution():
    assert of_kind(REVIEW, Kind.QUOTATION) == [CALL_OUT]
    assert "Tide said" in of_kind(REVIEW, Kind.FURNITURE)
    assert not any("(Anonymous)" in part.text for part in read(REVIEW) if part.kind is not Kind.FURNITURE)


def test_page_headers_numbers_footnotes_and_addresses_are_furniture():
    furniture = of_kind(REVIEW, Kind.FURNITURE)
    assert furniture.count("The Harbour Review") == 4
    assert {"12", "https://harbour.example/account"} <= set(furniture)
    assert any(text.startswith("1 An account") for text in furniture)


def test_a_recommendation_printed_twice_counts_once():
    assert of_kind(REVIEW, Kind.RECOMMENDATION) == [
        "• Give each person one officer whose name they know from the first day.",
        "• Write letters in plain words.",
    ]
    assert "• Write letters in plain words." in of_kind(REVIEW, Kind.FURNITURE)


def test_prose_after_the_recommendations_is_text_again():
    assert any(text.startswith("The work goes on.") for text in of_kind(REVIEW, Kind.BODY))


def test_everything_from_the_first_annex_on_is_annex():
    assert of_kind(REVIEW, Kind.ANNEX) == ["Annex A", "Dear neighbour, nobody called me back and so I write to you."]


def test_a_sentence_broken_by_the_end_of_a_page_is_joined():
    text = "\n".join([*wrapped(LEFT)[:4], "\f", *wrapped(LEFT)[4:]])
    assert of_kind(text, Kind.BODY) == [LEFT]


def test_a_title_printed_after_its_columns_stands_over_them():
    text = "\n".join([*interleaved(wrapped(LEFT), wrapped(RIGHT)), "", "Harbour and Lighthouse"])
    parts = read(text)
    assert [part.kind for part in parts] == [Kind.HEADING, Kind.BODY, Kind.BODY]
    assert {part.section for part in parts} == {"Harbour and Lighthouse"}


def test_a_justified_line_printed_word_by_word_is_one_line():
    text = "\n".join(
        ["They said a good deal about it. It was", "“So", "it", "goes", "on", "and", "on”", "all evening."]
    )
    assert "“So it goes on and on”" in of_kind(text, Kind.QUOTATION)


def test_boxes_parted_by_empty_lines_are_a_paragraph_each():
    text = "\n".join(
        ["What people asked of us", "", "To be told before", "the day comes", "", "To speak to one", "person", ""]
    )
    assert of_kind(text, Kind.BODY) == ["To be told before the day comes", "To speak to one person"]


@pytest.mark.parametrize("numbered", ["3. Delay – use of letters instead of calls", "4. Provide, they said, an answer"])
def test_a_numbered_finding_is_no_recommendation(numbered):
    assert of_kind(numbered, Kind.RECOMMENDATION) == []


def test_a_document_of_one_paragraph_to_a_line_keeps_its_lines_and_loses_its_markup():
    text = "\n\n".join(
        [
            "Our plan",
            f"**{LEFT}**",
            RIGHT,
            "“It is a start”",
            "Tove Harbourmaster",
            "“It is late”",
            "Next",
            LEFT + RIGHT,
        ]
    )
    parts = read(text)
    assert [part.kind for part in parts] == [
        Kind.HEADING,
        Kind.BODY,
        Kind.BODY,
        Kind.QUOTATION,
        Kind.FURNITURE,  # who said it, between two quotations
        Kind.QUOTATION,
        Kind.HEADING,
        Kind.BODY,
    ]
    assert parts[1].text == LEFT


def test_the_cells_of_a_table_are_items_of_their_own():
    row = "Care\t<ul> • Build one front door. • Seek a second opinion. • Develop a map.</ul>"
    parts = read("\n".join([LEFT, RIGHT, row]))
    assert [part.text for part in parts[-3:]] == [
        "• Build one front door.",
        "• Seek a second opinion.",
        "• Develop a map.",
    ]
    assert {part.kind for part in parts[-3:]} == {Kind.RECOMMENDATION}


def test_parts_do_not_show_their_words_when_printed():
    assert "harbour" not in repr(read(REVIEW))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings_do_not_matter(ending):
    assert read(REVIEW.replace("\n", ending)) == read(REVIEW)


def test_an_empty_text_has_no_parts():
    assert read("") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        ("He said “Stop.” She did.", ["He said “Stop.”", "She did."]),
        ("1. First point. Then more", ["1. First point.", "Then more"]),
        ("We met Dr. Heron there.", ["We met Dr. Heron there."]),
        ("It cost £3.50 at most!  Really?", ["It cost £3.50 at most!", "Really?"]),
        ("It was over.9 Nobody rang", ["It was over.9", "Nobody rang"]),
        ("   ", []),
    ],
)
def test_sentences(text, expected):
    assert [text[start:end] for start, end in sentences(text)] == expected


@pytest.mark.parametrize(
    ("line", "finished", "more", "afresh", "heading"),
    [
        ("and that was the end.", True, False, False, False),
        ("she said “enough”", True, False, False, False),
        ("they went to the", False, True, False, False),
        ("• A list item", False, False, True, False),
        ("12. A point", False, False, True, False),
        ("Harbour and Lighthouse Review", False, False, False, True),
        ("What people told us", False, False, False, True),
        ("What people told us at the harbour", False, False, False, False),
        ("People told us:", False, False, False, False),
    ],
)
def test_what_one_line_shows(line, finished, more, afresh, heading):
    assert is_finished(line) is finished
    assert wants_more(line) is more
    assert starts_afresh(line) is afresh
    assert looks_like_heading(line) is heading


def hashed(text):
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()[:16]


# Of the review's thirteen call-outs that close their quotation marks, as a person reads them in the printed report.
CALL_OUTS = {
    "51bf58c72c3a1292",
    "f6cd08ef0ed442c1",
    "53d81307173c7872",
    "8db97d405ddd653e",
    "905a5a5d7f14941a",
    "c099cb18c3d70e80",
    "023f2b15048a5936",
    "809d333e9e07c63a",
    "9b4823cf453890dc",
    "bb6df77635da5559",
    "73eec50b87b8bb8d",
    "48b0c4a1233fe68a",
}
FINDINGS = "8aa3c4ce3ccdfe89"


@pytest.fixture
def published(shared):
    """The parts of the review of 2020. Tests hold counts and hashes of it, none of its words."""
    return read((shared / "seeds" / "vulnerable-victims-review-2020.txt").read_text(encoding="utf-8"))


@pytest.mark.shared
def test_the_published_review_comes_back_in_its_parts(published):
    body = [part for part in published if part.kind is Kind.BODY and hashed(part.section) == FINDINGS]
    numbers = [int(part.text.split(".")[0]) for part in body if re.match(r"\d{1,2}\. ", part.text)]
    assert sorted(numbers) == list(range(1, 14))
    bullets = [part for part in published if part.kind is Kind.RECOMMENDATION and part.text.startswith("•")]
    assert len(bullets) == 35
    annexes = [part for part in published if part.kind is Kind.ANNEX and re.fullmatch(r"Annex \d", part.text)]
    assert len(annexes) == 3
    assert {hashed(part.text) for part in published if part.kind is Kind.QUOTATION} >= CALL_OUTS


@pytest.mark.shared
def test_a_published_strategy_of_another_layout_comes_back_in_its_parts(shared):
    parts = read((shared / "seeds" / "victims-strategy-2025-2029.txt").read_text(encoding="utf-8"))
    kinds = Counter(part.kind for part in parts)
    # 122 commitments by hand; those phrased as facts or aims stay text.
    assert kinds[Kind.RECOMMENDATION] >= 105
    assert kinds[Kind.QUOTATION] == 7
    assert not any(re.search(r"[<>]|\*\*", part.text) for part in parts)
