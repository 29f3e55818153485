"""Statements of the audit sample that two people coded without suggestions, and what is settled about each."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from analysis.coding.places import codable
from analysis.coding.queue import CODERS
from analysis.coding.standing import Themes, differ, stand
from analysis.models import Coding, Standing


@dataclass(frozen=True)
class Audited:
    """One such statement with the two people's readings; `settled` is None while they differ and nobody settled it."""

    passage_id: UUID
    start: int
    end: int
    readings: tuple[Coding, Coding]
    settled: Themes | None


def audited() -> Iterator[Audited]:
    """Each such statement, in an order that tells nothing. Two queries."""
    rows = Coding.objects.filter(was_blind=True, passage__in=codable()).prefetch_related("tags")
    same: dict[tuple[UUID, int, int], list[Coding]] = defaultdict(list)
    for one in rows.order_by("passage", "start", "pk"):
        same[one.passage_id, one.start, one.end].append(one)
    for (passage, start, end), made in same.items():
        readings = [one for one in made if one.standing == Standing.READING]
        if len(readings) >= CODERS:
            is_settled = len(made) > len(readings) or not differ(readings)
            yield Audited(passage, start, end, (readings[0], readings[1]), stand(made) if is_settled else None)
