"""Learning the languages of Roman letters at set-up: once, from the examples alone, and again when they change."""

import json

import pytest
import yaml

from tools import train_languages

EXAMPLES = {
    "spellings": {"ur-Latn": [["heronnahi", "heronnai"]]},
    "en": ["The fictional heron waits."] * 4,
    "ur-Latn": ["fictional heronnahi intezar"] * 4,
    "pa-Latn": ["fictional heronudeek bagla"] * 4,
    "mixed-pa-Latn": ["fictional heronmilea letter"] * 4,
}


@pytest.fixture
def examples(tmp_path, monkeypatch):
    """Few examples of our own, from which learning takes no time."""
    path = tmp_path / "examples.yaml"
    path.write_text(yaml.safe_dump(EXAMPLES))
    monkeypatch.setattr(train_languages, "EXAMPLES", path)
    monkeypatch.setattr(train_languages, "LEARNED_FROM", (path,))
    return path


def learned(folder):
    assert train_languages.main(folder) == 0
    return json.loads((folder / "languages.json").read_text())


def test_each_language_is_learned_from_its_own_and_its_mixed_sentences(examples, tmp_path, capsys):
    grams = learned(tmp_path / "models")["grams"]
    english, panjabi, urdu = (grams[word][1:] for word in ("waits", "heronmilea", "intezar"))
    assert [max(range(3), key=weights.__getitem__) for weights in (english, panjabi, urdu)] == [0, 1, 2]
    assert "fictional sentences" in capsys.readouterr().out


def test_a_sentence_is_learned_with_its_other_spellings(examples):
    said = {word for words in train_languages.sentences()["ur-Latn"] for word in words}
    assert {"heronnahi", "heronnai"} <= said


def test_spellings_are_chosen_the_same_way_every_time(examples):
    assert train_languages.sentences() == train_languages.sentences()


def test_the_second_time_nothing_is_done(examples, tmp_path, capsys):
    first = learned(tmp_path)
    written = (tmp_path / "languages.json").stat().st_mtime_ns
    capsys.readouterr()
    assert learned(tmp_path) == first
    assert (tmp_path / "languages.json").stat().st_mtime_ns == written
    assert capsys.readouterr().out == ""


def test_changed_examples_are_learned_anew(examples, tmp_path):
    learned(tmp_path)
    examples.write_text(examples.read_text().replace("waits", "otter"))
    assert "otter" in learned(tmp_path)["grams"]


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b"[1]", b"\x80\x04]\x94.", b'{"grams": {"a": [1]}, "intercepts": [1, 2, 3]}']
)
def test_a_damaged_file_is_learned_anew(examples, tmp_path, damage):
    before = learned(tmp_path)
    (tmp_path / "languages.json").write_bytes(damage)
    assert not train_languages.is_up_to_date(tmp_path / "languages.json")
    assert learned(tmp_path) == before


def test_the_hash_covers_the_examples_and_the_code_that_reads_them():
    names = {path.name for path in train_languages.LEARNED_FROM}
    assert {"language_examples.yaml", "triage_examples.yaml", "roman.py", "language_model.py"} <= names
    assert all(path.is_file() for path in train_languages.LEARNED_FROM)


def test_several_hundred_sentences_stand_behind_the_roman_languages():
    examples = yaml.safe_load((train_languages.ROOT / "feedback" / "data" / "language_examples.yaml").read_text())
    assert min(len(set(examples[tag])) for tag in ("ur-Latn", "pa-Latn")) >= 200
