"""How an experience was: each valence, and how far a negation, a wish, a contrast and the question reach."""

import pytest

from analysis.codebook import Codebook, Patterns, Theme, load
from analysis.pipeline import analyse
from analysis.pipeline.valence import CONTRAST, SCOPE, SCOPE_ENDS, TURNING, TURNING_PRAISE

FERRY = Theme(
    "ferry",
    "The ferry",
    "core",
    "contact",
    "Made up.",
    patterns=Patterns(
        problem=("ferry sank", "ferry is not there"),
        praise=("ferry arrived",),
        suggestion=("another ferry",),
        mention=("ferry",),
    ),
)
HARBOUR = Codebook(
    "1", "harbour", (FERRY,), load().valences, {"contact": "Contact"}, {}, load().words, (), (), load().taxonomies
)  # fmt: skip


def valence(text, asked=""):
    (tag,) = analyse(text, HARBOUR, asked=asked).tags
    return tag.valence


# ---- what the pattern says -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Then the ferry sank.", "problem"),
        ("Then the ferry arrived.", "praise"),
        ("Another ferry.", "suggestion"),
        ("There was a ferry.", "neutral"),
        ("The ferry arrived but the other ferry sank.", "mixed"),
    ],
)
def test_each_valence_can_be_said(text, said):
    assert valence(text) == said


def test_these_are_all_the_valences_of_the_codebook():
    assert set(load().valences) == {"problem", "praise", "suggestion", "neutral", "mixed"}


# ---- negation ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", sorted(TURNING))
def test_a_negation_turns_problem_and_praise(word):
    assert valence(f"{word} the ferry sank") == "praise"
    assert valence(f"{word} the ferry arrived") == "problem"


@pytest.mark.parametrize("word", sorted(TURNING_PRAISE - TURNING))
def test_a_weaker_negation_turns_praise_only(word):
    assert valence(f"{word} ferry arrived") == "problem"
    assert valence(f"{word} ferry sank") == "problem"


@pytest.mark.parametrize(("between", "said"), [(0, "problem"), (SCOPE - 1, "problem"), (SCOPE, "praise")])
def test_a_negation_reaches_four_words_and_no_further(between, said):
    assert valence(" ".join(["never", *["once"] * between, "ferry arrived"])) == said


@pytest.mark.parametrize("word", sorted(SCOPE_ENDS))
def test_a_negation_does_not_reach_over_a_word_that_begins_something_else(word):
    assert valence(f"never {word} ferry arrived") == "praise"


@pytest.mark.parametrize("mark", [",", ";", ":", "–", "(", "but", "though"])
def test_a_negation_does_not_reach_into_another_clause(mark):
    assert valence(f"never late {mark} ferry arrived") == "praise"


def test_a_negation_inside_the_pattern_is_part_of_it():
    assert valence("the ferry is not there") == "problem"
    assert valence("never the ferry is not there") == "problem"


def test_a_negation_after_the_words_turns_nothing():
    assert valence("the ferry arrived never") == "praise"


def test_a_contraction_negates_as_well():
    assert valence("It wasn't that ferry arrived") == "praise"
    assert valence("It didn't seem our ferry arrived") == "problem"


# ---- contrast ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", sorted(CONTRAST))
def test_praise_and_problem_with_a_contrast_between_are_mixed(word):
    assert valence(f"the ferry arrived {word} another day the ferry sank") == "mixed"
    assert valence(f"the ferry sank {word} another day the ferry arrived") == "mixed"


def test_praise_and_problem_in_one_breath_are_a_problem():
    assert valence("the ferry arrived and the ferry sank") == "problem"


def test_praise_and_problem_in_one_breath_of_good_words_only_are_praise():
    assert valence("excellent and kind, the ferry arrived and the ferry sank") == "praise"


@pytest.mark.parametrize("bad", ["terrible", "nothing"])
def test_one_bad_word_in_that_breath_is_enough(bad):
    assert valence(f"excellent, the ferry arrived and the ferry sank, {bad}") == "problem"


# ---- wishes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "There should be a ferry",
        "Please send a ferry",
        "Victims need a ferry",
        "I would like a ferry",
        "Make sure there is a ferry",
        "More ferry crossings",
        "Provide a ferry",
        "There should be no more days when the ferry sank",
    ],
)
def test_a_wish_is_a_suggestion(text):
    assert valence(text) == "suggestion"


@pytest.mark.parametrize(
    "text",
    [
        "I should not have to wait for the ferry",
        "They said I should take the ferry",
        "Why should I take the ferry",
        "Nobody should miss the ferry",
        "I never asked whether they should send the ferry",
    ],
)
def test_what_only_sounds_like_a_wish_is_none(text):
    assert valence(text) != "suggestion"


def test_a_wish_in_another_clause_is_not_about_this():
    assert valence("The ferry sank, and later on, they should close the bar") == "problem"


def test_praise_is_a_wish_only_where_the_wish_leads_to_it():
    assert valence("they should see that ferry arrived") == "suggestion"
    assert valence("the ferry arrived and they should know") == "praise"


@pytest.mark.parametrize(
    ("text", "asked", "said"),
    [
        ("Another ferry", "", "suggestion"),
        ("Please another ferry", "", "suggestion"),
        ("I waited. Another ferry", "", "suggestion"),
        ("We saw another ferry", "suggestion", "suggestion"),
        ("We saw another ferry", "", "neutral"),
        ("We saw another ferry", "praise", "praise"),
    ],
)
def test_a_wish_put_as_a_demand_opens_its_statement_unless_wishes_were_asked_for(text, asked, said):
    assert valence(text, asked) == said


# ---- a mere mention ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The ferry was excellent", "praise"),
        ("The ferry was terrible", "problem"),
        ("The ferry was not excellent", "problem"),
        ("The ferry was never terrible", "praise"),
        ("The ferry was excellent and terrible", "mixed"),
        ("The ferry had nothing", "problem"),
        ("The ferry was blue", "neutral"),
        ("The ferry was blue, the crew was kind", "praise"),
    ],
)
def test_a_mention_takes_the_valence_of_the_words_around_it(text, said):
    assert valence(text) == said


def test_words_in_its_own_clause_come_before_those_of_another():
    assert valence("The ferry was excellent, the tea was terrible") == "praise"
    assert valence("The tea was terrible, the ferry was excellent") == "praise"


@pytest.mark.parametrize("asked", ["problem", "praise", "suggestion"])
def test_the_question_decides_a_bare_mention_and_nothing_that_was_said(asked):
    assert valence("The ferry", asked) == asked
    assert valence("Then the ferry sank", asked) == "problem"
    assert valence("The ferry was excellent", asked) == "praise"


@pytest.mark.parametrize("asked", ["", "neutral", "mixed", "nonsense"])
def test_a_question_that_implies_none_of_these_decides_nothing(asked):
    assert valence("The ferry", asked) == "neutral"


def test_each_statement_is_judged_by_its_own_words():
    tags = analyse("The ferry was excellent. The ferry was terrible. The ferry.", HARBOUR).tags
    assert [tag.valence for tag in tags] == ["praise", "problem", "neutral"]
