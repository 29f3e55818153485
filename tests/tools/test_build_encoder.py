"""The encoder is built whole, from the known weights, or not at all; its absence is no failure."""

import hashlib

import pytest

from tools import build_encoder

WEIGHTS = b"fictional weights"


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A package's folder with weights the project knows, and a builder that writes a short file."""
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(WEIGHTS)
    (folder / "tokenizer.json").write_text("{}")
    monkeypatch.setattr(build_encoder, "SHA256", hashlib.sha256(WEIGHTS).hexdigest())
    monkeypatch.setattr(build_encoder, "write_model", lambda weights, model: model.write_bytes(b"model"))
    monkeypatch.setattr(build_encoder, "installed_weights", lambda: folder)
    monkeypatch.setattr(build_encoder, "BUILDERS", ())
    return folder


def test_model_and_tokenizer_stand_together(source, tmp_path, capsys):
    assert build_encoder.main(tmp_path / "models") == 0
    made = tmp_path / "models" / build_encoder.NAME
    assert sorted(path.name for path in made.iterdir()) == ["model.onnx", "tokenizer.json"]
    assert [path.name for path in (tmp_path / "models").iterdir()] == [build_encoder.NAME]
    assert "is ready" in capsys.readouterr().out


def test_what_is_built_is_not_built_again(source, tmp_path, monkeypatch, capsys):
    build_encoder.main(tmp_path)
    capsys.readouterr()
    monkeypatch.setattr(build_encoder, "build", lambda *places: pytest.fail("built again"))
    assert build_encoder.main(tmp_path) == 0
    assert capsys.readouterr().out == ""


def test_other_weights_are_refused_and_nothing_is_written(source, tmp_path, capsys):
    (source / "model.safetensors").write_bytes(WEIGHTS + b"!")
    assert build_encoder.main(tmp_path / "models") == 1
    assert "not used" in capsys.readouterr().out
    assert not (tmp_path / "models").exists()


def test_a_build_that_breaks_off_leaves_nothing(source, tmp_path, monkeypatch):
    def breaks(weights, model):
        model.write_bytes(b"half a model")
        raise OSError("disk full")

    monkeypatch.setattr(build_encoder, "write_model", breaks)
    with pytest.raises(OSError, match="disk full"):
        build_encoder.build(source, tmp_path / "models" / build_encoder.NAME)
    assert list((tmp_path / "models").iterdir()) == []


def test_without_weights_words_alone_must_do(tmp_path, source, monkeypatch, capsys):
    monkeypatch.setattr(build_encoder, "installed_weights", lambda: None)
    assert build_encoder.main(tmp_path / "models") == 0
    assert "words alone" in capsys.readouterr().out


def test_without_the_tools_that_build_words_alone_must_do(tmp_path, source, monkeypatch, capsys):
    monkeypatch.setattr(build_encoder, "BUILDERS", ("no_such_builder_anywhere",))
    assert build_encoder.main(tmp_path / "models") == 0
    assert "words alone" in capsys.readouterr().out
    assert not (tmp_path / "models").exists()


def test_weights_are_found_in_an_installed_package_without_running_it(tmp_path, monkeypatch):
    package = tmp_path / "fictional_weights"
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('this code must never run')")
    (package / "data" / "model.safetensors").write_bytes(b"")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(build_encoder, "PACKAGE", "fictional_weights")
    assert build_encoder.installed_weights() == package / "data"


def test_a_package_that_is_not_installed_has_no_weights(monkeypatch):
    monkeypatch.setattr(build_encoder, "PACKAGE", "no_such_package_anywhere")
    assert build_encoder.installed_weights() is None
