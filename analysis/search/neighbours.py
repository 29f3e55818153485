"""Finds out beforehand which reviewed passages are alike, so that a search need not load an encoder.

Each look goes on where the last one stopped: it reads what was reviewed since, and what has lost a neighbour to a
withdrawal. A pair is kept once and told from both sides, so an older passage gains newer neighbours without being
read again.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils.crypto import salted_hmac
from numpy.typing import NDArray

from analysis.codebook.examples import examples
from analysis.models import Alike, PassageVector
from analysis.pipeline.encoder import Encoder, Vectors, WordVectors, open_encoder
from analysis.search.finding import MOST_ALIKE
from feedback.languages import is_english
from feedback.models import Passage

LEAST = 0.3  # cosine; below, two passages have no more in common than any two
A_STEP = 200  # passages in one transaction, so that a look that is killed loses little
STORED = np.dtype("<f2")
Near = Sequence[tuple[UUID, float]]


@dataclass(frozen=True)
class _Vectors:
    """Row by row a passage, its contribution as a number, and its vector; vectors are float32 (rows, dimensions)."""

    passages: Sequence[UUID]
    contributions: NDArray[np.int64]
    vectors: Vectors = field(repr=False)

    def nearest(self, rows: Sequence[int]) -> list[Near]:
        """For each of these rows the passages of other contributions most alike, the nearest first."""
        near = self.vectors[rows] @ self.vectors.T
        near[self.contributions[rows, None] == self.contributions[None, :]] = -1
        most = min(MOST_ALIKE, len(self.passages))
        best = np.argpartition(near, -most, axis=1)[:, -most:]
        return [self._named(likeness, at) for likeness, at in zip(near, best, strict=True)]

    def _named(self, likeness: Vectors, best: NDArray[np.int64]) -> Near:
        found = sorted(((float(likeness[at]), int(at)) for at in best if likeness[at] >= LEAST), reverse=True)
        return [(self.passages[at], nearness) for nearness, at in found]


def find() -> int:
    """Find the neighbours of every passage that is due, and say of how many; nothing is read twice."""
    PassageVector.objects.exclude(passage__in=Passage.objects.for_reading()).delete()
    new = _without_vector()
    if new:
        encoder, name = _encoder()
        PassageVector.objects.exclude(encoder=name).delete()
        new = _without_vector()
        for at in range(0, len(new), A_STEP):
            _keep_vectors(new[at : at + A_STEP], encoder, name)
    return _look()


def _without_vector() -> list[UUID]:
    """Passages that may be read, are in English, and have no vector: the encoder knows no other language."""
    rows = Passage.objects.for_reading().filter(vector=None).values_list("pk", "contribution__language")
    return [pk for pk, language in rows if is_english(language)]


def _encoder() -> tuple[Encoder, str]:
    """The installed encoder and its name; where none is, word vectors of the written examples.

    Those know the examples' words only, and so have one meaning whatever comes in.
    """
    corpus = [one.text for one in examples()]
    encoder = open_encoder(settings.HEARD_MODELS_DIR, corpus)
    if isinstance(encoder, WordVectors):
        return encoder, f"{encoder.id}-{hashlib.sha256(chr(0).join(corpus).encode()).hexdigest()[:12]}"
    return encoder, encoder.id


def _keep_vectors(some: Sequence[UUID], encoder: Encoder, name: str) -> None:
    """Make vectors of these passages and keep them; what was encoded before, for whomever, is taken from there."""
    texts = dict(Passage.objects.filter(pk__in=some).values_list("pk", "text"))
    keys = {pk: _key(name, text) for pk, text in texts.items()}
    known = dict(PassageVector.objects.filter(key__in=keys.values()).values_list("key", "vector"))
    missing = {key: texts[pk] for pk, key in keys.items() if key not in known}
    made = encoder.encode(list(missing.values())).astype(STORED)
    known |= {key: vector.tobytes() for key, vector in zip(missing, made, strict=True)}
    rows = [PassageVector(passage_id=pk, encoder=name, key=key, vector=known[key]) for pk, key in keys.items()]
    _kept(rows)


def _key(encoder: str, text: str) -> str:
    return salted_hmac(f"analysis.search {encoder}", text, algorithm="sha256").hexdigest()


@transaction.atomic
def _kept(rows: Sequence[PassageVector]) -> None:
    # Asked again, because somebody may have taken words back while they were being encoded.
    readable = set(_locked([row.passage_id for row in rows]).values_list("pk", flat=True))
    PassageVector.objects.bulk_create([row for row in rows if row.passage_id in readable], ignore_conflicts=True)


def _locked(passages: Sequence[UUID]) -> QuerySet[Passage]:
    return Passage.objects.for_reading().filter(pk__in=passages).select_for_update(of=("self",))


def _look() -> int:
    """Look for the neighbours of what has none yet, or fewer than were found, and say of how many."""
    counted = PassageVector.objects.annotate(left=Count("nearest"))
    due = list(counted.filter(Q(alike=None) | Q(left__lt=F("alike"))).values_list("pk", flat=True))
    if not due:
        return 0
    everything = _all_vectors()
    row_of = {pk: row for row, pk in enumerate(everything.passages)}
    for at in range(0, len(due), A_STEP):
        some = [pk for pk in due[at : at + A_STEP] if pk in row_of]
        _keep_nearest(dict(zip(some, everything.nearest([row_of[pk] for pk in some]), strict=True)))
    return len(due)


def _all_vectors() -> _Vectors:
    rows = list(PassageVector.objects.values_list("pk", "passage__contribution_id", "vector"))
    vectors = np.frombuffer(b"".join(bytes(vector) for _, _, vector in rows), dtype=STORED)
    speakers = {of: number for number, of in enumerate({of for _, of, _ in rows})}
    return _Vectors(
        [pk for pk, _, _ in rows],
        np.array([speakers[of] for _, of, _ in rows]),
        vectors.reshape(len(rows), -1).astype(np.float32),
    )


def _keep_nearest(found: Mapping[UUID, Near]) -> None:
    try:
        with transaction.atomic():
            named = {*found, *(other for near in found.values() for other, _ in near)}
            locked = PassageVector.objects.select_for_update().filter(pk__in=named)
            there = set(locked.values_list("pk", flat=True))
            for pk, near in found.items():
                kept = [(other, likeness) for other, likeness in near if other in there]
                if pk in there:
                    Alike.objects.filter(passage=pk).delete()
                    Alike.objects.bulk_create(
                        Alike(passage_id=pk, other_id=other, likeness=likeness) for other, likeness in kept
                    )
                    PassageVector.objects.filter(pk=pk).update(alike=len(kept))
    except IntegrityError:
        # Withdrawn at this moment, or another worker was quicker: the next look finds what is still due.
        return
