"""Writes what was found in a chunk of texts: each reading with its tags, or why it is not kept; one transaction."""

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F

from analysis.models import MachineReading, MachineTag, PassageReading, PassageTag, Run
from analysis.pipeline.chunks import Seen
from feedback.models import Contribution, Passage, SealedText, Use
from feedback.release import LeftOut

# Why a text could be opened and still was not read.
NOT_ANALYSED = "the pipeline failed"
# Tags of a chunk are more than one statement of SQLite may hold.
ROWS = 500


@dataclass(frozen=True)
class Item:
    """One text that was tagged, by its ids; `length` in code points, of a passage."""

    pk: uuid.UUID
    contribution_id: uuid.UUID
    length: int = 0


@dataclass(frozen=True)
class Kind:
    """The tables of sealed texts or of passages, and what a tag of one is made of."""

    source: type[models.Model]
    reading: Any
    tag: Any
    facts: Callable[..., dict]


def _machine(tag: object, _item: Item) -> dict:
    return {name: getattr(tag, name) for name in ("theme", "valence", "score", "source")}


def _passage(tag: object, item: Item) -> dict:
    places = {name: getattr(tag, name) for name in ("start", "end")}
    return _machine(tag, item) | places | {"passage_length": item.length}


SEALED = Kind(SealedText, MachineReading, MachineTag, _machine)
REVIEWED = Kind(Passage, PassageReading, PassageTag, _passage)

Found = Sequence[tuple[Item, Seen | None]]


def keep(kind: Kind, run: Run, found: Found, method: dict[str, str]) -> tuple[int, Counter[str]]:
    """Keep what was found; readings by another method are replaced whole.

    Returns:
        How many readings were kept, and how many were not, by reason. What another sweep has kept meanwhile is neither.
    """
    seen = [(item, one) for item, one in found if one is not None]
    left_out = Counter({NOT_ANALYSED: len(found) - len(seen)} if len(seen) < len(found) else {})
    try:
        with transaction.atomic():
            kept, not_kept = _keep(kind, run, seen, method)
    except IntegrityError:
        # Another sweep kept one of them first, or it was withdrawn while it was written: the others by themselves.
        if len(seen) == 1:
            return 0, left_out
        halves = [keep(kind, run, half, method) for half in (seen[: len(seen) // 2], seen[len(seen) // 2 :])]
        return sum(kept for kept, _ in halves), sum((reasons for _, reasons in halves), left_out)
    return kept, left_out + not_kept


def _keep(kind: Kind, run: Run, seen: Sequence[tuple[Item, Seen]], method: dict[str, str]) -> tuple[int, Counter[str]]:
    # Asked again under a lock, because somebody may have said no while their words were being read.
    agreed = Contribution.objects.agreed_to(Use.STATISTICS).order_by("pk").select_for_update(of=("self",))
    may = set(agreed.filter(pk__in={item.contribution_id for item, _ in seen}).values_list("pk", flat=True))
    ids = [item.pk for item, _ in seen]
    there = set(kind.source._default_manager.filter(pk__in=ids).values_list("pk", flat=True))
    read = set(kind.reading.objects.filter(pk__in=ids, **method).values_list("pk", flat=True))
    reasons = Counter(LeftOut.WITHDRAWN.value for item, _ in seen if item.pk not in there)
    reasons += Counter(
        LeftOut.NO_CONSENT.value for item, _ in seen if item.pk in there and item.contribution_id not in may
    )
    new = [(item, one) for item, one in seen if item.pk in there - read and item.contribution_id in may]
    _write(kind, run, new)
    Run.objects.filter(pk=run.pk).update(read=F("read") + len(new))
    return len(new), reasons


def _write(kind: Kind, run: Run, new: Sequence[tuple[Item, Seen]]) -> None:
    kind.reading.objects.filter(pk__in=[item.pk for item, _ in new]).delete()
    kind.reading.objects.bulk_create(
        [kind.reading(pk=item.pk, run=run, statements=one.statements) for item, one in new], batch_size=ROWS
    )
    tags = [kind.tag(reading_id=item.pk, **kind.facts(tag, item)) for item, one in new for tag in one.tags]
    kind.tag.objects.bulk_create(tags, batch_size=ROWS)
