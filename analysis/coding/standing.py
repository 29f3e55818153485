"""What people's codings of statements come to, and so which of the machine's tags they stand in the place of.

A settled coding counts alone. Where two people coded a statement and nobody has settled it, what both found counts.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from analysis.models import CodedTag, Coding, Standing

Themes = dict[str, set[str]]  # theme, as it was called when it was coded, and how the experience was


@dataclass(frozen=True)
class Statement:
    """One coded statement of a passage, and the themes that count for it; without any, it has none.

    `tags` shows each of these themes once, with its words and, as `tag.coding`, who found it.
    """

    start: int
    end: int
    themes: Themes
    tags: tuple[CodedTag, ...] = field(default=(), repr=False)
    made_by: str = ""


@dataclass(frozen=True)
class Codes:
    """The coded statements of passages. A fixed number of queries, however many there are."""

    statements: dict[UUID, list[Statement]] = field(default_factory=dict)

    @classmethod
    def of(cls, codings: "QuerySet[Coding]") -> "Codes":
        """What these codings come to."""
        rows = codings.order_by("pk").prefetch_related(Prefetch("tags", CodedTag.objects.order_by("start")))
        same: dict[UUID, dict[tuple[int, int], list[Coding]]] = defaultdict(lambda: defaultdict(list))
        for one in rows:
            same[one.passage_id][one.start, one.end].append(one)
        return cls({pk: [_statement(at, made) for at, made in spans.items()] for pk, spans in same.items()})

    def covers(self, passage_id: UUID, start: int) -> bool:
        """Whether a person has coded the statement that has these words."""
        return any(one.start <= start < one.end for one in self._of(passage_id))

    def has_theme(self, passage_id: UUID, start: int, end: int) -> bool:
        """Whether what people found in the coded statements that overlap this span is a theme, any at all."""
        return any(one.themes for one in self._of(passage_id) if one.start < end and start < one.end)

    def contradict(self, passage_id: UUID, start: int, theme: str, now: Callable[[str], str]) -> bool:
        """Whether a person has coded the statement that has these words, and did not find this theme.

        `now` gives the name under which a theme is counted today.
        """
        coded = (one for one in self._of(passage_id) if one.start <= start < one.end)
        return any(now(theme) not in map(now, one.themes) for one in coded)

    def found(self) -> Iterator[tuple[UUID, str, str]]:
        """Each passage, theme and valence that people found."""
        for passage, statements in self.statements.items():
            for statement in statements:
                for theme, valences in statement.themes.items():
                    yield from ((passage, theme, valence) for valence in sorted(valences))

    def all(self) -> Iterator[Statement]:
        """Every coded statement."""
        for statements in self.statements.values():
            yield from statements

    def _of(self, passage_id: UUID) -> list[Statement]:
        return self.statements.get(passage_id, [])


def _statement(at: tuple[int, int], made: list[Coding]) -> Statement:
    themes = stand(made)
    settled = [one for one in made if one.standing != Standing.READING]
    tags = [tag for tag in (settled or made)[0].tags.all() if tag.theme in themes]
    return Statement(*at, themes, tuple(tags), _made_by(made, is_settled=bool(settled)))


def _made_by(made: list[Coding], *, is_settled: bool) -> str:
    if is_settled:
        return "Coded by two people and settled"
    return "Coded by a person" if len(made) == 1 else "Coded by two people, who agree"


def stand(codings: Iterable[Coding]) -> Themes:
    """The themes that count for one statement, of all the codings made of it."""
    made = list(codings)
    settled = [one for one in made if one.standing != Standing.READING]
    found = [_themes(one) for one in settled or made]
    both = set(found[0]).intersection(*found)
    return {theme: set().union(*(one[theme] for one in found)) for theme in sorted(both)}


def differ(codings: Iterable[Coding]) -> bool:
    """Whether people found different themes in one statement, or another experience with one."""
    first, *others = [_themes(one) for one in codings]
    return any(other != first for other in others)


def _themes(coding: Coding) -> Themes:
    found: Themes = defaultdict(set)
    for tag in coding.tags.all():
        found[tag.theme].add(tag.valence)
    return dict(found)
