import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.jsonl import BadLine, Line, count_lines, read_lines, rewrite, written_whole


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "in.jsonl"


def lines_of(path: Path, content: bytes) -> list[Line | BadLine]:
    path.write_bytes(content)
    return list(read_lines(path))


def test_good_lines_come_back_with_their_number(source):
    assert lines_of(source, b'{"id": "a", "text": "one"}\n{"id": 2, "text": "two"}\n') == [
        Line(1, "a", "one"),
        Line(2, 2, "two"),
    ]


def test_other_keys_are_allowed(source):
    assert lines_of(source, b'{"id": "a", "text": "one", "labels": ["x"]}\n') == [Line(1, "a", "one")]


def test_a_byte_order_mark_is_no_fault(source):
    assert lines_of(source, b'\xef\xbb\xbf{"id": "a", "text": "one"}') == [Line(1, "a", "one")]


def test_blank_lines_are_passed_over_but_counted_in_numbers(source):
    assert lines_of(source, b'\n  \r\n{"id": "a", "text": "one"}\n') == [Line(3, "a", "one")]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"Dave said", "not JSON"),
        (b'{"id": "a", "text": "cut', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'["Dave"]', "not an object"),
        (b'"Dave"', "not an object"),
        (b'{"text": "Dave"}', 'no "id" that is a text or a whole number'),
        (b'{"id": null, "text": "Dave"}', 'no "id" that is a text or a whole number'),
        (b'{"id": true, "text": "Dave"}', 'no "id" that is a text or a whole number'),
        (b'{"id": 1.5, "text": "Dave"}', 'no "id" that is a text or a whole number'),
        (b'{"id": "a"}', 'no "text" that is a text'),
        (b'{"id": "a", "text": null}', 'no "text" that is a text'),
        (b'{"id": "a", "text": ["Dave"]}', 'no "text" that is a text'),
        (b'{"id": "a", "text": "\xff\xfe"}', "not UTF-8"),
        (b'{"id": "a", "text": "\\ud83d"}', "half a surrogate pair"),
    ],
)
def test_a_bad_line_is_named_by_number_and_reason_and_never_quoted(source, raw, reason):
    good = b'{"id": "z", "text": "last"}'
    assert lines_of(source, good + b"\n" + raw + b"\n" + good) == [
        Line(1, "z", "last"),
        BadLine(2, reason),
        Line(3, "z", "last"),
    ]
    assert "Dave" not in reason


def test_a_line_does_not_show_its_text_when_printed():
    assert "secret" not in repr(Line(1, "a", "secret"))


def test_count_leaves_out_blank_lines(source):
    source.write_bytes(b"one\n\n   \nnot json\nlast without end")
    assert count_lines(source) == 3


def test_the_file_appears_only_when_it_is_complete(tmp_path):
    target = tmp_path / "out.jsonl"
    with written_whole(target) as write:
        write({"id": 1})
        assert not target.exists()
    assert target.read_text() == '{"id": 1}\n'
    assert list(tmp_path.iterdir()) == [target]


def write_and_fail(target: Path) -> None:
    with written_whole(target) as write:
        write({"id": 1})
        raise KeyboardInterrupt


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        write_and_fail(target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_nobody_else_can_read_the_file_while_or_after_it_is_written(tmp_path):
    target = tmp_path / "out.jsonl"
    with written_whole(target) as write:
        write({"id": 1})
        (part,) = tmp_path.iterdir()
        assert part.stat().st_mode & 0o077 == 0
    assert target.stat().st_mode & 0o077 == 0


def test_rewrite_keeps_the_order_returns_the_bad_and_reports_every_line(source, tmp_path):
    source.write_text('{"id": 1, "text": "a"}\nbroken\n\n{"id": 2, "text": "b"}\n')
    target, seen = tmp_path / "out.jsonl", []
    bad = rewrite(source, target, lambda line: {"id": line.id, "loud": line.text.upper()}, seen=lambda: seen.append(1))
    assert bad == [BadLine(2, "not JSON")]
    assert [json.loads(line) for line in target.read_text().splitlines()] == [
        {"id": 1, "loud": "A"},
        {"id": 2, "loud": "B"},
    ]
    assert len(seen) == count_lines(source)


def test_rewrite_leaves_nothing_behind_when_the_change_fails(source, tmp_path):
    source.write_text('{"id": 1, "text": "a"}\n{"id": 2, "text": "b"}\n')

    def change(line: Line) -> dict[str, object]:
        if line.id == 2:
            raise ZeroDivisionError
        return {"id": line.id}

    with pytest.raises(ZeroDivisionError):
        rewrite(source, tmp_path / "out.jsonl", change, seen=lambda: None)
    assert os.listdir(tmp_path) == ["in.jsonl"]  # noqa: PTH208 - names, hidden ones too


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_any_text_survives_the_round_trip(tmp_path, texts):
    source, target = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    source.write_text("".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts)))
    assert rewrite(source, target, lambda line: {"id": line.id, "text": line.text}, seen=lambda: None) == []
    assert [line.text for line in read_lines(target)] == texts
