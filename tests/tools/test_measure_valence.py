"""The figures of valence, worked out by hand beside what the tool says, on small written comments."""

import json

import pytest

from analysis.codebook import load
from analysis.pipeline.theme_models import NoMeaning, ThemeModels
from analysis.pipeline.theme_training import Lesson, models_of
from tools import measure_valence
from tools.measure_tagging import Example
from tools.measure_valence import COARSE, SENTIMENT, by_words, in_blind, in_comments, in_examples, read, row

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
COLD = [f"The waiting room was draughty and rude on {day}" for day in DAYS]
WARM = [f"The staff were kind and lovely on {day}" for day in DAYS]
LESSONS = [
    *(Lesson(text, frozenset({"communication"}), "problem") for text in COLD),
    *(Lesson(text, frozenset({"communication"}), "praise") for text in WARM),
    Lesson("They never rang me back", frozenset({"communication"}), "problem"),
    Lesson("Nothing to do with it", frozenset()),
]


@pytest.fixture(scope="module")
def models() -> ThemeModels:
    return models_of(LESSONS, load(), NoMeaning()).speaking_for({"communication"})


def cells(line):
    """The name of a row, the share told rightly, macro-F1."""
    name, figures = line[:40].strip(), line[40:].split()
    return name, float(figures[0]), float(figures[2])


def test_a_row_says_the_share_told_rightly_and_f1_of_each_valence_that_was_meant():
    said = row(
        "x", ["a", "b", "c", "d"], ["praise", "praise", "problem", "problem"], ["praise", "problem", "problem", "mixed"]
    )
    assert cells(said) == ("x", 0.5, 0.583)
    assert "praise 0.67 (2), problem 0.50 (2)" in said
    assert "mixed" not in said


@pytest.mark.parametrize(
    ("text", "asked", "said"),
    [
        ("A kind voice", "", "praise"),
        ("A rude voice", "praise", "problem"),
        ("A voice", "praise", "praise"),
        ("A voice", "", "neutral"),
    ],
)
def test_good_and_bad_words_speak_before_the_question(text, asked, said):
    assert by_words(text, load(), asked) == said


def test_sentiment_maps_onto_valences():
    assert [SENTIMENT[number] for number in range(1, 6)] == ["praise", "praise", "neutral", "problem", "problem"]
    assert {COARSE.get(one, one) for one in load().valences} == set(SENTIMENT.values())


def test_comments_without_sentiment_are_left_out(tmp_path):
    path = tmp_path / "comments.jsonl"
    path.write_text("\n".join(json.dumps({"text": "x", "labels": [], "sentiment": at}) for at in (1, None, 5)))
    assert [line["sentiment"] for line in read(path)] == [1, 5]


def test_each_part_of_the_examples_is_told_by_what_was_learned_from_the_others(models):
    _, *lines = in_examples(LESSONS, models)
    found = {name: (right, macro) for name, right, macro in map(cells, lines)}
    assert list(found) == ["rules", "model", "both"]
    assert found["model"][0] >= 0.9
    assert "(7)" in lines[0]  # problems


def test_the_blind_set_counts_themes_rightly_found(models):
    rang = "They never rang me back"
    coded = [
        Example(rang, {"communication": "problem"}),
        Example(f"{rang} at all", {"communication": "praise"}),
        Example(f"{rang} again", {"delay": "problem"}),
    ]
    _, *lines = in_blind(coded, models.speaking_for(()))
    assert [cells(line)[0] for line in lines] == [
        "rules, on the themes they find",
        "rules, on all themes found",
        "model",
        "both",
    ]
    assert [cells(line)[1] for line in lines] == [0.5] * 4


def test_comments_are_told_as_shipped_and_learned_in_folds(models):
    comments = [
        *({"text": text, "question": "What was good?", "sentiment": 1} for text in WARM),
        *({"text": text, "sentiment": 5} for text in COLD),
    ]
    _, *lines = in_comments(comments, models)
    found = {name: right for name, right, _ in map(cells, lines)}
    assert len(found) == 7
    assert (
        found["as shipped: rules"] == found["as shipped: model, and the question"] == found["in folds: the model"] == 1
    )


def test_without_a_file_or_a_model_nothing_is_measured(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(measure_valence, "MODELS", tmp_path)
    assert measure_valence.main([str(tmp_path / "none.jsonl")]) == 0
    assert "Nothing was measured" in capsys.readouterr().out
