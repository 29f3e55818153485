"""A model is learned from few texts, always the same one, and says nothing where nothing fits."""

import numpy as np
import pytest

from analysis.learning import Labelled, learn, multilabel
from analysis.learning.blocks import Texts
from analysis.learning.multilabel import groups_of

PHONE = [
    "nobody rang me back",
    "they never rang",
    "no call for weeks",
    "rang and rang, nobody answered",
    "please ring people back",
]
COURT = [
    "the court was cold",
    "waited hours at court",
    "court staff were kind",
    "the court date moved",
    "lost in the court building",
]
OTHER = ["the bus was late", "happy new year", "my garden is lovely", "no comment", "see above", "thank you"]
SAID = [*PHONE, *COURT, *OTHER, "nobody rang me about the court date"]
LABELS = ("court", "phone")


def texts(said):
    return Texts(said, np.zeros((len(said), 4), dtype=np.float32), np.zeros((len(said), 0), dtype=np.float32))


@pytest.fixture
def examples():
    given = np.array([["court" in text, text in PHONE or "rang" in text] for text in SAID])
    return Labelled(texts(SAID), LABELS, given, groups_of(SAID))


def said_of(model, text):
    decided = model.decide(model.probabilities(texts([text])))[0]
    return {label for label, has in zip(LABELS, decided, strict=True) if has}


def test_what_was_learned_is_found_in_new_words(examples):
    model = learn(examples)
    assert said_of(model, "The court was so cold") == {"court"}
    assert said_of(model, "nobody rang") == {"phone"}
    assert said_of(model, "My garden was late") == set()


def test_two_labels_can_be_right_at_once(examples):
    assert said_of(learn(examples), "nobody rang back about the court") == {"court", "phone"}


def test_learning_twice_gives_the_same_bytes(examples):
    first, second = learn(examples), learn(examples)
    assert first.lines.counted.tobytes() == second.lines.counted.tobytes()
    assert first.thresholds.tobytes() == second.thresholds.tobytes()


def test_thresholds_see_only_what_the_models_had_not_seen(examples):
    model = learn(examples)
    seen = model.probabilities(examples.texts)
    assert model.unseen[examples.given].mean() < seen[examples.given].mean()


def test_texts_that_differ_in_case_and_marks_are_one_group():
    assert groups_of(["Nobody rang.", "nobody  rang!", "They rang."]).tolist() == [0, 0, 1]


def test_of_too_many_texts_a_sample_is_learned_that_keeps_the_rare_labels(monkeypatch):
    monkeypatch.setattr(multilabel, "LARGEST", 40)
    said = [f"text number {number}" for number in range(400)]
    given = np.zeros((400, 2), dtype=bool)
    given[:, 0] = True
    given[[7, 99, 301], 1] = True
    examples = Labelled(texts(said), LABELS, given, groups_of(said))
    within = examples.some(multilabel.within(examples, seed=0))
    assert len(within.texts) == 40
    assert within.given[:, 1].sum() == 3


def test_nothing_to_learn_from_is_said(examples):
    with pytest.raises(ValueError, match="nothing to learn"):
        learn(Labelled(texts([]), LABELS, np.zeros((0, 2), dtype=bool), groups_of([])))
    with pytest.raises(ValueError, match="nothing to learn"):
        learn(Labelled(examples.texts, (), np.zeros((len(SAID), 0), dtype=bool), examples.groups))


def test_many_texts_get_the_labels_that_few_do(examples, monkeypatch):
    model = learn(examples)
    within = np.arange(len(SAID)) // 3 * 3
    exact = model.probabilities(examples.texts, within)
    monkeypatch.setattr(multilabel, "MANY", 1)
    quick = model.likely(examples.texts, within)
    seen = exact > model.thresholds
    assert seen.any()
    assert ((quick > model.thresholds) == seen).all()
    assert (quick[seen] == exact[seen]).all()
