"""The command that tags a file of lines."""

import json

import pytest
from django.core.management import CommandError, call_command

from analysis.codebook import load
from analysis.management.commands.tag_file import Command


@pytest.fixture
def files(tmp_path):
    return tmp_path / "in.jsonl", tmp_path / "out.jsonl"


def written(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_line_gets_its_themes_with_evidence_in_code_points(files, capsys):
    source, target = files
    text = "😀 They never rang me back."
    source.write_text(json.dumps({"id": "a1", "text": text}) + "\n")
    call_command("tag_file", str(source), str(target))
    (line,) = written(target)
    assert line["id"] == "a1"
    (theme,) = line["themes"]
    assert theme == {
        "theme": "communication",
        "valence": "problem",
        "score": None,
        "source": "rule",
        "start": text.index("never"),
        "end": text.index("never") + len("never rang me back"),
        "text": "never rang me back",
    }
    assert "Tagging" in capsys.readouterr().err


def test_a_line_in_another_language_is_left_to_people(files):
    source, target = files
    texts = ["Nikt mi nie powiedział, co będzie dalej.", "They never rang me back."]
    source.write_text("".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts)))
    call_command("tag_file", str(source), str(target))
    polish, english = written(target)
    assert polish == {"id": 0, "themes": [], "left_out": "not in English: for people to read"}
    assert [theme["theme"] for theme in english["themes"]] == ["communication"]
    assert "left_out" not in english


def test_bad_lines_are_told_by_number_never_by_word_and_good_ones_written(files, capsys):
    source, target = files
    lines = ['{"id": 1, "text": "They kept me updated."}', "my secret not json", '{"id": 2}', '{"id": 3, "text": "hi"}']
    source.write_text("\n".join(lines) + "\n")
    with pytest.raises(CommandError) as failed:
        call_command("tag_file", str(source), str(target))
    assert failed.value.returncode == 1
    said = capsys.readouterr().err + str(failed.value)
    assert "line 2" in said
    assert "line 3" in said
    assert "secret" not in said
    assert [line["id"] for line in written(target)] == [1, 3]


def test_a_missing_file_is_told_and_nothing_written(files):
    source, target = files
    with pytest.raises(CommandError, match="No such file"):
        call_command("tag_file", str(source), str(target))
    assert not target.exists()


def test_the_same_file_gives_the_same_bytes_twice(files, tmp_path):
    source, target = files
    cues = [cue for theme in load().themes for cue in theme.cues]
    source.write_text("".join(json.dumps({"id": number, "text": cue}) + "\n" for number, cue in enumerate(cues)))
    call_command("tag_file", str(source), str(target))
    call_command("tag_file", str(source), str(tmp_path / "again.jsonl"))
    assert target.read_bytes() == (tmp_path / "again.jsonl").read_bytes()


def test_every_cue_of_the_codebook_finds_its_theme(files):
    source, target = files
    pairs = [(theme.slug, cue) for theme in load().themes for cue in theme.cues]
    source.write_text("".join(json.dumps({"id": n, "text": cue}) + "\n" for n, (_, cue) in enumerate(pairs)))
    call_command("tag_file", str(source), str(target))
    found = [{theme["theme"] for theme in line["themes"]} for line in written(target)]
    missed = [pair for pair, slugs in zip(pairs, found, strict=True) if pair[0] not in slugs]
    assert missed == []


def test_lines_are_written_alike_however_many_are_tagged_together(files, tmp_path, monkeypatch):
    source, target = files
    texts = ["They never rang me back.", "Nikt mi nie powiedział, co będzie dalej.", "", "They kept me updated."] * 3
    lines = [json.dumps({"id": number, "text": text}) for number, text in enumerate(texts)]
    source.write_text("\n".join([*lines[:5], "not json", *lines[5:]]) + "\n")
    for at_once, path in ((5, target), (1, tmp_path / "again.jsonl")):
        monkeypatch.setattr(Command, "at_once", at_once)
        with pytest.raises(CommandError, match="1 of the lines"):
            call_command("tag_file", str(source), str(path))
    assert [line["id"] for line in written(target)] == list(range(12))
    assert target.read_bytes() == (tmp_path / "again.jsonl").read_bytes()
