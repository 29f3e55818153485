"""One plain form for whatever was typed. Every statement is fictional."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import wording
from feedback.wording import sentences


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("He's here.", ["he is here"]),
        ("he’s here", ["he is here"]),
        ("He ' s here", ["he is here"]),
        ("hes here", ["he is here"]),
        ("I can't and won't", ["i can not and will not"]),
        ("they'll say I'd", ["they will say i would"]),
        ("Not here! Nor there? No; never.", ["not here", "nor there", "no", "never"]),
        ("one\ntwo\r\nthree", ["one", "two", "three"]),
        ("k i l l", ["kill"]),
        ("k.i.l.l", ["kill"]),
        ("k1ll s3nt", ["kill sent"]),
        ("I live at 14", ["i live at 14"]),
        ("sooooo bad", ["so bad"]),
        ("zażółć łódź", ["zazolc lodz"]),
        ("stop\u200bping", ["stopping"]),
        ("", []),
        (" \t\n", []),
        ("?!", []),
        ("me@example.test", ["me@example", "test"]),
        ("یہ\u06d4 وہ", ["یہ", "وہ"]),
    ],
)
def test_what_is_typed_is_brought_to_one_form(typed, plain):
    assert sentences(typed) == plain


@pytest.mark.parametrize("slip", ["thretened", "thraetened", "threeatened"])
def test_a_slip_in_a_word_that_matters_is_put_right(slip):
    assert sentences(slip) == ["threatened"]


@pytest.mark.parametrize("word", ["laughter", "hunting", "treats", "office", "stranger", "breathing", "officers"])
def test_real_words_beside_those_that_matter_are_left_alone(word):
    assert sentences(word) == [word]


def test_the_first_letter_of_a_slip_is_always_right():
    assert {slip[0] for slip in wording.slips_in("danger")} == {"d"}


def test_no_word_of_the_lists_is_changed_into_another():
    listed = wording.load()["often_misspelt"]
    assert [word for word in listed if wording.spellings().get(word, word) != word] == []


def test_no_real_word_is_taken_for_a_slip():
    listed = wording.load()["real_words"]
    assert [word for word in listed if word in wording.spellings()] == []


@given(st.text(max_size=300))
def test_the_plain_form_has_no_capitals_no_ends_and_single_spaces(typed):
    for plain in sentences(typed):
        assert plain == plain.strip()
        assert "  " not in plain
        assert not set(plain) & set(".!?;\n")
        assert plain == plain.casefold() or any(not letter.isascii() for letter in plain)
