"""Finds the passages that have what was asked for, and the passages that are alike, in an order that says nothing.

Every search reads the passages themselves, among those that may be read at that moment: there is no copy of their
words to keep in step, and none to forget.
"""

from collections.abc import Iterable, Sequence
from heapq import nsmallest
from uuid import UUID

from django.db.models import Q, QuerySet

from analysis.models import Alike, Search
from analysis.search.query import Query, Term, read
from feedback.drawing import lot
from feedback.models import Passage

A_PAGE = 10
FARTHEST = 4  # pages; what a person reads in a sitting, and too little to count by
MOST_ALIKE = 10


def found(search: Search) -> list[UUID]:
    """The passages a search shows, in its order: drawn by lot, and the same as long as the search stands.

    At most `FARTHEST` pages of words, or the nearest `MOST_ALIKE` of a likeness.
    """
    passages = _alike(search.like_passage_id) if search.like_passage_id else _having(read(search.words))
    return nsmallest(A_PAGE * FARTHEST, passages, key=lambda pk: lot("search", search.pk, pk))


def page(passages: Sequence[UUID], number: int) -> list[Passage]:
    """The passages of one page, in their order, without those that were taken back meanwhile."""
    wanted = passages[(number - 1) * A_PAGE : number * A_PAGE]
    rows = Passage.objects.for_reading().in_bulk(wanted)
    return [rows[pk] for pk in wanted if pk in rows]


def _having(query: Query) -> Iterable[UUID]:
    rows = Passage.objects.for_reading()
    for term in query.wanted:
        rows = rows.filter(_has(term))
    for term in query.unwanted:
        rows = rows.exclude(_has(term))
    return _keys(rows)


def _keys(rows: QuerySet[Passage]) -> Iterable[UUID]:
    return rows.order_by().values_list("pk", flat=True).iterator(chunk_size=5000)


def _has(term: Term) -> Q:
    # A plain look for letters first: it passes over most texts before the slower pattern reads them.
    letters = Q()
    for one in term.has_any:
        letters |= Q(text__icontains=one)
    return letters & Q(text__iregex=term.pattern)


def _alike(passage_id: UUID) -> list[UUID]:
    """The nearest that may be read; a pair is kept once and told from both sides."""
    readable = Passage.objects.for_reading()
    there = Alike.objects.filter(passage=passage_id, other__passage__in=readable).values_list("other_id", "likeness")
    back = Alike.objects.filter(other=passage_id, passage__passage__in=readable).values_list("passage_id", "likeness")
    likeness = dict([*there, *back])
    return sorted(likeness, key=lambda pk: (-likeness[pk], pk))[:MOST_ALIKE]
