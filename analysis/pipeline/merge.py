"""Folds the tags of a whole text into one for each theme."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.pipeline.results import Tag

# A statement that only names a theme says nothing against what another says of it.
SILENT = "neutral"


@dataclass(frozen=True)
class TextTag:
    """One theme of a text, without a place in it."""

    theme: str
    valence: str
    score: float | None
    source: str


def by_theme(tags: Iterable[Tag]) -> list[TextTag]:
    """One tag for each theme, in the order of their names: "mixed" where statements differ, with the surest score.

    A rule match has no score; where a rule and a model agree on a theme, the rule's word stands.
    """
    grouped: dict[str, list[Tag]] = {}
    for tag in tags:
        grouped.setdefault(tag.theme, []).append(tag)
    return [_merged(theme, grouped[theme]) for theme in sorted(grouped)]


def _merged(theme: str, tags: list[Tag]) -> TextTag:
    by_rule = [tag for tag in tags if tag.score is None]
    if by_rule:
        return TextTag(theme, _valence(tags), None, by_rule[0].source)
    surest = max(tags, key=lambda tag: tag.score or 0.0)
    return TextTag(theme, _valence(tags), surest.score, surest.source)


def _valence(tags: list[Tag]) -> str:
    said = {tag.valence for tag in tags}
    clear = said - {SILENT} or said
    return clear.pop() if len(clear) == 1 else "mixed"
