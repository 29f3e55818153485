import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def run(source: Path, target: Path) -> str:
    """What the command wrote to its error stream; a CommandError passes through."""
    told = StringIO()
    call_command("redact_file", str(source), str(target), stderr=told, stdout=told)
    return told.getvalue()


def entries(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_file_is_redacted_line_by_line_with_spans_into_the_input(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    texts = ["My ex Darren 😀 rang 07911 123456.", "Nothing to hide here.", ""]
    source.write_text("".join(json.dumps({"id": f"s{n}", "text": text}) + "\n" for n, text in enumerate(texts)))
    assert run(source, target) == ""
    first, second, third = entries(target)
    assert first == {
        "id": "s0",
        "text": "My ex [PERSON] 😀 rang [PHONE].",
        "spans": [[6, 12, "PERSON"], [20, 32, "PHONE"]],
    }
    assert [texts[0][start:end] for start, end, _ in first["spans"]] == ["Darren", "07911 123456"]
    assert (second["text"], second["spans"]) == (texts[1], [])
    assert (third["text"], third["spans"]) == ("", [])


def test_bad_lines_are_named_by_number_the_good_ones_written_and_the_status_is_one(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "text": "fine"}\nDarren broke this\n{"id": 3}\n{"id": 4, "text": "fine too"}\n')
    told = StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("redact_file", str(source), str(target), stderr=told)
    assert raised.value.returncode == 1
    assert [entry["id"] for entry in entries(target)] == [1, 4]
    assert told.getvalue().splitlines() == ["line 2: not JSON", 'line 3: no "text" that is a text']
    assert "Darren" not in told.getvalue() + str(raised.value)


def test_a_missing_file_is_said_plainly_and_nothing_is_written(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "absent.jsonl", tmp_path / "out.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "fine"}\n')
    with pytest.raises(CommandError, match="No such file"):
        run(source, tmp_path / "nowhere" / "out.jsonl")


def test_progress_is_shown(tmp_path, capsys):
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "fine"}\n')
    run(source, tmp_path / "out.jsonl")
    assert "Redacting: 100%" in capsys.readouterr().err


def test_the_file_may_replace_itself(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "I told Darren."}\n')
    run(source, source)
    assert entries(source)[0]["text"] == "I told [PERSON]."
