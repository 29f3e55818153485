"""The command that measures the model on anybody's codes."""

import json

import pytest
from django.core.management import CommandError, call_command

COURT = ["The court was cold", "We waited hours at court", "Court staff were kind", "The court date moved again"]
PHONE = ["Nobody rang me back", "They never rang", "No phone call for weeks", "The phone rang and nobody spoke"]
NONE = ["Happy new year", "My garden is lovely", "See above", "The bus was late"]


@pytest.fixture
def files(tmp_path, settings):
    settings.HEARD_MODELS_DIR = tmp_path / "models"
    return tmp_path / "train.jsonl", tmp_path / "test.jsonl"


def lines(*labelled):
    return "".join(json.dumps({"text": text, "labels": list(labels)}) + "\n" for text, *labels in labelled)


def usual():
    return lines(
        *((text, "court") for text in COURT), *((text, "phone") for text in PHONE), *((text,) for text in NONE)
    )


def printed(files, capsys):
    call_command("evaluate_codes", *map(str, files))
    out, err = capsys.readouterr()
    return json.loads(out), err


def test_it_prints_every_figure(files, capsys):
    files[0].write_text(usual())
    files[1].write_text(lines(("The court was so cold", "court"), ("Nobody ever rang", "phone"), ("A lovely garden",)))
    figures, err = printed(files, capsys)
    names = {"micro", "macro", "samples", "hamming", "exact", "kappa", "intervals", "labels", "seconds"}
    assert names <= set(figures)
    assert figures["labels"]["court"].keys() >= {"f1", "support"}
    assert figures["micro"] == 1
    assert figures["texts"] == {"train": 12, "test": 3}
    assert "Reading and learning" in err


def test_bad_lines_are_told_by_number_never_by_word_and_the_others_used(files, capsys):
    bad = [
        b"my secret",
        b'{"text": "my secret"}',
        b'{"text": 4, "labels": []}',
        b'{"text": "my secret", "labels": "x"}',
    ]
    bad += [b'{"text": "my secret", "labels": [1]}', b"[]", b"4", b"\xff\xfe", b'{"text": " ", "labels": []}']
    bad += [b'{"text": "\\ud83d", "labels": []}', b"[" * 100_000]
    files[0].write_bytes(b"\xef\xbb\xbf" + usual().encode() + b"\n" + b"\n".join(bad) + b"\n")
    files[1].write_text(lines(("Court was cold", "court")))
    figures, err = printed(files, capsys)
    assert figures["texts"] == {"train": 12, "test": 1}
    assert [f"line {number}:" in err for number in range(14, 14 + len(bad))] == [True] * len(bad)
    assert "secret" not in err


def test_a_label_nobody_taught_is_missed_and_still_counted(files, capsys):
    files[0].write_text(usual())
    files[1].write_text(lines(("The court was so cold", "court", "weather")))
    figures, _ = printed(files, capsys)
    assert figures["labels"]["weather"] == {"f1": 0, "precision": 0, "recall": 0, "kappa": 0, "support": 1}
    assert figures["macro"] == pytest.approx(0.5)


def test_the_test_file_teaches_nothing(files, capsys):
    files[0].write_text(usual())
    said = [("Zebra crossing", "court"), ("Zebra stripes", "court"), ("My zebra", "court")]
    files[1].write_text(lines(*said))
    figures, _ = printed(files, capsys)
    assert figures["labels"]["court"]["recall"] == 0


@pytest.mark.parametrize(("train", "test"), [("", usual()), (usual(), ""), (lines(("Nothing",)), usual())])
def test_nothing_to_learn_or_to_judge_by_is_a_sentence(files, train, test):
    files[0].write_text(train)
    files[1].write_text(test)
    with pytest.raises(CommandError, match="There must be a label to learn, and a text to judge by"):
        call_command("evaluate_codes", *map(str, files), verbosity=0)


def test_a_missing_file_is_told(files):
    with pytest.raises(CommandError, match="No such file"):
        call_command("evaluate_codes", *map(str, files))
