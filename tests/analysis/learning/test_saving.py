"""A model comes back as it was, as arrays and JSON, and half a model is refused."""

import json

import numpy as np
import pytest

from analysis.learning import Labelled, Settings, learn, saving
from analysis.learning.blocks import Texts
from analysis.learning.multilabel import groups_of

SAID = [
    "nobody rang me",
    "they never rang",
    "she rang often",
    "the court was cold",
    "waited at court",
    "court was kind",
]


def texts(said):
    vectors = np.random.default_rng(1).normal(size=(len(said), 5)).astype(np.float32)
    return Texts(said, vectors, np.ones((len(said), 2), dtype=np.float32))


@pytest.fixture
def model():
    given = np.array([["rang" in text, "court" in text] for text in SAID])
    return learn(Labelled(texts(SAID), ("phone", "court"), given, groups_of(SAID)))


def test_a_model_read_back_says_the_same(model, tmp_path):
    saving.save(model, tmp_path)
    again = saving.load(tmp_path)
    new = texts(["nobody rang at court", "zzz", ""])
    assert again.probabilities(new).tobytes() == model.probabilities(new).tobytes()
    assert (again.labels, again.easing, again.thresholds.tolist()) == (
        model.labels,
        model.easing,
        model.thresholds.tolist(),
    )


def test_nothing_of_it_is_code_and_its_terms_can_be_read(model, tmp_path):
    saving.save(model, tmp_path)
    with np.load(tmp_path / saving.ARRAYS, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype == np.float32 for name in arrays.files)
    assert "never rang" in json.loads((tmp_path / saving.HEAD).read_text())["words"]


def test_saving_twice_gives_the_same_bytes(model, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        saving.save(model, tmp_path / name)
    for part in (saving.HEAD, saving.ARRAYS):
        assert (tmp_path / "a" / part).read_bytes() == (tmp_path / "b" / part).read_bytes()


@pytest.mark.parametrize("spoilt", ["missing", "cut", "other"])
def test_half_a_model_is_refused(model, tmp_path, spoilt):
    saving.save(model, tmp_path)
    if spoilt == "missing":
        (tmp_path / saving.ARRAYS).unlink()
    elif spoilt == "cut":
        (tmp_path / saving.ARRAYS).write_bytes((tmp_path / saving.ARRAYS).read_bytes()[:300])
    else:
        (tmp_path / saving.HEAD).write_text('{"format": 99}')
    with pytest.raises(saving.NotAModel):
        saving.load(tmp_path)


def test_only_those_like_the_texts_to_come_set_the_thresholds():
    given = np.array([["rang" in text, "court" in text] for text in SAID])
    examples = Labelled(texts(SAID), ("phone", "court"), given, groups_of(SAID))
    judges = np.array([1, 1, 0, 0.5, 1, 0], dtype=np.float32)
    judged, every = learn(examples, Settings(), judges), learn(examples)
    assert judged.lines.counted.tobytes() == every.lines.counted.tobytes()
    assert judged.thresholds.tolist() != every.thresholds.tolist()


def test_one_label_alone_is_as_likely_as_among_others(model):
    new = texts(["nobody rang at court"])
    assert model.only("court").probabilities(new)[0, 0] == pytest.approx(model.probabilities(new)[0, 1])
