"""Looks for topics in what reviewed statements say beyond the codebook, and keeps them where a withdrawal reaches them.

Nothing but what may be counted is looked at. Vectors are made anew each time and never kept.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from analysis.coding.standing import Codes
from analysis.editions import current
from analysis.models import (
    FEWEST_FOR_ANALYSTS,
    Coding,
    PassageTag,
    Topic,
    TopicRun,
    TopicSaying,
    TopicStatement,
    TopicStatus,
    TopicWord,
)
from analysis.pipeline import analyse
from analysis.pipeline.encoder import open_encoder
from analysis.topics import Discovered, Mode, Settings, clean, discover
from analysis.topics import Topic as Found
from analysis.topics.clustering import Vectors, on_a_plane
from feedback.models import Contribution, Passage, Use
from feedback.release import passages

SEED = 0


@dataclass(frozen=True)
class Uncovered:
    """A statement of a reviewed passage in which no theme of the codebook was found, as a span of code points."""

    passage_id: uuid.UUID
    contribution_id: uuid.UUID
    reviewed_on: date
    start: int
    end: int
    text: str = field(repr=False)


@dataclass(frozen=True)
class _Corpus:
    statements: Sequence[Uncovered]
    vectors: Vectors = field(repr=False)


def uncovered() -> Iterator[Uncovered]:
    """The statements that may be counted and have no theme, of every passage that was read for themes.

    In a statement that a person has coded, what they found says whether it has one, whatever the machine saw.
    """
    book = current()
    read = passages(Use.STATISTICS).filter(reading__isnull=False).select_related("decision").order_by("pk")
    tagged: dict[uuid.UUID, list[tuple[int, int]]] = defaultdict(list)
    for passage_id, start, end in PassageTag.objects.values_list("reading_id", "start", "end"):
        tagged[passage_id].append((start, end))
    codes = Codes.of(Coding.objects.all())
    for passage in read.iterator(chunk_size=500):
        for one in analyse(passage.text, book).statements:
            if codes.covers(passage.pk, one.start):
                has_theme = codes.has_theme(passage.pk, one.start, one.end)
            else:
                has_theme = any(start < one.end and one.start < end for start, end in tagged[passage.pk])
            if not has_theme:
                said = passage.text[one.start : one.end]
                reviewed_on = passage.decision.decided_on
                yield Uncovered(passage.pk, passage.contribution_id, reviewed_on, one.start, one.end, said)


def cleaned() -> list[Uncovered]:
    """The same, each said once and saying something."""
    everything = list(uncovered())
    return [everything[row] for row in clean([one.text for one in everything]).kept]


def speakers(said: Sequence[Uncovered]) -> list[int]:
    """Which contribution each statement is from, as a number."""
    numbers = {pk: number for number, pk in enumerate(sorted({one.contribution_id for one in said}))}
    return [numbers[one.contribution_id] for one in said]


def find(seed: int = SEED) -> TopicRun:
    """Look for topics and keep them as the newest run. What nobody decided about in earlier runs goes."""
    said = cleaned()
    texts = [one.text for one in said]
    if not texts:
        return _kept(
            _Corpus([], np.zeros((0, 1), np.float32)), Discovered(Mode.TOO_FEW, np.zeros(0, np.int64)), "", seed
        )
    encoder = open_encoder(settings.HEARD_MODELS_DIR, texts, seed=seed)
    vectors = encoder.encode(texts)
    found = discover(texts, vectors, Settings(seed=seed, fewest=FEWEST_FOR_ANALYSTS), speakers(said))
    return _kept(_Corpus(said, vectors), found, encoder.id, seed)


@transaction.atomic
def _kept(corpus: _Corpus, found: Discovered, encoder: str, seed: int) -> TopicRun:
    run = TopicRun.objects.create(
        number=(TopicRun.objects.aggregate(last=Max("number"))["last"] or 0) + 1,
        ran_on=timezone.localdate(),
        mode=found.mode.value,
        is_tentative=found.is_tentative,
        encoder=encoder,
        seed=seed,
        statements=len(corpus.statements),
        agreement=found.agreement,
        outside=found.outside if found.topics else None,
        dropped=found.dropped,
    )
    allowed = still_allowed(corpus.statements)
    members = [np.flatnonzero(found.labels == number) for number in range(len(found.topics))]
    middles = np.array([corpus.vectors[rows].mean(axis=0) for rows in members], dtype=np.float32)
    places = on_a_plane(middles if members else np.zeros((0, 1), np.float32), seed)
    for number, (topic, rows, (x, y)) in enumerate(zip(found.topics, members, places, strict=True)):
        row = Topic.objects.create(run=run, number=number + 1, stability=topic.stability, x=float(x), y=float(y))
        near = corpus.vectors[rows] @ middles[number]
        ordered = [int(at) for at in rows[np.lexsort((rows, -near))]]
        _keep_words(row, topic, _keep_statements(row, corpus.statements, ordered, allowed))
    _clear_before(run)
    return run


def still_allowed(said: Iterable[Uncovered]) -> set[uuid.UUID]:
    """The passages that may still be counted: asked again under a lock, because somebody may have said no meanwhile."""
    wanted = {one.contribution_id for one in said}
    locked = Contribution.objects.agreed_to(Use.STATISTICS).select_for_update().values_list("pk", flat=True)
    agreed = wanted.intersection(locked)
    return {pk for pk, of in Passage.objects.values_list("pk", "contribution_id") if of in agreed}


def _keep_statements(
    topic: Topic, said: Sequence[Uncovered], ordered: Sequence[int], allowed: set[uuid.UUID]
) -> dict[int, TopicStatement]:
    rows = {
        at: TopicStatement(
            topic=topic, passage_id=said[at].passage_id, start=said[at].start, end=said[at].end, nearness=place
        )
        for place, at in enumerate(ordered, start=1)
        if said[at].passage_id in allowed
    }
    TopicStatement.objects.bulk_create(rows.values())
    return rows


def _keep_words(topic: Topic, found: Found, statements: dict[int, TopicStatement]) -> None:
    for place, word in enumerate(found.words, start=1):
        row = TopicWord.objects.create(topic=topic, word=word.word[:64], place=place)
        TopicSaying.objects.bulk_create(
            TopicSaying(word=row, statement=statements[at]) for at in word.rows if at in statements
        )


def _clear_before(run: TopicRun) -> None:
    """Drop what nobody decided about in earlier runs, and every word that too few still say."""
    Topic.objects.filter(status=TopicStatus.NEW).exclude(run=run).delete()
    TopicRun.objects.filter(topics__isnull=True).exclude(pk=run.pk).delete()
    enough = TopicWord.objects.said_by(FEWEST_FOR_ANALYSTS).values_list("pk", flat=True)
    TopicWord.objects.exclude(pk__in=list(enough)).delete()
