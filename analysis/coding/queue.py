"""What a person codes next: the audit sample first, then a mixture whose shares are written here.

`MIX` says of how many in a hundred statements each kind is; where one kind has run out, the next takes its place:

random
    drawn by lot from everything, so that what people find stands for what was said;
unsure
    where rules and models least agree: a model saw a theme that no rule found, and was less than `SURE` of it;
rare
    where the machine sees a theme that people have coded fewer than `RARE` times.

Rules and models speak for different themes, so they cannot contradict each other outright.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from uuid import UUID

from django.db.models import Count, Q

from accounts.models import User
from analysis.coding.places import Place, codable, places
from analysis.models import CodedTag, Coding, PassageTag, Source, Standing
from feedback.drawing import lot
from feedback.models import Passage

MIX = {"random": 50, "unsure": 30, "rare": 20}
SURE = 0.75
RARE = 10
CODERS = 2  # of each audited statement
FARTHEST = 200  # statements a person can skip

Spans = dict[UUID, dict[tuple[int, int], set[UUID]]]


def place_at(coder: User, number: int) -> Place | None:
    """The statement at this place of a person's queue, 0 being the next one, or None where the queue is shorter."""
    return next(islice(_queue(coder), number, number + 1), None) if 0 <= number <= FARTHEST else None


def _queue(coder: User) -> Iterator[Place]:
    rows = list(codable().values_list("pk", "decision__sealed_text__is_audited", "reading__statements"))
    audited = sorted((pk for pk, is_audited, _ in rows if is_audited), key=lambda pk: lot("order", pk))
    coded = _coded(rows)
    yield from _audit(audited, coded, coder)
    kept_for_two = set(audited)
    yield from _mixed({pk: said for pk, _, said in rows if said and pk not in kept_for_two}, coded, coder)


def _coded(rows: Sequence[tuple[UUID, bool, int | None]]) -> Spans:
    """Who has coded which statements of these passages."""
    spans: Spans = defaultdict(lambda: defaultdict(set))
    known = {pk for pk, _, _ in rows}
    readings = Coding.objects.filter(standing=Standing.READING)
    for passage, start, end, coder in readings.values_list("passage_id", "start", "end", "coder_id"):
        if passage in known:
            spans[passage][start, end].add(coder)
    return spans


def _audit(passages: list[UUID], coded: Spans, coder: User) -> Iterator[Place]:
    for pk in passages:
        by = coded.get(pk, {})
        for place in _places(pk):
            coders = by.get((place.start, place.end), set())
            if coder.pk not in coders and len(coders) < CODERS:
                yield place


def _mixed(passages: dict[UUID, int], coded: Spans, coder: User) -> Iterator[Place]:
    """The kinds interleaved by lot. Each statement once, none that anybody has coded."""
    order = sorted(passages, key=lambda pk: lot("order", pk))
    left = [pk for pk in order if len(coded.get(pk, {})) < passages[pk]]
    kinds: dict[str, Iterator[Place]] = {
        "random": (place for pk in left for place in _places(pk)),
        "unsure": _showing(left, Q(source=Source.MODEL, score__lt=SURE)),
        "rare": _showing(left, Q(theme__in=_rare_themes())),
    }
    seen = {(pk, *span) for pk, spans in coded.items() for span in spans}
    turn = Coding.objects.filter(coder=coder).count()
    while kinds:
        kind = _drawn(lot("kind", coder.pk, turn), list(kinds))
        place = next((one for one in kinds[kind] if (one.passage.pk, one.start, one.end) not in seen), None)
        if place is None:
            del kinds[kind]
            continue
        seen.add((place.passage.pk, place.start, place.end))
        turn += 1
        yield place


def _drawn(at: float, kinds: list[str]) -> str:
    whole = sum(MIX[kind] for kind in kinds)
    below = 0.0
    for kind in kinds:
        below += MIX[kind] / whole
        if at < below:
            return kind
    return kinds[-1]


def _showing(passages: list[UUID], which: Q) -> Iterator[Place]:
    """The statements in which the machine saw such a tag, in the order of the passages."""
    starts: dict[UUID, list[int]] = defaultdict(list)
    for pk, start in PassageTag.objects.filter(which).values_list("reading_id", "start"):
        starts[pk].append(start)
    for pk in passages:
        if pk in starts:
            yield from (one for one in _places(pk) if any(one.start <= start < one.end for start in starts[pk]))


def _rare_themes() -> list[str]:
    seen = PassageTag.objects.values_list("theme", flat=True).distinct()
    coded = dict(CodedTag.objects.values_list("theme").annotate(Count("pk")))
    return [theme for theme in seen if coded.get(theme, 0) < RARE]


def _places(pk: UUID) -> list[Place]:
    beside = ("contribution__consultation__organisation", "decision__sealed_text")
    passage = Passage.objects.select_related(*beside).filter(pk=pk).first()
    return list(places(passage)) if passage else []
