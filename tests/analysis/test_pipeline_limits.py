"""The pipeline's edges: statements at line ends and abbreviations, phrases and bad ones, merging, word vectors."""

import re
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.pipeline.encoder import DIMENSIONS, WordVectors, open_encoder
from analysis.pipeline.merge import by_theme
from analysis.pipeline.phrases import GAPS, Lexicon, PatternInvalid, parse
from analysis.pipeline.results import Tag
from analysis.pipeline.statements import ABBREVIATIONS, BULLET, ENDS, statements
from analysis.pipeline.tokens import tokens


def split(text):
    return [text[statement.start : statement.end] for statement in statements(text, tokens(text))]


# ---- statements ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", sorted(word for word in ABBREVIATIONS if word.isalpha()))
def test_the_stop_of_an_abbreviation_ends_no_statement(word):
    assert len(split(f"We met {word}. Vale there")) == 1
    assert len(split(f"We met {word.upper()}. Vale there")) == 1


@pytest.mark.parametrize(("letter", "count"), [("J", 1), ("i", 2), ("I", 2), ("5", 2)])
def test_an_initial_ends_no_statement_but_i_and_a_figure_do(letter, count):
    assert len(split(f"It was {letter}. Vale came")) == count


@pytest.mark.parametrize("mark", sorted(ENDS))
def test_each_mark_that_ends_a_statement_does(mark):
    assert len(split(f"They came{mark} we left")) == 2


@pytest.mark.parametrize("mark", [",", ":", "-", "/", "&", "("])
def test_other_marks_do_not(mark):
    assert len(split(f"They came{mark} we left")) == 1


@pytest.mark.parametrize("closing", [")", '"', "”", "'"])
def test_a_mark_before_a_closing_one_waits_for_it(closing):
    assert split(f"They came!{closing} we left")[0] != "They came!"


@pytest.mark.parametrize("bullet", sorted(BULLET))
def test_a_bullet_at_the_head_of_a_line_opens_a_statement_and_is_no_part_of_it(bullet):
    assert split(f"{bullet} one thing\n{bullet} two things") == ["one thing", "two things"]


def wrapped(length):
    """A line of that many characters, then one that goes on in small letters."""
    return f"{'x' * length}\nand so on"


@pytest.mark.parametrize(("length", "count"), [(39, 2), (40, 1), (61, 1)])
def test_a_long_line_that_goes_on_in_small_letters_was_wrapped(length, count):
    assert len(split(wrapped(length))) == count


@pytest.mark.parametrize("mark", [",", "-"])
def test_a_short_line_goes_on_after_a_comma_or_a_hyphen(mark):
    assert len(split(f"First{mark}\nthen more")) == 1


def test_a_capital_or_an_empty_line_ends_even_a_long_line():
    assert len(split(wrapped(80).replace("and", "And"))) == 2
    assert len(split(wrapped(80).replace("\n", "\n \n"))) == 2


def test_a_stop_without_a_blank_ends_a_statement_only_before_a_word_in_capital_and_small_letters():
    assert split("He left.She came") == ["He left.", "She came"]
    assert len(split("He left.she came")) == 1
    assert len(split("See form.PDF there")) == 1
    assert len(split("version 2.Then")) == 1


# ---- phrases -------------------------------------------------------------------------------------------------------------

LEXICON = Lexicon({"crew": ("captain", "old salt")}, lambda word: (word, f"{word}s"), lambda word: len(word) / 1000)


def finds(pattern, said):
    (phrase,) = parse(pattern, LEXICON)
    return bool(re.search(phrase.source, f" {said} "))


@pytest.mark.parametrize(("gap", "most"), sorted(GAPS.items()))
def test_a_gap_holds_so_many_words_and_not_one_more(gap, most):
    for between in range(most + 2):
        assert finds(f"boat {gap} sank", " ".join(["boat", *["x"] * between, "sank"])) is (between <= most)


@pytest.mark.parametrize("word", ["knot", "nothings", "nevermore", "button", "butter", "nothing's"])
def test_a_gap_reaches_over_words_that_only_begin_like_a_negation(word):
    assert finds("boat .. sank", f"boat {word} sank")


@pytest.mark.parametrize(
    ("pattern", "said", "is_found"),
    [
        ("(a|b)? boat", "boat", True),
        ("!old boat", "boat", True),
        ("an !old (old)? boat", "an old boat", False),
        ("an !(old|wet) boat", "an boat", True),
        ("((red|blue) boat|ship)", "blue boat", True),
        ("((red|blue) boat|ship)", "blue ship", True),
        ("((red|blue) boat|ship)", "blue", False),
        ("<crew> sank", "old salt sank", True),
        ("<crew> sank", "salt sank", False),
        ("boat~ sank", "boats sank", True),
        ("boat sank", "boats sank", False),
    ],
)
def test_alternatives_options_and_lists_can_stand_in_each_other(pattern, said, is_found):
    assert finds(pattern, said) is is_found


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(a|b", "a bracket is not closed"),
        ("a )", "unexpected “)”"),
        ("<nowhere>", "there is no list “nowhere”"),
        ("a !", "ends too early"),
        ("x? y?", "a part has no word that must be there"),
        ("boat & ..", "a part has no word that must be there"),
        ("a-b", "cannot be read"),
        ("cannot", "“cannot” is never read so; it is can not"),
    ],
)
def test_a_bad_pattern_is_refused_saying_why(pattern, why):
    with pytest.raises(PatternInvalid) as refused:
        parse(pattern, LEXICON)
    assert str(refused.value) == f"“{pattern}”: {why}."


def test_an_optional_word_is_not_needed_and_a_bracket_needs_one_of_its_own():
    (phrase,) = parse("(red|green) boat?", LEXICON)
    assert [need.words for need in phrase.needs] == [{"red", "green"}]
    assert phrase.anchor.cost == pytest.approx(0.008)


# ---- merging -------------------------------------------------------------------------------------------------------------


def tag(valence="problem", score=None, theme="ferry", start=0):
    return Tag(theme, valence, score, "rule" if score is None else "model", start, start + 1)


@given(st.lists(st.sampled_from(["problem", "praise", "neutral", "mixed", "suggestion"]), min_size=1, max_size=5))
def test_the_order_of_statements_does_not_change_the_valence(said):
    merged = {by_theme([tag(valence) for valence in order])[0].valence for order in permutations(said)}
    assert len(merged) == 1
    clear = set(said) - {"neutral"}
    assert merged == ({"neutral"} if not clear else clear if len(clear) == 1 else {"mixed"})


@pytest.mark.parametrize("scores", list(permutations([0.2, 0.9, 0.5])))
def test_the_surest_score_stands_wherever_it_comes(scores):
    assert by_theme([tag(score=score) for score in scores])[0].score == 0.9


def test_a_score_of_nought_is_a_models_and_not_a_rules():
    assert (by_theme([tag(score=0.0)])[0].score, by_theme([tag(score=0.0)])[0].source) == (0.0, "model")


def test_themes_do_not_colour_each_other():
    merged = by_theme([tag("problem", theme="b"), tag("praise", theme="a"), tag("neutral", theme="b")])
    assert [(one.theme, one.valence) for one in merged] == [("a", "praise"), ("b", "problem")]


# ---- word vectors --------------------------------------------------------------------------------------------------------

CORPUS = ["the ferry was late", "the ferry sank", "the lamp was bright", "a bright lamp at night", "late again"]


def test_without_a_built_model_words_serve(tmp_path):
    assert open_encoder(tmp_path, CORPUS).id == "tfidf-svd-v1"


def test_vectors_are_of_length_one_in_single_precision_and_in_the_order_of_the_texts():
    encoder = WordVectors(CORPUS)
    found = encoder.encode(CORPUS)
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert np.allclose(encoder.encode(CORPUS[::-1]), found[::-1], atol=1e-6)


def test_no_texts_give_no_vectors_of_the_same_width():
    encoder = WordVectors(CORPUS)
    assert encoder.encode([]).shape == (0, encoder.encode(CORPUS).shape[1])


def test_texts_that_share_words_are_nearer():
    ferry, sunk, lamp = WordVectors(CORPUS).encode(["the ferry was late", "the ferry sank", "a bright lamp"])
    assert ferry @ sunk > ferry @ lamp


@pytest.mark.parametrize("texts", [2, 5, DIMENSIONS + 20])
def test_there_are_fewer_dimensions_than_texts_and_at_most_a_hundred(texts):
    corpus = [f"word{number} ferry{number % 7} lamp{number % 5}" for number in range(texts)]
    assert WordVectors(corpus).encode(["ferry1"]).shape == (1, min(DIMENSIONS, texts - 1))


def test_the_same_seed_gives_the_same_vectors():
    assert np.array_equal(WordVectors(CORPUS, seed=3).encode(CORPUS), WordVectors(CORPUS, seed=3).encode(CORPUS))
