"""Reading a text into words: what is a token, what a contraction says, and where each word came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pipeline.tokens import BARE, BREAK, CLAUSE_MARKS, NEGATED_BARE, Token, opened, tokens, words

WRITTEN = st.text(st.sampled_from("abcİßé😀'’ .,;\n\t-_09") | st.characters(codec="utf-8"), max_size=60)


def pieces(text):
    return [token.text for token in tokens(text)]


def said(text, **reading):
    return words(tokens(text), set(), **reading).words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("   \t", []),
        ("one two", ["one", "two"]),
        ("snake_case", ["snake", "case"]),
        ("it's o'clock", ["it's", "o'clock"]),
        ("'quoted'", ["'", "quoted", "'"]),
        ("it’s", ["it’s"]),
        ("it`s", ["it`s"]),
        ("well.", ["well", "."]),
        ("well..", ["well", ".."]),
        ("well....", ["well", "...."]),
        ("a\nb", ["a", "\n", "b"]),
        ("a\n\nb", ["a", "\n\n", "b"]),
        ("a\n \t\nb", ["a", "\n \t\n", "b"]),
        ("a\r\nb", ["a", "\n", "b"]),
        ("3.30", ["3", ".", "30"]),
        ("😀ok", ["😀", "ok"]),
        ("well-known", ["well", "-", "known"]),
    ],
)
def test_words_marks_and_line_ends_are_tokens(text, found):
    assert pieces(text) == found


@given(WRITTEN)
def test_tokens_stand_where_they_say_and_leave_out_blanks_and_underscores_only(text):
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    covered = {place for token in found for place in range(token.start, token.end)}
    left = [letter for place, letter in enumerate(text) if place not in covered]
    assert all(letter.isspace() or letter == "_" or not letter.isprintable() for letter in left)


def test_a_token_says_where_it_is_and_not_what_it_says():
    assert repr(Token("secret", 3, 9)) == "Token(3, 9)"


# ---- contractions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", sorted(NEGATED_BARE))
def test_a_negation_written_without_its_apostrophe_says_the_same(word):
    with_apostrophe = f"{word[:-1]}'t"
    assert opened(word) == opened(with_apostrophe)
    assert opened(word)[1:] == ("not",)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("can't", ("can", "not")),
        ("won't", ("will", "not")),
        ("shan't", ("shall", "not")),
        ("ain't", ("is", "not")),
        ("mustn`t", ("must", "not")),
        ("i'm", ("i", "am")),
        ("you're", ("you", "are")),
        ("who've", ("who", "have")),
        ("she'll", ("she", "will")),
        ("mum's", ("mum",)),
        ("officers'", ("officers",)),
        ("'", ("'",)),
        ("wont", ("will", "not")),
        ("count", ("count",)),
        ("cant", ("can", "not")),
        ("scant", ("scant",)),
        ("im", ("i", "am")),
        ("him", ("him",)),
    ],
)
def test_a_contraction_is_opened_and_a_word_that_looks_like_one_is_not(word, found):
    assert opened(word) == found


@pytest.mark.parametrize("word", sorted(BARE))
def test_opening_twice_changes_nothing(word):
    assert [again for part in opened(word) for again in opened(part)] == list(opened(word))


@pytest.mark.parametrize("mark", ["'", "’", "`"])
def test_every_apostrophe_is_the_same(mark):
    assert said(f"I didn{mark}t") == ("i", "did", "not")


def test_both_words_of_a_contraction_point_at_all_of_it():
    text = "They didn't."
    read = words(tokens(text), set())
    assert [text[start:end] for start, end in zip(read.starts, read.ends, strict=True)] == ["They", "didn't", "didn't"]


# ---- the line of words ---------------------------------------------------------------------------------------------------


def test_no_text_is_an_empty_line_with_the_column_of_its_end():
    read = words([], set())
    assert (read.words, read.starts, read.ends, read.clauses, read.columns) == ((), (), (), (), (0,))


def test_columns_are_the_spaces_before_the_words_and_one_more_ends_them():
    read = words(tokens("Nobody rang me"), set())
    assert read.line == " nobody rang me "
    assert read.columns == (0, 7, 12, 15)
    assert read.numbers() == {0: 0, 7: 1, 12: 2, 15: 3}


@given(WRITTEN)
def test_each_column_leads_to_its_word(text):
    read = words(tokens(text), set())
    for number, word in enumerate(read.words):
        at = read.columns[number]
        assert read.line[at : at + len(word) + 2] == f" {word} "
    assert len(read.words) == len(read.starts) == len(read.ends) == len(read.clauses) == len(read.columns) - 1


@pytest.mark.parametrize("mark", sorted(CLAUSE_MARKS))
def test_a_mark_that_parts_clauses_begins_a_new_one(mark):
    assert words(tokens(f"late {mark} kind"), set()).clauses == (0, 1)


@pytest.mark.parametrize("mark", ["'", "/", "&", "\n", "!"])
def test_another_mark_does_not(mark):
    assert words(tokens(f"late {mark} kind"), set()).clauses == (0, 0)


def test_the_word_that_parts_two_clauses_belongs_to_the_second():
    read = words(tokens("late though kind"), set(), splitters=frozenset({"though"}))
    assert read.clauses == (0, 1, 1)


def test_the_first_statement_has_no_break_before_it():
    assert words(tokens("one two"), {0}).words == ("one", "two")


def test_a_break_before_a_word_has_no_width():
    text = "one. two"
    read = words(tokens(text), {0, 5})
    at = read.words.index(BREAK)
    assert (read.starts[at], read.ends[at]) == (5, 5)


def test_words_are_spelt_after_they_are_opened():
    seen = []

    def spell(word):
        seen.append(word)
        return word.replace("recieved", "received")

    assert said("I've RECIEVED it", spell=spell) == ("i", "have", "received", "it")
    assert seen == ["i", "have", "recieved", "it"]


# ---- synonyms ------------------------------------------------------------------------------------------------------------

ORDER = {"restraining": ((("restraining", "order"), ("ro",)), (("restraining",), ("holding",)))}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a restraining order please", ("a", "ro", "please")),
        ("a restraining hand", ("a", "holding", "hand")),
        ("restraining", ("holding",)),
        ("restraining order restraining order", ("ro", "ro")),
        ("an order restraining him", ("an", "order", "holding", "him")),
        ("an order", ("an", "order")),
    ],
)
def test_the_longest_synonym_that_fits_is_said_instead(text, found):
    assert said(text, synonyms=ORDER) == found


def test_a_synonym_does_not_reach_over_a_new_statement():
    assert words(tokens("restraining. Order"), {0, 13}, synonyms=ORDER).words == ("holding", BREAK, "order")


def test_a_synonym_of_two_words_gives_each_the_code_points_of_all():
    read = words(tokens("an abc tape"), set(), synonyms={"abc": ((("abc",), ("abe", "interview")),)})
    assert read.words == ("an", "abe", "interview", "tape")
    assert read.starts == (0, 3, 3, 7)
    assert read.ends == (2, 6, 6, 11)
