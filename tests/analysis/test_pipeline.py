"""The tagger: themes with their evidence, and how each experience was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook import load
from analysis.pipeline import PIPELINE_ID, analyse
from tools.measure_tagging import by_theme, examples, f1, tally


def themes(text, **asked):
    return by_theme(analyse(text, load(), **asked).tags)


def evidence(text, theme):
    return [text[tag.start : tag.end] for tag in analyse(text, load()).tags if tag.theme == theme]


# ---- what is found -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "theme", "words"),
    [
        ("Honestly they never rang me back about it", "communication", "never rang me back"),
        ("the intrepreter did not turn up", "language-interpreting", "intrepreter did not"),
        ("We had three different officers in a month.", "consistency", "three different officers"),
        ("😀😀 CCTV was wiped", "evidence-capture", "CCTV was wiped"),
    ],
)
def test_evidence_is_the_words_that_show_it(text, theme, words):
    assert any(words in found for found in evidence(text, theme))


def test_each_statement_has_its_own_tag():
    text = "They never rang me back. Later on they kept me updated."
    found = [(tag.valence, text[tag.start : tag.end]) for tag in analyse(text, load()).tags]
    assert [valence for valence, _ in found] == ["problem", "praise"]
    assert len(analyse(text, load()).statements) == 2


def test_rule_tags_say_rule_and_have_no_score():
    tags = analyse("They never rang me back and the CCTV was wiped.", load()).tags
    assert {(tag.source, tag.score) for tag in tags} == {("rule", None)}


@pytest.mark.parametrize(
    ("text", "is_theme", "is_not"),
    [
        ("Nobody mentioned I could apply for a restraining order.", "orders-not-sought", "order-enforcement"),
        ("They had my phone for a year.", "digital-extraction", "evidence-capture"),
        ("The family court gave him contact.", "family-court", "special-measures-children"),
        ("Too much jargon in the letters.", "plain-language", "language-interpreting"),
        ("I was never told his release date.", "offender-release-information", "order-enforcement"),
    ],
)
def test_neighbouring_themes_are_kept_apart(text, is_theme, is_not):
    assert is_theme in themes(text)
    assert is_not not in themes(text)


@pytest.mark.parametrize(
    "text", ["", " ", "No comment.", "N/A", "I used to interpret for a living.", "I packed my bags for our holiday."]
)
def test_nothing_is_found_where_nothing_is_told(text):
    assert analyse(text, load()).tags == ()


def test_a_synonym_is_as_good_as_the_word():
    assert "order-enforcement" in themes("He breached the non-molestation order and nothing happened")
    assert "order-enforcement" in themes("He breached the non mol and nothing happened")


# ---- how it was ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "theme", "valence"),
    [
        ("I had to chase them every week", "communication", "problem"),
        ("I never had to chase them", "communication", "praise"),
        ("They kept me updated throughout", "communication", "praise"),
        ("They never kept me updated", "communication", "problem"),
        ("Nobody kept me updated", "communication", "problem"),
        ("They should keep victims updated", "communication", "suggestion"),
        ("Please keep victims informed", "communication", "suggestion"),
        ("They kept me updated at first but then I heard nothing for months", "communication", "mixed"),
        ("Why should I move?", "burden-of-change", "problem"),
        ("More female officers please", "officer-gender-choice", "suggestion"),
        ("There was an interpreter", "language-interpreting", "neutral"),
        ("The interpreter was excellent", "language-interpreting", "praise"),
    ],
)
def test_valence_follows_negation_wishes_and_contrast(text, theme, valence):
    assert themes(text)[theme] == valence


@pytest.mark.parametrize(("asked", "valence"), [("praise", "praise"), ("problem", "problem"), ("", "neutral")])
def test_the_question_decides_only_where_the_words_do_not(asked, valence):
    assert themes("The interpreter.", asked=asked)["language-interpreting"] == valence
    assert themes("They never rang me back", asked=asked)["communication"] == "problem"


# ---- what always holds -----------------------------------------------------------------------------------------------------

SAID = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                "they never rang me back",
                "the cctv was wiped",
                "İ",
                "😀",
                "\u0301",
                "\r\n",
                "no interpreter",
                "...",
                "but",
            ]
        ),
    ),
    max_size=12,
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(SAID)
def test_every_span_lies_inside_the_text_and_its_statement_list_is_in_order(text):
    result = analyse(text, load())
    for tag in result.tags:
        assert 0 <= tag.start < tag.end <= len(text)
        assert text[tag.start].strip()
        assert text[tag.end - 1].strip()
    assert list(result.statements) == sorted(result.statements, key=lambda statement: statement.start)


@settings(max_examples=50, deadline=None)
@given(SAID)
def test_the_same_text_gives_the_same_result(text):
    assert analyse(text, load()) == analyse(text, load())


def test_offsets_point_into_the_untouched_text_whatever_lower_case_does_to_its_length():
    text = "İİİ they never rang me back"
    assert evidence(text, "communication") == ["never rang me back"]


def test_the_method_has_a_name():
    assert PIPELINE_ID


# ---- how well --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def said():
    return examples()


def test_the_statements_are_marked_fictional_and_enough(said):
    counts = {theme.slug: sum(theme.slug in example.themes for example in said) for theme in load().themes}
    assert min(counts[theme.slug] for theme in load().core()) >= 20
    assert {slug for slug, count in counts.items() if count < 5} == {"other-new"}
    assert sum(not example.themes for example in said) >= 120
    assert len({example.text for example in said}) == len(said)
    known = set(counts)
    assert not {slug for example in said for slug in example.themes} - known


@pytest.mark.parametrize("is_held_out", [False, True])
def test_the_core_themes_are_found_as_well_as_two_people_agree(said, is_held_out):
    counts = tally([example for example in said if example.is_held_out is is_held_out], load())
    core = [theme.slug for theme in load().core()]
    assert f1(*(sum(part[slug] for slug in core) for part in (counts.right, counts.wrong, counts.missed))) > 0.86
    spans = sorted(counts.spans)
    assert spans[len(spans) // 2] <= 12
    assert counts.whole / len(spans) < 0.1
