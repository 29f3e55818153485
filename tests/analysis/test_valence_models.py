"""How experiences were, as a model tells it: what it hears, how it chooses, and where rules keep the word."""

from dataclasses import dataclass

import numpy as np
import pytest

from analysis.codebook import load
from analysis.learning.blocks import Texts
from analysis.pipeline import tones
from analysis.pipeline.theme_models import NoMeaning
from analysis.pipeline.theme_training import Lesson, valences_of
from analysis.pipeline.valence import Ground
from analysis.pipeline.valence_models import LEAN, PLAIN, SHORT, chosen, weighed, with_tones
from analysis.pipeline.valence_training import better_by_rule

LABELS = ("problem", "praise")
RANG = "They never rang me back."


@dataclass(frozen=True)
class Told:
    text: str
    valence: str
    themes: tuple[str, ...] = ("communication",)


def sounds(text):
    return {name for name, value in zip(tones.NAMES, tones.of_texts([text], load())[0], strict=True) if value}


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        (
            "A kind and patient officer sat with me today",
            {"how many good", "more good", "good alone", "good comes last"},
        ),
        ("A rude officer sat with me today again", {"how many bad", "more bad", "bad alone", "bad comes last"}),
        ("A kind officer sat with me, but a rude one came", {"both", "contrast", "bad comes last"}),
        ("The officer sat with me from nine until ten!", {"neither", "exclamation"}),
        ("Really?", {"neither", "question", "few words"}),
        ("There should be one officer for the whole of it", {"wish"}),
        ("Stop the letters", {"order", "few words"}),
        (RANG, {"pattern of a problem", "negation"}),
    ],
)
def test_a_text_is_heard_by_its_tone(text, heard):
    assert heard <= sounds(text)


def test_a_negation_turns_a_good_word():
    assert "how many good" not in sounds("The officer was not kind to me that day")
    assert "how many bad" in sounds("The officer was not kind to me that day")


def test_more_than_a_few_good_words_say_no_more():
    few, many = tones.of_texts(["kind " * tones.MOST, "kind " * 40], load())
    assert few[tones.NAMES.index("how many good")] == many[tones.NAMES.index("how many good")]


@pytest.mark.parametrize(
    ("scores", "asked", "said"),
    [
        ([0.4, 0.5], "", "praise"),
        ([0.4, 0.5], "problem", "problem"),
        ([0.5 / LEAN + 0.01, 0.5], "problem", "problem"),
        ([0.5 / LEAN - 0.01, 0.5], "problem", "praise"),
        ([0.4, 0.5], "suggestion", "praise"),
    ],
)
def test_the_question_tips_the_scales_and_no_more(scores, asked, said):
    assert chosen(LABELS, np.array([scores], dtype=np.float32), [asked]) == [said]


@pytest.mark.parametrize(
    ("text", "leans_to"),
    [
        ("Kind staff", "praise"),
        ("Rude staff", "problem"),
        ("Kind staff, rude boss", ""),
        ("The staff", ""),
        ("Kind staff" + " there" * (SHORT - 3), "praise"),
        ("Kind staff" + " there" * (SHORT - 2), ""),
    ],
)
def test_plain_words_of_a_short_text_count_for_more(text, leans_to):
    model, _ = valences_of([Lesson(RANG, frozenset({"communication"}), "problem")], load(), NoMeaning())
    texts = Texts([text], NoMeaning().encode([text]), np.zeros((1, 0), dtype=np.float32))
    even = np.tile(model.thresholds, (1, 1))
    found = dict(zip(model.labels, weighed(model, even, with_tones(texts, load()))[0].tolist(), strict=True))
    assert {label for label, score in found.items() if score == pytest.approx(PLAIN)} == ({leans_to} - {""})
    assert sum(score == pytest.approx(1) for score in found.values()) == 5 - bool(leans_to)


def test_of_no_text_nothing_is_chosen():
    assert chosen(LABELS, np.zeros((0, 2), dtype=np.float32), []) == []


def test_rules_keep_the_word_only_where_they_are_right_more_often():
    problem = (Told(RANG, "problem"), "praise")
    praise = (Told(RANG, "praise"), "praise")
    assert better_by_rule([problem], load()) == {Ground.PATTERN}
    assert better_by_rule([problem, praise], load()) == frozenset()
    assert better_by_rule([(Told(RANG, "problem"), "problem")], load()) == frozenset()
    assert better_by_rule([(Told(RANG, "problem", ("delay",)), "praise")], load()) == frozenset()


def test_a_model_is_judged_on_lessons_it_has_not_seen():
    """A text whose valence no other shares is told rightly only by a model that has seen it."""
    lessons = [Lesson(f"{RANG} {day}", frozenset({"communication"}), "problem") for day in "abcdefghij"]
    odd = [Lesson("The zebra never rang back", frozenset({"communication"}), "praise")]
    model, by_rule = valences_of([*lessons, *odd], load(), NoMeaning())
    last = model.unseen[-1] / model.thresholds
    assert model.labels[last.argmax()] == "problem"
    assert by_rule == frozenset()


def test_only_lessons_like_texts_to_come_judge(monkeypatch):
    judges = "analysis.pipeline.valence_training.better_by_rule"
    monkeypatch.setattr(judges, lambda judged, _: frozenset(one.text for one, _ in judged))
    lessons = [Lesson(f"{RANG} {day}", frozenset({"communication"}), "problem", day < "d") for day in "abcdef"]
    assert valences_of(lessons, load(), NoMeaning())[1] == {f"{RANG} {day}" for day in "abc"}
