"""Splitting a text into statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pipeline.statements import statements
from analysis.pipeline.tokens import opened, tokens, words


def split(text):
    return [text[statement.start : statement.end] for statement in statements(text, tokens(text))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One thing. Another thing.", ["One thing.", "Another thing."]),
        ("no call. no text", ["no call.", "no text"]),
        ("Dr. Patel was kind.", ["Dr. Patel was kind."]),
        ("I waited e.g. three weeks.", ["I waited e.g. three weeks."]),
        ("He left.She came.", ["He left.", "She came."]),
        ("They came at 3.30 p.m. and left.", ["They came at 3.30 p.m. and left."]),
        ("She said... and went", ["She said... and went"]),
        ("She stopped... Then she went", ["She stopped...", "Then she went"]),
        ("Why?! No idea", ["Why?!", "No idea"]),
        ("- no interpreter\n- no screen", ["no interpreter", "no screen"]),
        ("• one\n• two", ["one", "two"]),
        ("First line\n\nsecond line", ["First line", "second line"]),
        ("no update\nno call", ["no update", "no call"]),
        (
            "The officer told me that he would ring every single week\nand he never did",
            ["The officer told me that he would ring every single week\nand he never did"],
        ),
        ("first; second", ["first;", "second"]),
        ("", []),
        ("   \n ", []),
        ("...", []),
    ],
)
def test_statements_are_sentences_items_and_lines(text, parts):
    assert split(text) == parts


@given(st.text(max_size=200))
def test_statements_lie_inside_the_text_in_order_and_hold_every_word(text):
    found = statements(text, tokens(text))
    ends = [0, *(statement.end for statement in found)]
    assert all(ends[number] <= statement.start < statement.end for number, statement in enumerate(found))
    assert ends[-1] <= len(text)
    kept = "".join(text[statement.start : statement.end] for statement in found)
    assert [letter for letter in text if letter.isalnum()] == [letter for letter in kept if letter.isalnum()]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("didn't", ("did", "not")),
        ("didn’t", ("did", "not")),
        ("dont", ("do", "not")),
        ("can't", ("can", "not")),
        ("won't", ("will", "not")),
        ("cannot", ("can", "not")),
        ("they've", ("they", "have")),
        ("officer's", ("officer",)),
        ("o'clock", ("o",)),
        ("want", ("want",)),
    ],
)
def test_contractions_are_opened(word, said):
    assert opened(word) == said


def test_synonyms_are_said_in_one_word_and_keep_the_code_points_of_all():
    text = "My non-molestation order"
    synonyms = {"non": ((("non", "molestation", "order"), ("nmo",)),)}
    read = words(tokens(text), set(), synonyms=synonyms)
    assert read.words == ("my", "nmo")
    assert text[read.starts[1] : read.ends[1]] == "non-molestation order"


def test_a_new_statement_is_a_break_and_a_but_a_new_clause():
    text = "Kind but slow. Then nothing"
    read = words(tokens(text), {0, 15}, splitters=frozenset({"but"}))
    assert read.words == ("kind", "but", "slow", ".", "then", "nothing")
    assert read.clauses == (0, 1, 1, 2, 2, 2)


def test_words_never_show_what_was_said():
    read = words(tokens("my secret"), set())
    assert "secret" not in repr(read)
    assert "secret" not in repr(tokens("my secret"))
