"""How right a tagger is on statements that nobody learned from, and which themes a model may speak for."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from analysis.codebook import Codebook
from analysis.learning import metrics
from analysis.learning.gate import ACCEPTED, taken_over
from analysis.pipeline.results import Analysis
from analysis.pipeline.tagger import Tagger
from analysis.pipeline.theme_models import ThemeModels
from analysis.pipeline.theme_training import Bools, Coded, Lesson, by_model, by_rules, meant
from analysis.quality.figures import wilson
from analysis.relearning.material import HeldOut

AT_ONCE = 100  # passages
Said = list[dict[str, str]]  # for each statement, how each theme was


@dataclass(frozen=True)
class Figures:
    """How right themes are, 0-1, over all themes of `statements` statements; `low` to `high` is 95 % for micro.

    `valence` is the share of rightly found themes whose valence is right, too, and `valence_low` the lower end of its
    95 % interval; both are None where none was found.
    """

    statements: int
    micro: float
    low: float
    high: float
    precision: float
    recall: float
    valence: float | None
    valence_low: float | None

    def as_json(self) -> dict[str, Any]:
        """Plain values for a record."""
        return asdict(self)

    def is_no_worse_than(self, other: "Figures") -> bool:
        """Whether themes are found as rightly, and valences told no worse than chance makes them differ.

        Valences are told of the themes that were found, which are not the same ones.
        """
        return self.micro >= other.micro and (self.valence or 0) >= (other.valence_low or 0)


def said_of(held_out: Sequence[HeldOut], tagger: Tagger) -> Said:
    """What a tagger says of each statement, its passage read as a whole."""
    texts = list(dict.fromkeys(one.text for one in held_out))
    found: dict[str, Analysis] = {}
    for start in range(0, len(texts), AT_ONCE):
        some = texts[start : start + AT_ONCE]
        found.update(zip(some, tagger.tag(some), strict=True))
    return [
        {tag.theme: tag.valence for tag in found[one.text].tags if one.start <= tag.start < one.end} for one in held_out
    ]


def figures(held_out: Sequence[HeldOut], said: Said, codebook: Codebook) -> Figures:
    """How right this is. Intervals are over whole contributions."""
    wanted, given = _table([one.themes for one in held_out], codebook), _table(said, codebook)
    _, groups = np.unique([one.contribution for one in held_out], return_inverse=True)
    labels = tuple(theme.slug for theme in codebook.themes)
    measured = metrics.measure(wanted, given, labels, groups)
    right = int((wanted & given).sum())
    valences = [
        valence in one.themes[theme]
        for one, themes in zip(held_out, said, strict=True)
        for theme, valence in themes.items()
        if theme in one.themes
    ]
    low, high = measured["intervals"]["micro"]
    return Figures(
        statements=len(held_out),
        micro=measured["micro"],
        low=low,
        high=high,
        precision=round(right / max(1, int(given.sum())), 4),
        recall=round(right / max(1, int(wanted.sum())), 4),
        valence=round(sum(valences) / len(valences), 4) if valences else None,
        valence_low=round(wilson(sum(valences), len(valences))[0], 4) if valences else None,
    )


def speakers(
    silent: ThemeModels,
    before: frozenset[str],
    blind: Sequence[Coded],
    held_out: Sequence[HeldOut],
    live: Sequence[Lesson],
) -> frozenset[str]:
    """The themes that newly learned models may speak for.

    Where people gave a theme to `ACCEPTED` live statements, and it is in the audit sample, that sample decides.
    Elsewhere nothing is newly taken over from rules: a theme stays with models if they spoke for it `before` by the
    blind texts and are still no worse than rules there.
    """
    book = silent.known
    every = silent.speaking_for(silent.themes.labels)
    wanted = _table([one.themes for one in held_out], book)
    rules, models = (_table(said_of(held_out, Tagger(book, by)), book) for by in (None, every))
    accepted = meant(live, book).sum(axis=0) if live else np.zeros(len(book.themes), dtype=np.int64)
    by_people = taken_over(wanted, rules, models, accepted)
    is_judged = (accepted >= ACCEPTED) & wanted.any(axis=0)
    by_blind = taken_over(meant(blind, book), by_rules(blind, book), by_model(blind, silent))
    spoke = np.array([theme.slug in before for theme in book.themes])
    speaks = np.where(is_judged, by_people, by_blind & spoke)
    return frozenset(slug for slug, does in zip(silent.themes.labels, speaks, strict=True) if does)


def _table(found: Sequence[Any], codebook: Codebook) -> Bools:
    return np.array([[theme.slug in has for theme in codebook.themes] for has in found], dtype=bool)
