"""The statements of a reviewed passage, one of which a person codes at a time, and who may be asked to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from analysis.models import PassageTag
from feedback.languages import ENGLISH
from feedback.models import Passage, Use
from feedback.release import passages


@dataclass(frozen=True)
class Place:
    """One statement of a passage: the `number`th (from 1) `of` so many, a half-open span of code points."""

    passage: Passage = field(repr=False)
    number: int
    of: int
    start: int
    end: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The words of the passage before it."""
        return self.passage.text[: self.start]

    @property
    def after(self) -> str:
        """The words of the passage after it."""
        return self.passage.text[self.end :]


def codable() -> "QuerySet[Passage]":
    """Passages a person may code: in English, to be counted, and readable by analysts.

    A consent to count alone lets nobody read the words, so those passages keep the machine's tags.
    """
    language = Q(contribution__language__iexact=ENGLISH) | Q(contribution__language__istartswith=f"{ENGLISH}-")
    readable = Q(contribution__may_paraphrase=True) | Q(contribution__may_quote=True)
    return passages(Use.STATISTICS).filter(language & readable)


def places(passage: Passage) -> Sequence[Place]:
    """Every statement of a passage, in order."""
    # Imported here, because the pipeline's word lists are needed only when somebody codes.
    from analysis.pipeline.statements import statements  # noqa: PLC0415
    from analysis.pipeline.tokens import tokens  # noqa: PLC0415

    said = statements(passage.text, tokens(passage.text))
    return [Place(passage, number, len(said), one.start, one.end) for number, one in enumerate(said, start=1)]


@dataclass(frozen=True)
class Suggestion:
    """A theme the machine sees in a statement, with its evidence inside it; `is_rule` tells a rule from a model."""

    theme: str
    valence: str
    start: int
    end: int
    is_rule: bool
    score: float | None


def suggestions(place: Place) -> list[Suggestion]:
    """What the machine sees in a statement now, each theme once, in the order of the evidence."""
    found: dict[str, Suggestion] = {}
    tags = PassageTag.objects.filter(reading__passage=place.passage, start__gte=place.start, start__lt=place.end)
    for tag in tags.order_by("start", "end", "theme"):
        end = min(tag.end, place.end)
        found.setdefault(tag.theme, Suggestion(tag.theme, tag.valence, tag.start, end, tag.source == "rule", tag.score))
    return list(found.values())
