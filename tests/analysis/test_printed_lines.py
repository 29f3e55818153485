"""One printed line at a time: what it shows, what can follow it, and what belongs to the paper. All text is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.roundtable_text import Kind, read, sentences
from analysis.roundtable_text.continuity import Habits
from analysis.roundtable_text.grammar import AUXILIARIES, CONJUNCTIONS, DETERMINERS, LEADING, MODALS, PREPOSITIONS, fit
from analysis.roundtable_text.lines import (
    LONGEST_HEADING,
    calls_out,
    first_word,
    is_attribution,
    is_finished,
    last_word,
    looks_like_heading,
    quote_balance,
    starts_afresh,
    wants_more,
    words,
)
from analysis.roundtable_text.pages import LONGEST_HEADER_WORDS, REPEATED, UNWRAPPED, blocks, is_unwrapped

# ---- one line ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("", []),
        ("12 34", []),
        ("She didn’t re-open it in 2020.", ["She", "didn’t", "re-open", "it", "in"]),
        ("“Well,” he said", ["Well", "he", "said"]),
    ],
)
def test_words_are_printed_words_without_figures(line, found):
    assert words(line) == found
    assert first_word(line) == (found[0].lower() if found else "")
    assert last_word(line) == (found[-1].lower() if found else "")


@pytest.mark.parametrize(
    "line", ["It ended.", "Did it?", "It did!", "“It did.”", "(It did.)", "It did.12", "said “no”"]
)
def test_a_line_that_ends_a_sentence_is_finished(line):
    assert is_finished(line)
    assert not wants_more(line)


@pytest.mark.parametrize("line", ["", "It ended", "It ended,", "It ended:", "3.5 per cent", "It did.123"])
def test_a_line_without_such_an_end_is_not(line):
    assert not is_finished(line)


@pytest.mark.parametrize("word", ["the", "of", "and", "will", "were", "their", "because"])
def test_no_line_ends_a_sentence_with_a_leading_word(word):
    assert wants_more(f"They spoke {word}")
    assert not wants_more(f"They spoke {word}.")


def test_the_letter_of_an_annex_is_no_article():
    assert not wants_more("As listed in Annex A")
    assert wants_more("As listed in a")


@pytest.mark.parametrize("line", ["“They came", "• a point", "1. a point", "12) a point", "- a point"])
def test_a_quotation_an_item_and_a_number_open_something(line):
    assert starts_afresh(line)


@pytest.mark.parametrize("line", ["", "They came", "123. too long a number", "1.5 points", "-point", "” closed"])
def test_other_lines_do_not(line):
    assert not starts_afresh(line)


@pytest.mark.parametrize(
    ("line", "whose"), [("(Anonymous)", True), ("(Resident)", True), ("(anonymous)", False), ("(A B)", False)]
)
def test_whose_words_they_were_stands_in_brackets(line, whose):
    assert is_attribution(line) is whose


@pytest.mark.parametrize(
    ("line", "balance", "opens"),
    [
        ("“open", 1, True),
        ("“closed”", 0, False),
        ("closed”", -1, False),
        ("she said “open", 1, False),
        ("“a” “b", 1, True),
    ],
)
def test_a_call_out_opens_a_quotation_that_goes_on(line, balance, opens):
    assert quote_balance(line) == balance
    assert calls_out(line) is opens


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("What people told us", True),
        ("What several people told us", False),
        ("Getting Help in the Harbour Towns", True),
        ("getting help", False),
        ("Getting help.", False),
        ("Getting help,", False),
        ("Getting help:", False),
        ("Getting help for the", False),
        ("", False),
        ("2020", False),
        ("A" * LONGEST_HEADING, True),
        ("A" * (LONGEST_HEADING + 1), False),
        ("One Two Three Four Five Six Seven Eight Nine", True),
        ("One Two Three Four Five Six Seven Eight Nine Ten", False),
    ],
)
def test_a_title_is_short_begins_with_a_capital_and_holds_no_sentence(line, is_heading):
    assert looks_like_heading(line) is is_heading


# ---- one line after another ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "first"),
    [("the", "of"), ("the", "the"), ("of", "was"), ("and", "of"), ("will", "were"), ("they", "was"), ("he", "were")],
)
def test_words_no_sentence_puts_together_hardly_fit(last, first):
    assert fit(last, first) < -1


@pytest.mark.parametrize(
    ("last", "first"), [("the", "officer"), ("of", "people"), ("will", "respond"), ("badly", "handled")]
)
def test_words_that_lead_on_fit(last, first):
    assert fit(last, first) > 0


def test_two_prepositions_are_unusual_and_not_forbidden():
    assert fit("the", "of") < fit("from", "within") < 0


@pytest.mark.parametrize("group", [DETERMINERS, PREPOSITIONS, MODALS, AUXILIARIES, CONJUNCTIONS - {"that"}])
def test_every_function_word_leads_to_something(group):
    assert group
    assert group <= LEADING


LINES = ["The harbour desk was open", "and the harbour desk was warm", "so people sat at the Lighthouse desk"]


def test_a_finished_line_is_followed_by_a_capital_only():
    habits = Habits.of(LINES)
    assert habits.score("It was warm.", "People sat there") > 0
    assert habits.score("It was warm.", "people sat there") < -5


def test_a_line_that_wants_more_is_followed_by_small_letters_rather_than_a_new_item():
    habits = Habits.of(LINES)
    assert habits.score("They sat at the", "desk by the window") > 0
    assert habits.score("They sat at the", "• an item") < -1


def test_words_seen_together_elsewhere_in_the_document_fit_better():
    assert Habits.of(LINES).score("by the harbour", "desk we sat") > Habits.of([]).score(
        "by the harbour", "desk we sat"
    )


def test_a_word_opens_a_sentence_if_it_has_no_capital_elsewhere():
    habits = Habits.of(LINES)
    assert habits.opens_sentence("Desk staff were kind")
    assert not habits.opens_sentence("Lighthouse staff were kind")
    assert not habits.opens_sentence("desk staff were kind")
    assert not habits.opens_sentence("I was kind")


# ---- the paper -----------------------------------------------------------------------------------------------------------


def furniture(text):
    return [line for block in blocks(text) for line in block.furniture]


def kept(text):
    return [line.text for block in blocks(text) for line in block.lines]


@pytest.mark.parametrize(
    "line", ["7", "123", "Page 7", "page 7 of 12", "-----", "....", "https://example.org/a", "www.example.org"]
)
def test_page_numbers_rules_and_addresses_belong_to_the_paper(line):
    assert furniture(f"Some words here\n{line}\n") == [line]
    assert kept(f"Some words here\n{line}\n") == ["Some words here"]


@pytest.mark.parametrize("line", ["1234", "Page seven", "--", "See https://example.org/a", "7 people"])
def test_lines_that_only_resemble_them_are_kept(line):
    assert line in kept(f"Some words here\n{line}\n")


@pytest.mark.parametrize(("times", "is_header"), [(REPEATED - 1, False), (REPEATED, True)])
def test_a_line_at_the_head_of_three_pages_is_a_header(times, is_header):
    pages = "\f".join(f"The Harbour Review\nPage text number {'abc'[n]} of this\nand more" for n in range(times))
    assert ("The Harbour Review" in furniture(pages)) is is_header


@pytest.mark.parametrize(("length", "is_header"), [(LONGEST_HEADER_WORDS, True), (LONGEST_HEADER_WORDS + 1, False)])
def test_a_header_is_short(length, is_header):
    line = " ".join(["Harbour"] * length)
    pages = "\f".join(f"{line}\ntext number {n} of this\nand more" for n in "abc")
    assert (line in furniture(pages)) is is_header


def test_each_form_feed_opens_a_page():
    assert len(blocks("one page\ftwo page\f\f \n\fthree page")) == 3


@pytest.mark.parametrize(("length", "unwrapped"), [(UNWRAPPED, False), (UNWRAPPED + 1, True)])
def test_a_document_of_long_lines_is_unwrapped(length, unwrapped):
    assert is_unwrapped("x" * length + "\nshort") is unwrapped


def test_an_empty_document_is_not_unwrapped():
    assert not is_unwrapped("")


# ---- parts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["Annex", "Annex A", "ANNEX 2: people", "Appendix 1 – letters"])
def test_an_annex_is_named_and_what_follows_is_part_of_it(title):
    parts = read(f"The desk was open and warm for us all.\n\n{title}\n\nThe letter was short and kind to us all.\n")
    assert [part.kind for part in parts] == [Kind.BODY, Kind.ANNEX, Kind.ANNEX]


@pytest.mark.parametrize(
    "item", ["• Ensure that the desk is open.", "- Review the letters.", "1. Objective 2: open the desk."]
)
def test_an_order_in_a_list_is_a_recommendation(item):
    (part,) = read(f"{item}\n")
    assert part.kind is Kind.RECOMMENDATION


@pytest.mark.parametrize(
    "item", ["• The desk was closed.", "1. Ensure was the word they used.", "Ensure that the desk is open."]
)
def test_an_item_that_gives_no_order_is_text(item):
    (part,) = read(f"{item}\n")
    assert part.kind is Kind.BODY


# ---- sentences -----------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.sampled_from(["One came. ", "Did it? ", "No! ", "Dr. Vale ", "at 3.5 ", "“So.” ", "e.g. this ", "  "]))
)
def test_sentences_cover_every_word_in_order_without_touching(pieces):
    text = "".join(pieces)
    spans = sentences(text)
    ends = [0, *(end for _, end in spans)]
    assert all(ends[number] <= start < end for number, (start, end) in enumerate(spans))
    assert "".join(text[start:end] for start, end in spans).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("title", ["Dr.", "Mr.", "Mrs.", "Ms.", "St.", "No.", "e.g.", "i.e.", "etc.", "cf.", "vs."])
def test_a_full_stop_after_an_abbreviation_ends_nothing(title):
    assert len(sentences(f"We met {title} Vale there.")) == 1
