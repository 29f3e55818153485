"""A table of a report in words, as the page prints it and the CSV writes it. Pure."""

from dataclasses import dataclass

from analysis.disclosure.published import WORDS

NOTHING_HIDDEN = "–"
SILENT = {*WORDS.values(), NOTHING_HIDDEN}


@dataclass(frozen=True)
class Grid:
    """A table as it is printed, in words only. The first heading is that of the rows.

    The CSV has every row. Unless it `is_whole`, the page leaves out those in which all is hidden, and says how many.
    """

    slug: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_whole: bool = False

    @property
    def telling(self) -> tuple[tuple[str, ...], ...]:
        """The rows on the page."""
        return self.rows if self.is_whole else tuple(row for row in self.rows if set(row[1:]) - SILENT)

    @property
    def silent(self) -> int:
        """How many rows the page leaves out."""
        return len(self.rows) - len(self.telling)
