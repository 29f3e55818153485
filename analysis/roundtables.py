"""Imports published reviews from the past and tags them: evidence from their day, never part of a live count."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from analysis.codebook import Codebook, load
from analysis.models import HistoricTag
from analysis.pipeline import analyse
from analysis.roundtable_text import TAGGED, read
from feedback.models import PartKind, Roundtable, RoundtablePart
from feedback.roundtables import Part, record_historic

Progress = Callable[[int, int], None]


class NotReadable(Exception):
    """A file cannot be imported; the message says why and what to do."""


@dataclass(frozen=True)
class Imported:
    """What came of one file, in counts: parts by kind, statements with a theme, and statements read without one."""

    roundtable: Roundtable
    parts: Counter[str]
    tagged: int
    without_theme: int


def import_historic(
    content: bytes, *, title: str, held_on: date, progress: Progress = lambda _done, _total: None
) -> Imported:
    """Record a published review and tag what people said in it, in one transaction.

    Headings, recommendations, annexes and page furniture are recorded and left out of tagging.

    Raises:
        NotReadable: if the file is empty or not UTF-8 text.
        AlreadyRecorded: if the same file was imported before.
        NothingSaid: if there is no part with words in it.
    """
    text = decoded(content)
    parts = [Part(PartKind(part.kind.value), part.section, part.text) for part in read(text)]
    with transaction.atomic():
        roundtable = record_historic(
            title=title, held_on=held_on, parts=parts, source_sha256=hashlib.sha256(content).hexdigest()
        )
        tagged, without = _tag(list(roundtable.parts.filter(kind__in=TAGGED)), load(), progress)
    return Imported(roundtable, Counter(part.kind.value for part in parts), tagged, without)


def tag_again() -> int:
    """Replace the tags of every published record with those of today's codebook, and say how many parts were read."""
    with transaction.atomic():
        HistoricTag.objects.all().delete()
        parts = list(RoundtablePart.objects.filter(roundtable__is_historic=True, kind__in=TAGGED))
        _tag(parts, load(), lambda _done, _total: None)
    return len(parts)


def decoded(content: bytes) -> str:
    """The text of a file.

    Raises:
        NotReadable: if it is empty or not UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise NotReadable(f"The file is not UTF-8 text (see line {line}). Save it as UTF-8 and try again.") from None
    if not text.strip():
        raise NotReadable("The file is empty. Give the plain text of the record.")
    return text


def _tag(parts: Sequence[RoundtablePart], book: Codebook, progress: Progress) -> tuple[int, int]:
    """Tag the parts and count their statements: with a theme, and without."""
    tagged = without = 0
    for done, part in enumerate(parts, start=1):
        found = analyse(part.text, book)
        HistoricTag.objects.bulk_create(
            HistoricTag(
                part=part,
                theme=tag.theme,
                valence=tag.valence,
                score=tag.score,
                source=tag.source,
                start=tag.start,
                end=tag.end,
            )
            for tag in found.tags
        )
        said = [any(one.start <= tag.start < one.end for tag in found.tags) for one in found.statements]
        tagged += sum(said)
        without += len(said) - sum(said)
        progress(done, len(parts))
    return tagged, without
