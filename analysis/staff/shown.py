"""What the evidence screen shows: statements with the words that earned them their theme, published and live apart."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from analysis.codebook import Codebook, Theme
from analysis.coding.standing import Codes
from analysis.models import CodedTag, Coding, HistoricTag, PassageTag, Topic, TopicWatch
from analysis.models.tagging import TagFields
from analysis.pipeline.speaking_of import speaks_of
from analysis.report.evidence import sentence_around
from feedback.models import Passage

# Enough of each theme to choose one by, and as much of one theme as a person reads in a sitting.
EACH_OF_MANY = 2
OF_ONE = 40
OF_TOPIC = 12
UNCHECKED = "not yet checked by a person"


@dataclass(frozen=True)
class Shown:
    """One statement: the words before the evidence, the evidence, and the words after it."""

    before: str = field(repr=False)
    evidence: str = field(repr=False)
    after: str = field(repr=False)
    valence: str
    facts: tuple[str, ...]
    year: int | None = None
    made_by: str = ""  # who or what says that it is about the theme
    speaks_of: tuple[str, ...] = ()  # agencies, stages of a case and kinds of crime that its words name


@dataclass(frozen=True)
class ThemeEvidence:
    """One theme with statements that show it."""

    theme: Theme
    shown: Sequence[Shown]


def historic(book: Codebook, slug: str, valence: str) -> list[ThemeEvidence]:
    """Published evidence by theme, in the order of the record; of one theme if `slug` names it."""
    tags = HistoricTag.objects.filter(part__roundtable__is_historic=True).select_related("part__roundtable")
    ordered = _of(tags.order_by("part__roundtable", "part__position", "start"), valence)
    drawn = _by_theme(book, slug, ordered.values_list("theme", "pk"))
    return _shown(drawn, {pk: _published(tag) for pk, tag in tags.in_bulk(_keys(drawn)).items()})


def live(book: Codebook, slug: str, valence: str) -> list[ThemeEvidence]:
    """Reviewed passages by theme, drawn anew each time, so that no order and no number tells who spoke when.

    In a statement that a person has coded, what people found is shown and the machine's tags are not. Only passages
    whose contributor agreed to be described or quoted: a tag made for counting lets nobody read the words.
    """
    readable = Passage.objects.for_reading()
    codes = Codes.of(Coding.objects.filter(passage__in=readable))
    tags = PassageTag.objects.filter(reading__passage__in=readable)
    found = [
        (theme, pk)
        for theme, pk, passage, start in _of(tags, valence).values_list("theme", "pk", "reading_id", "start")
        if not codes.covers(passage, start)
    ]
    by_people = {tag.pk: one.made_by for one in codes.all() for tag in one.tags}
    coded = CodedTag.objects.filter(pk__in=by_people)
    found += [(book.now(theme), pk) for theme, pk in _of(coded, valence).values_list("theme", "pk")]
    drawn = _by_theme(book, slug, random.sample(found, len(found)))
    of_machine = tags.select_related("reading__passage__contribution").in_bulk(_keys(drawn))
    of_people = coded.select_related("coding__passage__contribution").in_bulk(_keys(drawn))
    return _shown(
        drawn,
        {pk: _reviewed(tag.reading.passage, tag, f"{machine(tag)}, {UNCHECKED}") for pk, tag in of_machine.items()}
        | {pk: _reviewed(tag.coding.passage, tag, by_people[pk]) for pk, tag in of_people.items()},
    )


def machine(tag: TagFields) -> str:
    """What made a machine's tag: a rule, or a model and how sure it is."""
    return tag.get_source_display() if tag.score is None else f"{tag.get_source_display()}, {tag.score:.0%} sure"


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


def _by_theme(book: Codebook, slug: str, found: Iterable[tuple[str, UUID]]) -> dict[Theme, list[UUID]]:
    """The first tags of each theme, as many as are shown, in the codebook's order."""
    wanted = [book.theme(slug)] if slug else [*book.core(), *(theme for theme in book.themes if theme.number is None)]
    drawn: dict[Theme, list[UUID]] = {theme: [] for theme in wanted}
    by_slug = {theme.slug: theme for theme in wanted}
    for theme, pk in found:
        if theme in by_slug and len(drawn[by_slug[theme]]) < (OF_ONE if slug else EACH_OF_MANY):
            drawn[by_slug[theme]].append(pk)
    return drawn


def _keys(drawn: Mapping[Theme, Sequence[UUID]]) -> list[UUID]:
    return [pk for pks in drawn.values() for pk in pks]


def _shown(drawn: Mapping[Theme, Sequence[UUID]], by_key: Mapping[UUID, Shown]) -> list[ThemeEvidence]:
    found = [ThemeEvidence(theme, [by_key[pk] for pk in pks if pk in by_key]) for theme, pks in drawn.items()]
    return [group for group in found if group.shown]


def _published(tag: HistoricTag) -> Shown:
    record = tag.part.roundtable
    facts = (record.title, tag.part.section, tag.part.get_kind_display())
    return _cut(tag.part.text, tag, tuple(fact for fact in facts if fact), machine(tag), record.held_on.year)


def _reviewed(passage: Passage, tag: PassageTag | CodedTag, made_by: str) -> Shown:
    return _cut(passage.text, tag, _permitted(passage), made_by)


def _permitted(passage: Passage) -> tuple[str, ...]:
    """Whose experience it is, and what may be done with the words."""
    given = passage.contribution
    quote = "Agreed to be quoted" if given.may_quote else "Not to be quoted"
    describe = "Agreed to be described in our words" if given.may_paraphrase else "Not to be described in our words"
    return given.get_voice_display(), quote, describe


def _cut(
    text: str, tag: HistoricTag | PassageTag | CodedTag, facts: tuple[str, ...], made_by: str, year: int | None = None
) -> Shown:
    start, end = sentence_around(text, tag.start, tag.end)
    return Shown(
        before=text[start : tag.start],
        evidence=text[tag.start : tag.end],
        after=text[tag.end : end],
        valence=tag.get_valence_display(),
        facts=facts,
        year=year,
        made_by=made_by,
        speaks_of=tuple(subject.name for subject in speaks_of(text[start:end])),
    )
