"""Reads what has come in: sealed texts for their themes, and reviewed passages for their themes and words.

Each text is one transaction, so a sweep may be killed at any moment and the next one goes on where it stopped; what
another sweep has read meanwhile is passed over. Of an unreviewed text only themes, valences and scores are kept.
"""

import logging
import random
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from analysis.asking import Asked
from analysis.codebook import Codebook
from analysis.editions import current
from analysis.models import MachineReading, MachineTag, PassageReading, PassageTag, Run
from analysis.pipeline import Analysis
from analysis.pipeline.merge import by_theme
from analysis.tagging import analyse, method_id
from feedback.languages import is_english
from feedback.models import Contribution, SealedText, Use
from feedback.release import LeftOut, passages, unreviewed

logger = logging.getLogger(__name__)
# Why a text could be opened and still was not read.
NOT_ANALYSED = "the pipeline failed"

Progress = Callable[[int, int], None]
Reading = type[MachineReading] | type[PassageReading]


@dataclass(frozen=True)
class Summary:
    """What one sweep did, in counts."""

    texts: int = 0
    passages: int = 0
    left_out: dict[str, int] = field(default_factory=dict)


def sweep(*, again: bool = False, progress: Progress = lambda _done, _total: None) -> Summary:
    """Read every text and passage not yet read; say how many were read, and how many left out and why.

    With `again`, also what was read with another codebook or pipeline: each reading is replaced whole. Writes one
    `Run`, unless nothing could be read. `progress` is told after each text how many of how many are done.
    """
    going = _Sweep(current())
    only_same = going.method if again else {}
    texts = _unread(SealedText.objects.all(), MachineReading, only_same)
    reviewed = _unread(passages(Use.STATISTICS), PassageReading, only_same)
    steps = [(going.read_text, pk) for pk in texts] + [(going.read_passage, pk) for pk in reviewed]
    for done, (read, pk) in enumerate(steps, start=1):
        read(pk)
        progress(done, len(steps))
    return going.finish()


def _unread(rows: QuerySet, reading: Reading, method: dict[str, str]) -> list[uuid.UUID]:
    """Ids without a reading, shuffled, so that two sweeps at once seldom meet at the same text."""
    made = reading._default_manager.filter(pk=OuterRef("pk"), **method)
    ids = list(rows.filter(~Exists(made)).values_list("pk", flat=True))
    random.shuffle(ids)
    return ids


class _Sweep:
    """One run in progress, and what it has counted."""

    def __init__(self, book: Codebook) -> None:
        self.book = book
        self.method = {"run__pipeline_id": method_id(book), "run__codebook_sha256": book.sha256}
        self.asked = Asked()
        self.read: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self._run: Run | None = None

    def read_text(self, pk: uuid.UUID) -> None:
        """Open, redact and read one sealed text; keep one tag for each theme, without words or places."""
        if self._is_read(MachineReading, pk):
            return
        opened = unreviewed(SealedText.objects.filter(pk=pk), use=Use.STATISTICS)
        for text in opened:
            found = self._analysed(text.text, self.asked.of(text.contribution_id, text.question_id))
            if found is not None:
                self._keep(MachineReading, pk, text.contribution_id, found, partial(_machine_tags, found=found))
        self.left_out.update({reason.value: count for reason, count in opened.left_out.items()})

    def read_passage(self, pk: uuid.UUID) -> None:
        """Read one reviewed passage, if it is in English; keep each tag with the span of its words."""
        passage = passages(Use.STATISTICS).select_related("contribution").filter(pk=pk).first()
        if passage is None or self._is_read(PassageReading, pk):
            return
        if not is_english(passage.contribution.language):
            self.left_out[LeftOut.NOT_ENGLISH.value] += 1
            return
        found = self._analysed(passage.text, self.asked.of(passage.contribution_id, passage.question_id))
        if found is not None:
            tagged = partial(_passage_tags, found=found, length=passage.length)
            self._keep(PassageReading, pk, passage.contribution_id, found, tagged)

    def finish(self) -> Summary:
        """Close the run, if anything was read."""
        if self._run is not None:
            Run.objects.filter(pk=self._run.pk).update(left_out=dict(self.left_out), is_finished=True)
        return Summary(self.read["MachineReading"], self.read["PassageReading"], dict(self.left_out))

    def _is_read(self, reading: Reading, pk: uuid.UUID) -> bool:
        return reading._default_manager.filter(pk=pk, **self.method).exists()

    def _analysed(self, text: str, asked: str) -> Analysis | None:
        try:
            return analyse(text, self.book, asked=asked)
        except Exception as error:  # noqa: BLE001 - one text must not stop the others, and a message could quote it
            logger.error("the pipeline failed on a text with %s", type(error).__name__)
            self.left_out[NOT_ANALYSED] += 1
            return None

    def _keep(
        self, kind: Reading, pk: uuid.UUID, contribution_id: uuid.UUID, found: Analysis, add_tags: Callable[..., None]
    ) -> None:
        run = self._started()
        try:
            with transaction.atomic():
                # Asked again under a lock, because somebody may have said no while their words were being read.
                if (
                    not Contribution.objects.agreed_to(Use.STATISTICS)
                    .select_for_update(of=("self",))
                    .filter(pk=contribution_id)
                ):
                    self.left_out[LeftOut.NO_CONSENT.value] += 1
                    return
                kind._default_manager.filter(pk=pk).exclude(**self.method).delete()
                add_tags(kind._default_manager.create(pk=pk, run=run, statements=len(found.statements)))
                Run.objects.filter(pk=run.pk).update(read=F("read") + 1)
        except IntegrityError:
            # Another sweep kept it first, or it was withdrawn while it was being read.
            return
        self.read[kind.__name__] += 1

    def _started(self) -> Run:
        if self._run is None:
            self._run = Run.objects.create(
                ran_on=timezone.localdate(),
                pipeline_id=self.method["run__pipeline_id"],
                codebook_sha256=self.book.sha256,
            )
        return self._run


def _machine_tags(reading: MachineReading, found: Analysis) -> None:
    MachineTag.objects.bulk_create(
        MachineTag(reading=reading, theme=tag.theme, valence=tag.valence, score=tag.score, source=tag.source)
        for tag in by_theme(found.tags)
    )


def _passage_tags(reading: PassageReading, found: Analysis, length: int) -> None:
    PassageTag.objects.bulk_create(
        PassageTag(
            reading=reading,
            theme=tag.theme,
            valence=tag.valence,
            score=tag.score,
            source=tag.source,
            start=tag.start,
            end=tag.end,
            passage_length=length,
        )
        for tag in found.tags
    )
