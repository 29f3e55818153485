import pytest

from analysis.pipeline.merge import TextTag, by_theme
from analysis.pipeline.results import Tag


def tag(theme="consistency", valence="problem", score=None):
    return Tag(theme, valence, score, "rule" if score is None else "model", 0, 5)


def test_no_tags_make_no_tags():
    assert by_theme([]) == []


def test_each_theme_is_kept_once_in_the_order_of_its_name():
    merged = by_theme([tag("safe-escort"), tag("communication"), tag("safe-escort")])
    assert [one.theme for one in merged] == ["communication", "safe-escort"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["problem", "problem"], "problem"),
        (["problem", "praise"], "mixed"),
        (["mixed", "problem"], "mixed"),
        (["suggestion", "problem"], "mixed"),
        (["neutral", "praise"], "praise"),
        (["neutral", "neutral"], "neutral"),
    ],
)
def test_valences_that_differ_are_mixed_and_a_mere_mention_says_nothing(said, expected):
    (merged,) = by_theme([tag(valence=valence) for valence in said])
    assert merged.valence == expected


def test_the_surest_model_speaks_for_the_theme():
    assert by_theme([tag(score=0.6), tag(score=0.9)]) == [TextTag("consistency", "problem", 0.9, "model")]


def test_a_rule_beside_a_model_is_a_rule_match_without_a_score():
    assert by_theme([tag(score=0.9), tag()]) == [TextTag("consistency", "problem", None, "rule")]
