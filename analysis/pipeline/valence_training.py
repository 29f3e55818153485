"""Learns how experiences were, from lessons that say so, and finds where rules tell it more often rightly than that."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.codebook import Codebook
from analysis.learning import Labelled, Learned, Settings, learn
from analysis.learning.multilabel import within
from analysis.pipeline.tag import analyse
from analysis.pipeline.valence_models import chosen, weighed

Bools = NDArray[np.bool_]


class Told(Protocol):
    """A text with its themes and how the experience with them was."""

    @property
    def text(self) -> str:
        """What was said."""

    @property
    def themes(self) -> Collection[str]:
        """Slugs."""

    @property
    def valence(self) -> str:
        """One of the codebook's valences."""


def learn_valences(
    told: Sequence[Told], examples: Labelled, codebook: Codebook, settings: Settings, judges: Bools, written: Bools
) -> tuple[Learned, frozenset[str]]:
    """A model of valences, and the grounds on which rules keep the word, because they were right more often.

    `examples` are the lessons `told`, in the same order, seen with tones. Both judge and are judged only on `judges`,
    bool (lessons,), the model on each without having seen its group; `written` are nobody's contribution.
    """
    rows = within(examples, settings.seed)
    judging = judges[rows] if judges[rows].any() else np.ones(len(rows), dtype=bool)
    some = examples.some(rows)
    model = learn(some, settings, judging.astype(np.float32), written[rows])
    said = chosen(model.labels, weighed(model, model.unseen, some.texts), [""] * len(rows))
    judged = [(told[row], given) for row, given, does in zip(rows, said, judging, strict=True) if does]
    return model, better_by_rule(judged, codebook)


def better_by_rule(judged: Sequence[tuple[Told, str]], codebook: Codebook) -> frozenset[str]:
    """The grounds on which rules are right more often than a model, given lessons and what the model says of each."""
    lead: Counter[str] = Counter()
    for one, by_model in judged:
        themes = {codebook.now(theme) for theme in one.themes}
        for tag in analyse(one.text, codebook).tags:
            if tag.theme in themes:
                lead[tag.ground] += (tag.valence == one.valence) - (by_model == one.valence)
    return frozenset(ground for ground, ahead in lead.items() if ahead > 0)
