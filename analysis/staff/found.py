"""What the search shows of a passage: its words, with the first that was looked for, and its themes. No other fact."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from analysis.codebook import Codebook
from analysis.coding.standing import Codes
from analysis.editions import current
from analysis.models import Coding, PassageTag
from analysis.search.query import read
from analysis.staff.shown import Shown
from feedback.models import Passage


@dataclass(frozen=True)
class Found:
    """One passage a search shows."""

    passage_id: UUID
    shown: Shown


def described(passages: Sequence[Passage], words: str = "") -> list[Found]:
    """These passages as a search shows them, in the same order; `words` is what was looked for, if words were."""
    themes = themes_of([passage.pk for passage in passages], current())
    query = read(words) if words else None
    described = []
    for passage in passages:
        start, end = query.first_in(passage.text) if query else (0, 0)
        before, said, after = passage.text[:start], passage.text[start:end], passage.text[end:]
        described.append(Found(passage.pk, Shown(before, said, after, "", tuple(themes[passage.pk]))))
    return described


def themes_of(passages: Sequence[UUID], book: Codebook) -> dict[UUID, list[str]]:
    """The names of the themes of each passage in the codebook's order: people's where they coded, else a machine's."""
    codes = Codes.of(Coding.objects.filter(passage__in=passages))
    found: dict[UUID, set[str]] = defaultdict(set)
    for passage, theme, _ in codes.found():
        found[passage].add(book.now(theme))
    tags = PassageTag.objects.filter(reading__in=passages)
    for passage, theme, start in tags.values_list("reading_id", "theme", "start"):
        if not codes.covers(passage, start):
            found[passage].add(theme)
    return defaultdict(list, {pk: [one.name for one in book.themes if one.slug in has] for pk, has in found.items()})
