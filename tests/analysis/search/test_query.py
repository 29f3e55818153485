"""What a typed search asks of a text. Every word here is made up."""

import re

import pytest

from analysis.search.query import MOST, NotAQuery, read


def has(typed, text):
    query = read(typed)
    wanted = all(re.search(term.pattern, text, re.IGNORECASE) for term in query.wanted)
    return wanted and not any(re.search(term.pattern, text, re.IGNORECASE) for term in query.unwanted)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("call", "Nobody CALLED me."),
        ("told", "They never tell us."),
        ("children", "My child was there"),
        ("police call", "I called and the police came."),
        ('"called me back"', "He called me, back in May."),
        ("didn't", "She didn’t write"),
        ("didn't", "it didnt help"),
        ("follow-up", "no follow up at all"),
        ("wózek", "Mój Wózek zginął"),
        ("call -court", "They called."),
        ("[PERSON]", "When [PERSON] came"),
    ],
)
def test_a_text_that_is_found(typed, text):
    assert has(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("call", "I recall nothing."),
        ("call", "the caller"),
        ("police call", "I called."),
        ('"called back"', "He called me back."),
        ('"call"', "He called."),
        ("call -court", "They called me to courts."),
        ("a.b", "axb"),
    ],
)
def test_a_text_that_is_not_found(typed, text):
    assert not has(typed, text)


@pytest.mark.parametrize("typed", ["", "  ", "-court", "...", '""', "%_"])
def test_nothing_to_look_for_is_said(typed):
    with pytest.raises(NotAQuery, match="at least one word"):
        read(typed)


def test_too_many_words_are_refused():
    read(" ".join(["word"] * MOST))
    with pytest.raises(NotAQuery, match=f"at most {MOST}"):
        read(" ".join(["word"] * (MOST + 1)))


@pytest.mark.parametrize("typed", ["told", "children", "call", "happy", "lie", "victim's", "ring back"])
def test_what_a_pattern_finds_has_one_of_the_letters_looked_for_first(typed):
    for term in read(typed).wanted:
        words = term.pattern.removeprefix(r"(?:^|\W)(").removesuffix(r")(?:$|\W)").replace("['’`]?", "'").split("|")
        assert all(any(one in word for one in term.has_any) for word in words)


def test_the_first_of_the_words_is_marked_where_it_stands():
    text = "Ünder the roof they rang me and then called."
    start, end = read("call ring").first_in(text)
    assert text[start:end] == "rang"
    assert read("absent").first_in(text) == (0, 0)


def test_words_are_not_shown_where_a_term_is():
    assert "quill" not in repr(read("quill")).lower()
