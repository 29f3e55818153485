"""The phrase language of the codebook's patterns."""

import re

import pytest

from analysis.pipeline import lexicon
from analysis.pipeline.phrases import Lexicon, PatternInvalid, parse

LEXICON = Lexicon(
    {"officer": ("officer~", "the old bill"), "me": ("me", "us")},
    lexicon.forms,
    lambda word: {"the": 0.05, "me": 0.01}.get(word, 0.0001),
)


def matches(pattern, said):
    (phrase,) = parse(pattern, LEXICON)
    found = re.search(phrase.source, f" {said} ")
    return found.group().strip() if found else None


@pytest.mark.parametrize(
    ("pattern", "said", "found"),
    [
        ("call~ me", "they never called me", "called me"),
        ("call~ me", "they never called mean", None),
        ("believ~", "nobody believes it", "believes"),
        ("<officer> left", "two officers left", "officers left"),
        ("<officer> left", "the old bill left", "the old bill left"),
        ("(rang|phoned up) <me>", "she phoned up us", "phoned up us"),
        ("kept me? waiting", "kept waiting", "kept waiting"),
        ("no !contact order", "no contact order", None),
        ("no !contact order", "no order", "no order"),
        ("kept .. updated", "kept me well updated", "kept me well updated"),
        ("kept .. updated", "kept us all very well updated", None),
        ("kept ... updated", "kept us all very well updated", "kept us all very well updated"),
    ],
)
def test_a_pattern_finds_what_it_says(pattern, said, found):
    assert matches(pattern, said) == found


@pytest.mark.parametrize("between", ["not", "never", "nobody", "but", "without", "."])
def test_a_gap_does_not_reach_over_a_negation_a_but_or_a_new_statement(between):
    assert matches("kept ... updated", f"kept us {between} updated") is None


def test_a_pattern_of_two_parts_needs_words_of_both():
    parts = parse("<officer> & left", LEXICON)
    assert [part.anchor.words for part in parts] == [
        frozenset({"officer", "officers", "old"}),
        frozenset({"left"}),
    ]


def test_the_rarest_word_is_the_anchor():
    (phrase,) = parse("the me officer", LEXICON)
    assert phrase.anchor.words == {"officer"}


@pytest.mark.parametrize(
    "pattern", ["(a|b", "a )", "<nowhere>", "a &", ".. ..", "x? y?", "", "a [b", "a-b", "cannot", "didn't", "x’y"]
)
def test_a_pattern_that_cannot_be_read_is_refused_showing_it(pattern):
    with pytest.raises(PatternInvalid, match=re.escape(f"“{pattern}”")):
        parse(pattern, LEXICON)


def test_forms_of_a_word_are_those_of_the_language_and_stems_grow():
    assert {"tell", "told", "telling", "tells"} <= set(lexicon.forms("tell"))
    assert {"believe", "believed", "believing"} <= set(lexicon.forms("believ"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("interpretor", "interpreter"),
        ("intrepreter", "interpreter"),
        ("interperter", "interpreter"),
        ("interpreting", "interpreting"),
        ("stalling", "stalling"),
        ("xyzzy", "xyzzy"),
    ],
)
def test_slips_are_put_right_and_real_words_left_alone(written, meant):
    assert lexicon.Speller(frozenset({"interpreter", "stalking", "officer"}))(written) == meant
