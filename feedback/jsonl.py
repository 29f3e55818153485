"""Reads and writes files of one JSON object a line, `{"id", "text"}`, without ever repeating a text in a message."""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

Write = Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True)
class Line:
    """One good line: its number in the file, from 1, its id (text or number, given back as it came) and its text."""

    number: int
    id: str | int
    text: str = field(repr=False)


@dataclass(frozen=True)
class BadLine:
    """A line that cannot be used, and why; the reason never quotes the line."""

    number: int
    reason: str


def count_lines(path: Path) -> int:
    """How many lines that are not blank a progress bar has to cover."""
    with path.open("rb") as file:
        return sum(1 for line in file if line.strip())


def read_lines(path: Path, *, or_number: bool = False) -> Iterator[Line | BadLine]:
    """Yields every line that is not blank, good or bad, in the order of the file, one in memory at a time.

    With `or_number`, a line without an id has the number of the line for one.
    """
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if raw.strip():
                line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
                yield _parse(number, line, number if or_number else None)


def _parse(number: int, raw: bytes, identity: int | None) -> Line | BadLine:
    try:
        entry = json.loads(raw.decode())
    except UnicodeDecodeError:
        return BadLine(number, "not UTF-8")
    except (ValueError, RecursionError):
        return BadLine(number, "not JSON")
    if not isinstance(entry, dict):
        return BadLine(number, "not an object")
    return _checked(number, entry if identity is None else {"id": identity, **entry})


def _checked(number: int, entry: Mapping[str, Any]) -> Line | BadLine:
    identity, text = entry.get("id"), entry.get("text")
    if isinstance(identity, bool) or not isinstance(identity, str | int):
        return BadLine(number, 'no "id" that is a text or a whole number')
    if not isinstance(text, str):
        return BadLine(number, 'no "text" that is a text')
    if not _is_writable(text) or not _is_writable(str(identity)):
        return BadLine(number, "half a surrogate pair")
    return Line(number, identity, text)


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def rewrite(
    source: Path, target: Path, change: Callable[[Line], Mapping[str, Any]], *, seen: Callable[[], object]
) -> list[BadLine]:
    """Writes what `change` makes of every good line to `target`, in the same order; returns the bad lines.

    `seen` is called after each line, good or bad, so that a progress bar can move.
    """
    return rewrite_many(source, target, lambda lines: map(change, lines), seen=seen, at_once=1)


def rewrite_many(
    source: Path,
    target: Path,
    change: Callable[[Sequence[Line]], Iterable[Mapping[str, Any]]],
    *,
    seen: Callable[[], object],
    at_once: int,
) -> list[BadLine]:
    """Like `rewrite`, for a `change` that goes faster with some lines together; up to `at_once` are in memory."""
    bad: list[BadLine] = []
    lines = read_lines(source)
    with written_whole(target) as write:
        while some := list(islice(lines, at_once)):
            bad += [line for line in some if isinstance(line, BadLine)]
            for entry in change([line for line in some if isinstance(line, Line)]):
                write(entry)
            for _ in some:
                seen()
    return bad


@contextmanager
def written_whole(path: Path) -> Iterator[Write]:
    """Gives a function that writes one object a line; the file appears as `text_written_whole` has it."""
    with text_written_whole(path) as file:
        yield lambda entry: _write(file.write, entry)


@contextmanager
def text_written_whole(path: Path) -> Iterator[TextIO]:
    """Gives a file to write UTF-8 to, which appears complete on leaving, or not at all.

    It is a private file beside it (mode 0600), which is renamed at the end and removed on any failure.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _write(write: Callable[[str], object], entry: Mapping[str, Any]) -> None:
    write(json.dumps(entry, ensure_ascii=False) + "\n")
