"""Imports published reviews from the past and tags them: evidence from their day, never part of a live count."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from analysis.editions import current
from analysis.models import HistoricTag
from analysis.pipeline import Analysis, Statement
from analysis.roundtable_text import TAGGED, read
from analysis.tagging import analyse
from feedback.models import PartKind, Roundtable, RoundtablePart
from feedback.roundtables import Part, record_historic

TAGGED_KINDS = frozenset(PartKind(kind.value) for kind in TAGGED)

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
    """Record a published review and tag what people said in it; all of it or nothing.

    Headings, recommendations, annexes and page furniture are recorded and left out of tagging.

    Raises:
        NotReadable: if the file is empty or not UTF-8 text.
        AlreadyRecorded: if the same file was imported before.
        NothingSaid: if there is no part with words in it.
    """
    parts = [Part(PartKind(part.kind.value), part.section, part.text) for part in read(decoded(content))]
    # Read before anything is written, so that nobody waits for the database meanwhile.
    analyses = _analysed([part.text for part in parts if part.kind in TAGGED_KINDS], progress)
    with transaction.atomic():
        roundtable = record_historic(
            title=title, held_on=held_on, parts=parts, source_sha256=hashlib.sha256(content).hexdigest()
        )
        _keep(roundtable.parts.filter(kind__in=TAGGED_KINDS), analyses)
    said = [_has_theme(found, statement) for found in analyses for statement in found.statements]
    return Imported(roundtable, Counter(part.kind.value for part in parts), sum(said), len(said) - sum(said))


def tag_again() -> int:
    """Replace the tags of every published record with those of today's codebook, and say how many parts were read."""
    parts = list(RoundtablePart.objects.filter(roundtable__is_historic=True, kind__in=TAGGED_KINDS))
    analyses = _analysed([part.text for part in parts])
    with transaction.atomic():
        HistoricTag.objects.all().delete()
        _keep(parts, analyses)
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


def _analysed(texts: Sequence[str], progress: Progress = lambda _done, _total: None) -> list[Analysis]:
    book = current()
    analyses = []
    for text in texts:
        analyses.append(analyse(text, book))
        progress(len(analyses), len(texts))
    return analyses


def _keep(parts: Iterable[RoundtablePart], analyses: Sequence[Analysis]) -> None:
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
        for part, found in zip(parts, analyses, strict=True)
        for tag in found.tags
    )


def _has_theme(found: Analysis, statement: Statement) -> bool:
    return any(statement.start <= tag.start < statement.end for tag in found.tags)
