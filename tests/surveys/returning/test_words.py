"""The six words: drawn from a known list, and read from whatever people make of them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.returning import words
from surveys.returning.words import LONGEST_TYPED, NUMBER, Misread, Words, draw, known, read

six = st.lists(st.sampled_from(known()), min_size=NUMBER, max_size=NUMBER).map(lambda chosen: Words(tuple(chosen)))
between = st.sampled_from(
    [" ", "  ", "\n", "\r\n", ", ", "-", " - ", "\u2011", "\u2013", ". ", "\t", "\u00a0", "/", " 2. "]
)
cases = st.sampled_from([str.lower, str.upper, str.title, str.capitalize, str.swapcase])


def test_the_list_is_the_long_list_of_the_eff_without_hyphens():
    assert len(known()) == 7772
    assert all(word.isascii() and word.isalpha() and word.islower() for word in known())
    assert {"yo-yo", "yo", "t-shirt"}.isdisjoint(known())
    assert max(map(len, known())) * NUMBER + NUMBER - 1 < LONGEST_TYPED


@given(six, st.data())
def test_capitals_and_what_stands_between_do_not_matter(chosen, data):
    typed = "".join(data.draw(cases)(word) + data.draw(between) for word in chosen.all)
    assert read(typed) == chosen


@given(six)
def test_wide_letters_and_accents_of_a_foreign_keyboard_are_read(chosen):
    wide = "".join(chr(ord(mark) + 0xFEE0) if mark != " " else mark for mark in chosen.spoken)
    assert read(wide) == chosen
    assert read(chosen.spoken.replace("e", "e\u0301")) == chosen


@given(six)
def test_the_order_is_fixed(chosen):
    turned = read(" ".join(reversed(chosen.all)))
    assert (turned == chosen) == (chosen.all == chosen.all[::-1])


@given(st.text(max_size=LONGEST_TYPED + 50))
def test_anything_typed_is_six_words_or_misread(typed):
    with contextlib.suppress(Misread):
        assert set(read(typed).all) <= set(known())


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "number"),
        ("abacus " * 5, "number"),
        ("abacus " * 7, "number"),
        ("abacus " * 5 + "heardword", "unknown"),
        ("a" * (LONGEST_TYPED + 1), "length"),
    ],
)
def test_why_it_was_misread_holds_no_word(typed, why):
    with pytest.raises(Misread) as problem:
        read(typed)
    assert str(problem.value) == why


def test_words_are_drawn_from_the_whole_list_by_the_systems_random_numbers(monkeypatch):
    asked = []
    monkeypatch.setattr(words.secrets, "choice", lambda among: asked.append(among) or among[0])
    draw()
    assert asked == [known()] * NUMBER


def test_words_do_not_slip_into_a_log():
    drawn = draw()
    assert not any(word in repr(drawn) for word in drawn.all)
    with pytest.raises(TypeError):
        str(drawn)
    with pytest.raises(TypeError):
        f"{drawn}"


def test_two_words_find_and_four_prove():
    drawn = draw()
    assert len(drawn.finding.split()) == 2
    assert len(drawn.proving.split()) == 4
    assert f"{drawn.finding} {drawn.proving}" == drawn.spoken
