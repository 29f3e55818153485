"""The tables of a report as one CSV file, in the words of the page. Pure."""

import csv
import io
from collections.abc import Iterable

from analysis.report.grid import Grid

HEADINGS = ("Table", "Row", "Column", "Value")
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(grids: Iterable[Grid], *, about: Iterable[tuple[str, str]]) -> str:
    """One line for each cell, after lines that say which release it is. No cell can run as a formula."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEADINGS)
    for name, value in about:
        writer.writerow(map(harmless, ("About this file", name, "", value)))
    for grid in grids:
        for row in grid.rows:
            for heading, value in zip(grid.headings[1:], row[1:], strict=True):
                writer.writerow(map(harmless, (grid.caption, row[0], heading, value)))
    return written.getvalue()


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(STARTS_A_FORMULA) else cell
