"""What the evidence screen shows: statements with the words that earned them their theme, published and live apart."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from analysis.codebook import Codebook, Theme
from analysis.models import HistoricTag, PassageTag, Topic, TopicWatch
from analysis.report.evidence import sentence_around
from feedback.models import Passage

# Enough of each theme to choose one by, and as much of one theme as a person reads in a sitting.
EACH_OF_MANY = 2
OF_ONE = 40
OF_TOPIC = 12


@dataclass(frozen=True)
class Shown:
    """One statement: the words before the evidence, the evidence, and the words after it."""

    before: str = field(repr=False)
    evidence: str = field(repr=False)
    after: str = field(repr=False)
    valence: str
    facts: tuple[str, ...]
    year: int | None = None


@dataclass(frozen=True)
class ThemeEvidence:
    """One theme with statements that show it."""

    theme: Theme
    shown: Sequence[Shown]


def historic(book: Codebook, slug: str, valence: str) -> list[ThemeEvidence]:
    """Published evidence by theme, in the order of the record; of one theme if `slug` names it."""
    tags = HistoricTag.objects.filter(part__roundtable__is_historic=True).select_related("part__roundtable")
    ordered = tags.order_by("part__roundtable", "part__position", "start")
    return _by_theme(book, slug, _of(ordered, valence), _published)


def live(book: Codebook, slug: str, valence: str) -> list[ThemeEvidence]:
    """Reviewed passages by theme, drawn anew each time, so that no order and no number tells who spoke when.

    Only those whose contributor agreed to be described or quoted: a tag made for counting lets nobody read the words.
    """
    tags = PassageTag.objects.filter(reading__passage__in=Passage.objects.for_reading())
    tags = tags.select_related("reading__passage__contribution").order_by("?")
    return _by_theme(book, slug, _of(tags, valence), _reviewed)


def unsorted() -> list[Shown]:
    """Reviewed passages that may be described or quoted and have no theme, because they may not be counted."""
    readable = Passage.objects.for_reading().filter(contribution__may_statistics=False)
    return [
        Shown("", passage.text, "", "", _permitted(passage))
        for passage in readable.select_related("contribution").order_by("?")[:OF_ONE]
    ]


def of_topic(topic: Topic) -> list[Shown]:
    """The statements nearest the middle of a topic that may be described or quoted, one of each contribution."""
    return _one_of_each(topic.statements.order_by("nearness"))


def of_alert(watch: TopicWatch) -> list[Shown]:
    """The statements of an alert that may be described or quoted, one of each contribution."""
    return _one_of_each(watch.statements.order_by("pk"))


def _one_of_each(statements: QuerySet) -> list[Shown]:
    rows = statements.filter(passage__in=Passage.objects.for_reading()).select_related("passage__contribution")
    firsts: dict[UUID, Any] = {}
    for row in rows:
        firsts.setdefault(row.passage.contribution_id, row)
    chosen = list(firsts.values())[:OF_TOPIC]
    return [
        Shown("", row.passage.text[row.start : row.end], "", "", _permitted(row.passage))
        for row in random.sample(chosen, len(chosen))
    ]


def _of(tags: QuerySet, valence: str) -> QuerySet:
    return tags.filter(valence=valence) if valence else tags


def _by_theme(book: Codebook, slug: str, tags: QuerySet, show: Callable[..., Shown]) -> list[ThemeEvidence]:
    wanted = [book.theme(slug)] if slug else [*book.core(), *(theme for theme in book.themes if theme.number is None)]
    drawn: dict[str, list[UUID]] = {theme.slug: [] for theme in wanted}
    for theme, pk in tags.filter(theme__in=drawn).values_list("theme", "pk"):
        if len(drawn[theme]) < (OF_ONE if slug else EACH_OF_MANY):
            drawn[theme].append(pk)
    rows = tags.order_by().in_bulk([pk for pks in drawn.values() for pk in pks])
    found = [ThemeEvidence(theme, [show(rows[pk]) for pk in drawn[theme.slug]]) for theme in wanted]
    return [group for group in found if group.shown]


def _published(tag: HistoricTag) -> Shown:
    record = tag.part.roundtable
    facts = (record.title, tag.part.section, tag.part.get_kind_display())
    return _cut(tag.part.text, tag, tuple(fact for fact in facts if fact), record.held_on.year)


def _reviewed(tag: PassageTag) -> Shown:
    passage = tag.reading.passage
    return _cut(passage.text, tag, _permitted(passage), None)


def _permitted(passage: Passage) -> tuple[str, ...]:
    """Whose experience it is, and what may be done with the words."""
    given = passage.contribution
    quote = "Agreed to be quoted" if given.may_quote else "Not to be quoted"
    describe = "Agreed to be described in our words" if given.may_paraphrase else "Not to be described in our words"
    return given.get_voice_display(), quote, describe


def _cut(text: str, tag: HistoricTag | PassageTag, facts: tuple[str, ...], year: int | None) -> Shown:
    start, end = sentence_around(text, tag.start, tag.end)
    return Shown(
        before=text[start : tag.start],
        evidence=text[tag.start : tag.end],
        after=text[tag.end : end],
        valence=tag.get_valence_display(),
        facts=facts,
        year=year,
    )
