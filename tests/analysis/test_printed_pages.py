"""What belongs to the paper, and which line goes on with which. Every text here is made up."""

import pytest

from analysis.roundtable_text import grammar
from analysis.roundtable_text.continuity import Habits
from analysis.roundtable_text.pages import blocks, is_unwrapped
from analysis.roundtable_text.paragraphs import paragraphs


def running(text):
    return [[line.text for line in block.lines] for block in blocks(text)]


def furniture(text):
    return [line for block in blocks(text) for line in block.furniture]


def test_a_form_feed_opens_a_block():
    assert running("One.\n\fTwo.\fThree.") == [["One."], ["Two."], ["Three."]]


def test_so_does_a_single_space_where_spaces_are_rare():
    lines = [f"Line {number} of the tide table." for number in range(12)]
    text = "\n".join([*lines[:6], f" {lines[6]}", *lines[7:]])
    assert [len(block) for block in running(text)] == [6, 6]


def test_but_not_where_every_line_is_set_in():
    text = "\n".join(f" Line {number} of the tide table." for number in range(12))
    assert len(running(text)) == 1


def test_empty_pages_are_no_blocks():
    assert running("\f\n\n\f  \n") == []


@pytest.mark.parametrize(
    "line",
    ["7", "Page 7", "page 7 of 12", "-------", "......", "www.harbour.example", "Gulls said", "Tide People said:"],
)
def test_furniture(line):
    assert furniture(f"They met at noon.\n{line}\nThen they left.") == [line]


@pytest.mark.parametrize(
    "line", ["7 gulls said nothing", "see www.harbour.example", "The gulls said nothing", "7. Gulls"]
)
def test_no_furniture(line):
    assert furniture(f"They met at noon.\n{line}\nThen they left.") == []


def test_a_line_that_stands_alone_on_three_pages_is_their_header():
    pages = [f"Harbour Review\nPage text {number} goes on.\n" for number in "ABC"]
    assert furniture("\f".join(pages)) == ["Harbour Review"] * 3
    assert furniture("\f".join(pages[:2])) == []


def test_a_footnote_runs_on_to_the_end_of_its_block():
    text = "They met.\n\n1 Harbour office, An account of the harbour, printed at the harbour\nand sold there.\n\fThey left."
    assert furniture(text) == [
        "1 Harbour office, An account of the harbour, printed at the harbour",
        "and sold there.",
    ]
    assert running(text) == [["They met."], ["They left."]]


def test_a_number_out_of_turn_opens_no_footnote():
    assert furniture("They met.\n28 Harbour boats lay there.") == []
    assert furniture("They met.\n1 Harbour boat lay there.") == ["1 Harbour boat lay there."]


def test_in_a_document_of_long_lines_only_a_raised_number_does():
    long = "The harbour lay still and the boats lay in it, one beside the other, and nobody went out that day. " * 4
    text = f"{long}\n1 To be told\n2 To be heard\n¹ From the harbour book\n{long}"
    assert is_unwrapped(text)
    assert furniture(text) == ["¹ From the harbour book"]


def test_a_list_item_without_a_full_stop_ends_where_a_sentence_opens():
    text = "• Tove Lind, harbour master\n• Asger Holm, lamp keeper of the\nupper light\nNobody else was there that day."
    found = [one.text for one in paragraphs(blocks(text), is_unwrapped=False)]
    assert found == [
        "• Tove Lind, harbour master",
        "• Asger Holm, lamp keeper of the upper light",
        "Nobody else was there that day.",
    ]


def habits():
    return Habits.of(["the harbour master spoke", "near the harbour master’s house", "at Lower Fenmarch they met"])


@pytest.mark.parametrize(
    ("line", "likely", "unlikely"),
    [
        ("They went down to the", "harbour wall", "of the wall"),
        ("They went down to the wall.", "Then they left", "then they left"),
        ("It was asked of the harbour", "master to come", "Then they left"),
        ("They walked as far as", "Fenmarch and back", "Nobody came"),
        ("The gate was badly", "painted and shut", "Nobody came"),
        ("They asked for:", "• a lamp", "a lamp"),
    ],
)
def test_the_likelier_line_scores_higher(line, likely, unlikely):
    assert habits().score(line, likely) > habits().score(line, unlikely)


@pytest.mark.parametrize(
    ("last", "first"), [("the", "the"), ("a", "of"), ("to", "was"), ("they", "is"), ("of", "and"), ("and", "or")]
)
def test_words_that_cannot_follow_each_other(last, first):
    assert grammar.fit(last, first) <= -4


@pytest.mark.parametrize(
    ("last", "first"), [("the", "wall"), ("to", "go"), ("they", "are"), ("before", "it"), ("wall", "and")]
)
def test_words_that_can(last, first):
    assert grammar.fit(last, first) >= 0
