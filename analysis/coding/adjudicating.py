"""Statements that two people coded differently and that nobody has settled."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import User
from analysis.coding.queue import CODERS
from analysis.coding.standing import differ
from analysis.models import Coding, Standing


@dataclass(frozen=True)
class Difference:
    """One statement that waits to be settled, with what each person found in it."""

    passage_id: UUID
    start: int
    codings: tuple[Coding, ...]

    def is_by(self, person: User) -> bool:
        """Whether this person is one of the two."""
        return any(one.coder_id == person.pk for one in self.codings)


def differing() -> list[Difference]:
    """Every statement that waits, in the order of the passages' random ids, so that no order tells who spoke when."""
    settled = Coding.objects.filter(passage=OuterRef("passage"), start=OuterRef("start"), end=OuterRef("end")).exclude(
        standing=Standing.READING
    )
    rows = Coding.objects.filter(~Exists(settled)).select_related("coder").prefetch_related("tags")
    same: dict[tuple[UUID, int, int], list[Coding]] = defaultdict(list)
    for one in rows.order_by("passage", "start", "coder"):
        same[one.passage_id, one.start, one.end].append(one)
    return [
        Difference(passage, start, tuple(made))
        for (passage, start, _), made in same.items()
        if len(made) >= CODERS and differ(made)
    ]
