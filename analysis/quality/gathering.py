"""Collects the statements of the audit sample that two people coded without suggestions."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from analysis.coding.audited import audited
from analysis.disclosure.gate import published
from analysis.disclosure.published import LEAST_BASE
from analysis.editions import current
from analysis.models import Coding, Learning, LearningState, PassageReading, PassageTag
from analysis.quality.figures import Judged, Point, Share


def judged() -> list[Judged]:
    """Each such statement that the machine has read, under the themes' names of today. Four queries."""
    now = current().now
    coded = list(audited())
    machine = _machine({one.passage_id for one in coded})
    return [
        Judged(
            first=_themes(one.readings[0], now),
            second=_themes(one.readings[1], now),
            settled=None if one.settled is None else frozenset(map(now, one.settled)),
            machine={now(theme): score for at, theme, score in machine[one.passage_id] if one.start <= at < one.end},
        )
        for one in coded
        if one.passage_id in machine
    ]


def _themes(reading: Coding, now: Callable[[str], str]) -> frozenset[str]:
    return frozenset(now(tag.theme) for tag in reading.tags.all())


def points() -> list[Point]:
    """How right the machine was with the models of set-up, and then each time models learned from people."""
    found: list[Point] = []
    for one in Learning.objects.exclude(after=None).order_by("number"):
        before, after = one.before or {}, one.after or {}
        if after["statements"] < LEAST_BASE:
            continue
        if not found:
            start = _point(one, before, is_kept=True)
            found.append(replace(start, statements=published(0, tells_zero=True), is_set_up=True))
        found.append(_point(one, after, is_kept=one.state != LearningState.WORSE))
    return found


def _point(one: Learning, figures: dict[str, Any], *, is_kept: bool) -> Point:
    base = published(figures["statements"])
    share = Share(figures["micro"], figures["low"], figures["high"], base)
    return Point(one.begun_on, published(one.statements), share, is_kept)


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
