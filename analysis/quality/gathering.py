"""Collects the statements of the audit sample that two people coded without suggestions."""

from collections import defaultdict
from uuid import UUID

from analysis.coding.places import codable
from analysis.coding.queue import CODERS
from analysis.coding.standing import differ, stand
from analysis.editions import current
from analysis.models import Coding, PassageReading, PassageTag, Standing
from analysis.quality.figures import Judged


def judged() -> list[Judged]:
    """Each such statement, with what is settled about it, under the themes' names of today. Three queries."""
    now = current().now
    rows = Coding.objects.filter(was_blind=True, passage__in=codable()).prefetch_related("tags")
    same: dict[tuple[UUID, int, int], list[Coding]] = defaultdict(list)
    for one in rows.order_by("passage", "start", "pk"):
        same[one.passage_id, one.start, one.end].append(one)
    machine = _machine({passage for passage, _, _ in same})
    found = []
    for (passage, start, end), made in same.items():
        readings = [one for one in made if one.standing == Standing.READING]
        if len(readings) < CODERS or passage not in machine:
            continue
        first, second = (frozenset(now(tag.theme) for tag in one.tags.all()) for one in readings[:CODERS])
        is_settled = len(made) > len(readings) or not differ(readings)
        settled = frozenset(now(theme) for theme in stand(made)) if is_settled else None
        inside = {now(theme): score for at, theme, score in machine[passage] if start <= at < end}
        found.append(Judged(first, second, settled, inside))
    return found


def _machine(passages: set[UUID]) -> dict[UUID, list[tuple[int, str, float | None]]]:
    """The machine's tags of the passages it has read, each with where its evidence begins."""
    tags: dict[UUID, list[tuple[int, str, float | None]]] = {
        pk: [] for pk in PassageReading.objects.filter(pk__in=passages).values_list("pk", flat=True)
    }
    for passage, start, theme, score in PassageTag.objects.filter(reading_id__in=passages).values_list(
        "reading_id", "start", "theme", "score"
    ):
        tags[passage].append((start, theme, score))
    return tags
