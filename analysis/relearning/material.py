"""What is learned from and what judges: statements of reviewed passages that people coded and that may be counted.

The audit sample judges and never teaches, and nobody who is in it teaches with anything else they said.
"""

from dataclasses import dataclass, field

from analysis.coding.audited import audited
from analysis.coding.places import codable
from analysis.coding.standing import Codes, Themes
from analysis.editions import current
from analysis.models import Coding
from analysis.pipeline.theme_training import Lesson
from feedback.models import Passage


@dataclass(frozen=True)
class HeldOut:
    """A settled statement of the audit sample: a span of its passage's text, and how each theme in it was."""

    contribution: str
    text: str = field(repr=False)
    start: int
    end: int
    themes: Themes


def held_out() -> list[HeldOut]:
    """Every such statement, under the themes' names of today."""
    settled = [one for one in audited() if one.settled is not None]
    passages = Passage.objects.in_bulk({one.passage_id for one in settled})
    return [
        HeldOut(
            contribution=str(passages[one.passage_id].contribution_id),
            text=passages[one.passage_id].text,
            start=one.start,
            end=one.end,
            themes=_today(one.settled or {}),
        )
        for one in settled
    ]


def taught() -> list[Lesson]:
    """Every statement that people coded with suggestions shown, by their decision; "none of these" teaches too."""
    judging = codable().filter(decision__sealed_text__is_audited=True).values("contribution_id")
    passages = codable().exclude(contribution_id__in=judging).in_bulk()
    codes = Codes.of(Coding.objects.filter(was_blind=False, passage__in=list(passages)))
    return [
        _lesson(passages[pk], one.start, one.end, _today(one.themes))
        for pk, statements in sorted(codes.statements.items())
        for one in sorted(statements, key=lambda one: one.start)
    ]


def _lesson(passage: Passage, start: int, end: int, themes: Themes) -> Lesson:
    valences = set().union(*themes.values())
    return Lesson(
        text=passage.text[start:end],
        themes=frozenset(themes),
        valence=valences.pop() if len(valences) == 1 else "",
        told_by=str(passage.contribution_id),
    )


def _today(themes: Themes) -> Themes:
    """Themes under their names of today; one that the codebook no longer has is no longer looked for."""
    book = current()
    slugs = {theme.slug for theme in book.themes}
    found: Themes = {}
    for theme, valences in themes.items():
        if book.now(theme) in slugs:
            found.setdefault(book.now(theme), set()).update(valences)
    return found
