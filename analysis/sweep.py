"""Reads what has come in: sealed texts for their themes, and reviewed passages for their themes and words.

Texts are read and kept a chunk at a time, each chunk in one transaction, so a sweep may be killed at any moment and the
next one goes on where it stopped; what another sweep has read meanwhile is passed over. Of an unreviewed text only
themes, valences and scores are kept.
"""

import random
import secrets
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from analysis import keeping
from analysis.asking import Asked
from analysis.editions import current
from analysis.executing import Executor
from analysis.keeping import REVIEWED, SEALED, Item, Kind
from analysis.models import Run
from analysis.pipeline.chunks import Chunk, Seen
from analysis.pipeline.tagger import Tagger
from analysis.tagging import far, near, tagger
from feedback.languages import is_english
from feedback.models import Passage, SealedText, Use
from feedback.release import LeftOut, passages, unreviewed

# Texts tagged and kept together: enough to go fast, few enough to be open at a time and to do again after a kill.
CHUNK = 200

Progress = Callable[[int, int], None]
Part = tuple[list[Item], int]  # what was opened of a chunk, and how many texts the chunk began with


@dataclass(frozen=True)
class Summary:
    """What one sweep did, in counts."""

    texts: int = 0
    passages: int = 0
    left_out: dict[str, int] = field(default_factory=dict)


def sweep(*, again: bool = False, progress: Progress = lambda _done, _total: None) -> Summary:
    """Read every text and passage not yet read; say how many were read, and how many left out and why.

    With `again`, also what was read with another codebook or pipeline: each reading is replaced whole. Writes one
    `Run`, unless nothing could be read. `progress` is told after each chunk how many of how many are done.
    """
    going = _Sweep(tagger(current()), again, progress)
    going.read(SEALED, going.texts, going.sealed_chunks, near)
    going.read(REVIEWED, going.passages, going.passage_chunks, far)
    return going.finish()


class _Sweep:
    """One run in progress, and what it has counted."""

    def __init__(self, tagger: Tagger, again: bool, progress: Progress) -> None:
        self.tagger = tagger
        self.method = {"run__pipeline_id": tagger.id, "run__codebook_sha256": tagger.codebook.sha256}
        self.seed = secrets.randbits(32)
        only_same = self.method if again else {}
        self.texts = self._unread(SealedText.objects.all(), SEALED, only_same)
        self.passages = self._unread(passages(Use.STATISTICS), REVIEWED, only_same)
        self.progress = progress
        self.asked = Asked()
        self.done = 0
        self.kept: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.places: dict[str, None] = {}
        self._run: Run | None = None

    def read(
        self,
        kind: Kind,
        ids: Sequence[uuid.UUID],
        chunks: Callable[[Sequence[uuid.UUID]], Iterator[tuple[Part, Chunk]]],
        where: Callable[[Tagger, int], Executor],
    ) -> None:
        """Read and keep the texts with these ids, wherever so many are read."""
        if not ids:
            return
        with where(self.tagger, len(ids)) as executor:
            for (items, asked_for), found in executor.run(chunks(ids)):
                self._keep(kind, list(zip(items, found, strict=True)), executor.name)
                self._went_on(asked_for)

    def sealed_chunks(self, ids: Sequence[uuid.UUID]) -> Iterator[tuple[Part, Chunk]]:
        """Yields sealed texts that may be read, opened and redacted, a chunk at a time."""
        for part in _parts(ids):
            rows = SealedText.objects.filter(pk__in=self._not_read(SEALED, part))
            opened = unreviewed(rows, use=Use.STATISTICS, at_once=CHUNK)
            texts = list(opened)
            self.left_out.update({reason.value: count for reason, count in opened.left_out.items()})
            asked = self.asked.of_all([(text.contribution_id, text.question_id) for text in texts])
            items = [Item(text.sealed_text_id, text.contribution_id) for text in texts]
            yield (items, len(part)), Chunk(tuple(text.text for text in texts), tuple(asked), is_reviewed=False)

    def passage_chunks(self, ids: Sequence[uuid.UUID]) -> Iterator[tuple[Part, Chunk]]:
        """Yields reviewed passages in English, a chunk at a time."""
        for part in _parts(ids):
            rows = passages(Use.STATISTICS).select_related("contribution").in_bulk(self._not_read(REVIEWED, part))
            english = [rows[pk] for pk in part if pk in rows and is_english(rows[pk].contribution.language)]
            if len(english) < len(rows):
                self.left_out[LeftOut.NOT_ENGLISH.value] += len(rows) - len(english)
            asked = self.asked.of_all([(one.contribution_id, one.question_id) for one in english])
            items = [Item(one.pk, one.contribution_id, one.length) for one in english]
            yield (items, len(part)), Chunk(tuple(one.text for one in english), tuple(asked), is_reviewed=True)

    def finish(self) -> Summary:
        """Close the run, if anything was read."""
        if self._run is not None:
            self._note(is_finished=True)
        return Summary(self.kept["SealedText"], self.kept["Passage"], dict(self.left_out))

    def _unread(
        self, rows: "QuerySet[SealedText] | QuerySet[Passage]", kind: Kind, method: dict[str, str]
    ) -> list[uuid.UUID]:
        """Ids without a reading, in an order drawn by lot, so that two sweeps at once seldom meet at the same text."""
        made = kind.reading._default_manager.filter(pk=OuterRef("pk"), **method)
        ids = list(rows.filter(~Exists(made)).order_by("pk").values_list("pk", flat=True))
        random.Random(self.seed).shuffle(ids)  # noqa: S311 - nobody gains by guessing the order
        return ids

    def _not_read(self, kind: Kind, ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
        read = set(kind.reading._default_manager.filter(pk__in=ids, **self.method).values_list("pk", flat=True))
        return [pk for pk in ids if pk not in read]

    def _keep(self, kind: Kind, found: Sequence[tuple[Item, Seen | None]], where: str) -> None:
        if any(seen for _, seen in found):
            run = self._started()
            self.places[where] = None
            kept, left_out = keeping.keep(kind, run, found, self.method)
            self.kept[kind.source.__name__] += kept
        else:
            left_out = Counter({keeping.NOT_ANALYSED: len(found)} if found else {})
        self.left_out += left_out

    def _went_on(self, number: int) -> None:
        self.done += number
        if self._run is not None:
            self._note()
        self.progress(self.done, len(self.texts) + len(self.passages))

    def _note(self, *, is_finished: bool = False) -> None:
        Run.objects.filter(pk=self._started().pk).update(
            done=self.done,
            left_out=dict(self.left_out),
            executor=", ".join(self.places),
            is_finished=is_finished,
        )

    def _started(self) -> Run:
        if self._run is None:
            self._run = Run.objects.create(
                number=(Run.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
                ran_on=timezone.localdate(),
                pipeline_id=self.tagger.id,
                codebook_sha256=self.tagger.codebook.sha256,
                codebook_version=self.tagger.codebook.version,
                seed=self.seed,
                texts_waiting=len(self.texts),
                passages_waiting=len(self.passages),
            )
        return self._run


def _parts(ids: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    return (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))
