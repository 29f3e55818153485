"""The sentence encoder: the same vector for the same text, alone or in company, and words alone where it is absent."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from analysis.pipeline import encoder as encoders
from tools import build_encoder

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ["the officer never rang me back", "nobody rang me back", "the soup was cold", "cold soup and bread"]
# The first eight numbers of the 32-bit graph's vectors, computed once on the checked weights.
GOLDEN = {
    "The officer never called me back.": [0.0032, 0.0844, -0.0024, 0.0645, -0.0315, -0.0787, -0.0184, -0.0338],
    "Soup": [-0.1120, -0.0001, 0.0070, 0.0555, -0.0555, 0.0020, 0.0435, -0.0997],
}

needs_weights = pytest.mark.skipif(
    build_encoder.installed_weights() is None or any(find_spec(name) is None for name in build_encoder.BUILDERS),
    reason="the encoder's weights or the tools that build it are not installed",
)


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    assert build_encoder.main(folder) == 0
    return folder


@pytest.fixture(scope="module")
def minilm(models):
    return encoders.open_encoder(models, [])


@pytest.mark.thorough
@needs_weights
@pytest.mark.parametrize("text", GOLDEN)
def test_the_full_graph_gives_the_golden_vectors(text, tmp_path, minilm):
    import onnx
    import onnxruntime
    from safetensors.numpy import load_file

    from tools.encoder_graph import graph

    weights = load_file(build_encoder.installed_weights() / "model.safetensors")
    onnx.save(graph(weights), tmp_path / "full.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "full.onnx"))
    ids = np.array([minilm.tokenizer.encode(text).ids])
    vector = session.run(None, {"ids": ids, "mask": np.ones_like(ids)})[0][0]
    assert vector[:8] == pytest.approx(GOLDEN[text], abs=1e-3)
    assert float(vector @ minilm.encode([text])[0]) > 0.98


@pytest.mark.thorough
@needs_weights
def test_padding_does_not_change_a_vector_of_the_full_graph(tmp_path):
    import onnx
    import onnxruntime
    from safetensors.numpy import load_file

    from tools.encoder_graph import graph

    onnx.save(graph(load_file(build_encoder.installed_weights() / "model.safetensors")), tmp_path / "full.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "full.onnx"))
    long = {"ids": np.array([[101, 2023, 102, 0], [101, 2023, 2003, 102]]), "mask": np.array([[1, 1, 1, 0], [1] * 4])}
    short = {name: rows[:1, :3] for name, rows in long.items()}
    assert session.run(None, long)[0][0] == pytest.approx(session.run(None, short)[0][0], abs=1e-6)


@needs_weights
def test_a_text_has_the_same_vector_alone_and_in_company(minilm):
    words = " ".join(CORPUS).split()
    texts = [" ".join(words[start : start + length]) for length in (1, 2, 5, 12) for start in range(12)]
    texts += [*CORPUS, CORPUS[0] * 40, "", "soup " * 200]
    together = minilm.encode(texts)
    assert [row.tobytes() for row in together] == [minilm.encode([text])[0].tobytes() for text in texts]


@needs_weights
def test_like_sentences_are_nearer_than_unlike_ones(minilm):
    vectors = minilm.encode(["Nobody returned my calls.", "The officer never called me back.", "The soup was cold."])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


@needs_weights
def test_building_again_leaves_the_encoder_as_it_is(models, capsys):
    before = (models / build_encoder.NAME / "model.onnx").stat().st_mtime_ns
    assert build_encoder.main(models) == 0
    assert (models / build_encoder.NAME / "model.onnx").stat().st_mtime_ns == before
    assert capsys.readouterr().out == ""


def test_other_weights_are_refused_and_nothing_is_left(tmp_path, monkeypatch, capsys):
    source = tmp_path / "package"
    source.mkdir()
    (source / "model.safetensors").write_bytes(b"not the weights")
    monkeypatch.setattr(build_encoder, "installed_weights", lambda: source)
    monkeypatch.setattr(build_encoder, "BUILDERS", ())
    assert build_encoder.main(tmp_path / "models") == 1
    assert "not used" in capsys.readouterr().out
    assert list(tmp_path.glob("models/*")) == []


def test_without_the_package_it_says_so_and_words_serve(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(build_encoder, "PACKAGE", "no_such_package_here")
    assert build_encoder.main(tmp_path) == 0
    assert "by words alone" in capsys.readouterr().out
    opened = encoders.open_encoder(tmp_path, CORPUS)
    assert opened.id == "tfidf-svd-v1"


def test_a_half_built_folder_is_not_taken_for_an_encoder(tmp_path):
    (tmp_path / encoders.MINILM).mkdir()
    assert encoders.open_encoder(tmp_path, CORPUS).id == "tfidf-svd-v1"


def test_word_vectors_are_unit_and_the_same_twice():
    one, other = (encoders.WordVectors(CORPUS, seed=7).encode(CORPUS) for _ in range(2))
    assert one.tobytes() == other.tobytes()
    assert np.linalg.norm(one, axis=1) == pytest.approx(1, abs=1e-5)
    assert one.dtype == np.float32
    assert one[0] @ one[1] > one[0] @ one[2]


def test_word_vectors_of_nothing_known_are_nought():
    words = encoders.WordVectors(CORPUS)
    assert not words.encode(["xyzzy"]).any()
    assert words.encode([]).shape[0] == 0


def test_the_two_names_of_the_encoder_are_one():
    assert build_encoder.NAME == encoders.MINILM


def test_the_runtime_reports_nothing_to_its_makers():
    code = (
        "import onnxruntime as runtime; said = []; runtime.disable_telemetry_events = lambda: said.append(1); "
        "import analysis.pipeline.encoder, os; print(os.environ['ORT_DISABLE_TELEMETRY'], len(said))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "1"]
