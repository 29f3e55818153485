"""From bytes to rows of cells, or the line at which that fails."""

import codecs
import csv
import io
from dataclasses import dataclass, field

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE_AS = "Save the file as “CSV UTF-8” and try again."
# Enough to see a pattern; the first ones mended usually mend the rest.
LINES_NAMED = 20


class Unreadable(Exception):
    """The file is no table; the message names lines and never holds what stands in them."""


@dataclass(frozen=True)
class Row:
    """One row of cells. `number` counts as a spreadsheet does: the column names are row 1."""

    number: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Sheet:
    """The column names, the rows under them, and how many rows were blank."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    blank: int


def read(data: bytes) -> Sheet:
    """The file as a sheet.

    Raises:
        Unreadable: if it is empty, not UTF-8, or its quotation marks or separators are broken.
    """
    rows = _rows(_text(data))
    if not rows:
        raise Unreadable("The file is empty.")
    columns = tuple(name.strip() for name in rows[0])
    if len(columns) == 1 and any(mark in columns[0] for mark in ";\t"):
        raise Unreadable("Line 1: the columns are not separated by commas. Save the file with commas between them.")
    numbered = [Row(number, cells) for number, cells in enumerate(rows[1:], start=2)]
    filled = tuple(row for row in numbered if any(cell.strip() for cell in row.cells))
    return Sheet(columns, filled, len(numbered) - len(filled))


def _text(data: bytes) -> str:
    if data.startswith(UTF16):
        raise Unreadable(f"Line 1: the file is written in UTF-16. {SAVE_AS}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"{_named(_broken_lines(data))} not UTF-8. {SAVE_AS}") from None


def _broken_lines(data: bytes) -> list[int]:
    broken = []
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            broken.append(number)
    return broken


def _named(lines: list[int]) -> str:
    listed = ", ".join(map(str, lines[:LINES_NAMED]))
    more = f" and {len(lines) - LINES_NAMED} more" if len(lines) > LINES_NAMED else ""
    return f"Line {listed} is" if len(lines) == 1 else f"Lines {listed}{more} are"


def _rows(text: str) -> list[tuple[str, ...]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    usual = csv.field_size_limit(max(len(text), 1))  # an over-long cell is a fault of its row, not of the file
    try:
        return [tuple(cells) for cells in reader]
    except csv.Error:
        raise Unreadable(
            f"Line {reader.line_num}: the quotation marks do not match. Put a cell that holds one between "
            "quotation marks and write the one inside twice."
        ) from None
    finally:
        csv.field_size_limit(usual)
