"""Learning at set-up: once, from the examples alone, and again when they change."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from feedback.resemblance import FILE_NAME
from tools import train_triage

ROOT = Path(__file__).resolve().parents[2]
LEARNED_FILES = {".onnx", ".safetensors", ".npz", ".npy", ".pkl", ".joblib", ".pt", ".bin"}
EXAMPLES = {
    "danger": {"immediate-danger": [f"The fictional heron {number} stands at the window." for number in range(8)]},
    "benign": [f"The kind officer {number} rang me back." for number in range(8)],
}


@pytest.fixture
def examples(tmp_path, monkeypatch):
    """Few examples of our own, from which learning takes no time."""
    path = tmp_path / "examples.yaml"
    path.write_text(yaml.safe_dump(EXAMPLES))
    monkeypatch.setattr(train_triage, "EXAMPLES", path)
    monkeypatch.setattr(train_triage, "LEARNED_FROM", (path,))
    return path


def learned(folder):
    assert train_triage.main(folder) == 0
    return json.loads((folder / "triage.json").read_text())


def test_what_was_learned_speaks_for_and_against_danger(examples, tmp_path, capsys):
    grams = learned(tmp_path / "models")["grams"]
    assert grams["heron"][1] > 0 > grams["officer"][1]
    assert "16 fictional statements" in capsys.readouterr().out


def test_a_word_of_one_statement_is_not_learned(examples, tmp_path):
    examples.write_text(yaml.safe_dump({**EXAMPLES, "benign": [*EXAMPLES["benign"], "Marmalade."]}))
    assert "marmalade" not in learned(tmp_path)["grams"]


def test_the_second_time_nothing_is_done(examples, tmp_path, capsys):
    first = learned(tmp_path)
    written = (tmp_path / "triage.json").stat().st_mtime_ns
    capsys.readouterr()
    assert learned(tmp_path) == first
    assert (tmp_path / "triage.json").stat().st_mtime_ns == written
    assert capsys.readouterr().out == ""


def test_changed_examples_are_learned_anew(examples, tmp_path):
    before = learned(tmp_path)
    examples.write_text(examples.read_text().replace("heron", "otter"))
    after = learned(tmp_path)
    assert after["learned_from"] != before["learned_from"]
    assert "otter" in after["grams"]
    assert "heron" not in after["grams"]


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b"\x80\x04]\x94."])
def test_a_damaged_file_is_learned_anew(examples, tmp_path, damage):
    before = learned(tmp_path)
    (tmp_path / "triage.json").write_bytes(damage)
    assert not train_triage.is_up_to_date(tmp_path / "triage.json")
    assert learned(tmp_path) == before


def test_a_file_that_lost_its_numbers_is_learned_anew_though_its_hash_is_right(examples, tmp_path):
    before = learned(tmp_path)
    (tmp_path / "triage.json").write_text(json.dumps({**before, "threshold": None}))
    assert learned(tmp_path) == before


def test_nothing_else_is_left_in_the_folder(examples, tmp_path):
    learned(tmp_path / "models")
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["triage.json"]


def test_the_hash_covers_the_examples_and_the_code_that_reads_them():
    names = {path.name for path in train_triage.LEARNED_FROM}
    assert {"triage_examples.yaml", "wording.yaml", "wording.py", "resemblance.py", "likeness_model.py"} <= names
    assert all(path.is_file() for path in train_triage.LEARNED_FROM)


def test_nothing_learned_is_committed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    names = [Path(name) for name in listed.stdout.splitlines()]
    assert [name for name in names if name.suffix in LEARNED_FILES or name.name == FILE_NAME] == []


def test_a_file_of_the_same_examples_needs_no_learning_library(models):
    code = f"""
import sys
from pathlib import Path
from tools import train_triage
train_triage.main(Path({str(models)!r}))
print('sklearn' in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
