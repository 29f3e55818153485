"""Learns themes and valences from lessons: statements written for the project, and statements that people coded.

What a word is worth is learned from a contribution only if two others say it too, or a written statement does.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from analysis.codebook import Codebook
from analysis.learning import Labelled, Learned, Settings, learn
from analysis.learning.blocks import Texts, Weights
from analysis.learning.multilabel import groups_of
from analysis.learning.saving import NotAModel
from analysis.pipeline import facts
from analysis.pipeline.encoder import Encoder
from analysis.pipeline.statements import statements
from analysis.pipeline.tag import analyse
from analysis.pipeline.theme_models import ThemeModels
from analysis.pipeline.tokens import tokens
from analysis.pipeline.valence_models import with_tones
from analysis.pipeline.valence_training import learn_valences
from analysis.pipeline.windows import around, windows

# Chosen by how well models rank texts of an author they never read. Rules are written for these themes: what they find
# counts for more than elsewhere.
WEIGHTS, SMOOTHING = Weights(words=1.0, pairs=2.0, facts=0.3), 1.0
NOTHING = 0.25  # of what people write carries no theme
FEWEST = 3  # contributions that say a word, before a model keeps it
SETTINGS = Settings(weights=WEIGHTS, smoothing=SMOOTHING, fewest=FEWEST)
CORPUS = "corpus.json"

Bools = NDArray[np.bool_]
Floats = NDArray[np.float32]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Lesson:
    """A text with its themes and, where they share one, how the experience with them was.

    A typical lesson is like the texts to come, so it sets probabilities. `told_by` names the contribution it is from;
    it is empty where the text was written for the project.
    """

    text: str = field(repr=False)
    themes: frozenset[str]
    valence: str = ""
    is_typical: bool = True
    told_by: str = ""


class Coded(Protocol):
    """A text with the themes that people gave it."""

    @property
    def text(self) -> str:
        """What was said."""

    @property
    def themes(self) -> Collection[str]:
        """Slugs."""


@dataclass(frozen=True)
class Corpus:
    """What was written for the project: lessons, and the blind texts with their themes, which teach nothing."""

    lessons: tuple[Lesson, ...]
    blind: tuple[Lesson, ...]


def models_of(
    lessons: Sequence[Lesson], codebook: Codebook, encoder: Encoder, seed: int = 0, say: Say = lambda _: None
) -> ThemeModels:
    """Models of the codebook's themes and valences, none of which speaks for a theme yet. `say` hears each step."""
    settings = replace(SETTINGS, seed=seed)
    with threadpool_limits(1):
        say("Learning themes")
        themes = learn(_themed(lessons, codebook, encoder), settings, judging(lessons), _written(lessons))
        say("Learning how experiences were")
        valences, by_rule = valences_of(lessons, codebook, encoder, settings)
    return ThemeModels(themes, valences, frozenset(), encoder, codebook, "unsaved", by_rule)


def valences_of(
    lessons: Sequence[Lesson], codebook: Codebook, encoder: Encoder, settings: Settings = SETTINGS
) -> tuple[Learned, frozenset[str]]:
    """A model of the codebook's valences, and the grounds on which rules keep the word; see `learn_valences`."""
    told = [one for one in lessons if one.valence]
    examples = _valenced(told, codebook, encoder)
    return learn_valences(told, examples, codebook, settings, _typical(told), _written(told))


def _themed(lessons: Sequence[Lesson], codebook: Codebook, encoder: Encoder) -> Labelled:
    """What rules found is kept from the models in texts that rules were written to: else they trust rules too much."""
    texts = [one.text for one in lessons]
    found = facts.of_texts(texts, codebook) * _typical(lessons)[:, None]
    seen = Texts(texts, encoder.encode(texts), found.astype(np.float32))
    return Labelled(seen, tuple(theme.slug for theme in codebook.themes), meant(lessons, codebook), _groups(lessons))


def _valenced(lessons: Sequence[Lesson], codebook: Codebook, encoder: Encoder) -> Labelled:
    texts = [one.text for one in lessons]
    given = np.array([[one.valence == each for each in codebook.valences] for one in lessons], dtype=bool)
    seen = with_tones(Texts(texts, encoder.encode(texts), facts.of_texts(texts, codebook)), codebook)
    return Labelled(seen, codebook.valences, given, _groups(lessons))


def judging(lessons: Sequence[Lesson]) -> Floats:
    """How much each lesson counts where probabilities and thresholds are set, (lessons,): the more, the more typical.

    What people said counts as it is. Written lessons are made typical together: themes are not denser in them than in
    what people say, since one with several counts for less, and `NOTHING` of them carries no theme.
    """
    weights = _typical(lessons) / np.array([max(1, len(one.themes)) if not one.told_by else 1 for one in lessons])
    written = _written(lessons)
    without = np.array([not one.themes for one in lessons], dtype=bool) & written
    empty, full = weights[without].sum(), weights[written & ~without].sum()
    if empty and full:
        weights[without] *= full * NOTHING / (1 - NOTHING) / empty
    return np.asarray(weights, dtype=np.float32)


def _typical(lessons: Sequence[Lesson]) -> Bools:
    return np.array([one.is_typical for one in lessons], dtype=bool)


def _written(lessons: Sequence[Lesson]) -> Bools:
    return np.array([not one.told_by for one in lessons], dtype=bool)


def _groups(lessons: Sequence[Lesson]) -> NDArray[np.intp]:
    """A number for each lesson: the same for the same words, and for everything from one contribution."""
    alike = groups_of([one.text for one in lessons])
    known: dict[str, int] = {}
    numbers = [
        len(lessons) + known.setdefault(one.told_by, len(known)) if one.told_by else same
        for one, same in zip(lessons, alike.tolist(), strict=True)
    ]
    return np.array(numbers, dtype=np.intp)


def cues(codebook: Codebook) -> list[Lesson]:
    """The codebook's cues, each with its theme; rules are written to match them."""
    return [Lesson(cue, frozenset({theme.slug}), is_typical=False) for theme in codebook.themes for cue in theme.cues]


def meant(lessons: Sequence[Coded], codebook: Codebook) -> Bools:
    """The themes that people gave each text, under their names of today, (texts, themes)."""
    given = [{codebook.now(theme) for theme in one.themes} for one in lessons]
    return np.array([[theme.slug in has for theme in codebook.themes] for has in given], dtype=bool)


def by_rules(lessons: Sequence[Coded], codebook: Codebook) -> Bools:
    """The themes that rules give each text."""
    found = [{tag.theme for tag in analyse(one.text, codebook).tags} for one in lessons]
    return np.array([[theme.slug in has for theme in codebook.themes] for has in found], dtype=bool)


def by_model(lessons: Sequence[Coded], models: ThemeModels) -> Bools:
    """The themes that models would give each text, were they asked about all."""
    return np.stack([likeliest(one.text, models) > models.themes.thresholds for one in lessons])


def likeliest(text: str, models: ThemeModels) -> NDArray[np.float32]:
    """How likely each theme is somewhere in a text, (themes,)."""
    said = statements(text, tokens(text))
    if not said:
        return np.zeros(len(models.themes.labels), dtype=np.float32)
    looked_at = windows(said)
    parts = [text[window.start : window.end] for window in looked_at]
    return models.probabilities(parts, around(looked_at, len(said)))[: len(said)].max(axis=0)


def write_corpus(corpus: Corpus, folder: Path) -> None:
    """Keep beside the models of set-up what they were learned from, so that they can be learned again with more."""
    data = {name: [_entry(one) for one in getattr(corpus, name)] for name in ("lessons", "blind")}
    (folder / CORPUS).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def read_corpus(folder: Path) -> Corpus:
    """What the models in `folder` were learned from at set-up. Raises NotAModel if it is not there."""
    try:
        data: dict[str, Any] = json.loads((folder / CORPUS).read_text(encoding="utf-8"))
        lessons, blind = (tuple(_lesson(entry) for entry in data[name]) for name in ("lessons", "blind"))
    except (OSError, ValueError, KeyError, TypeError):
        raise NotAModel("What models are learned from at set-up is not there.") from None
    return Corpus(lessons, blind)


def _entry(one: Lesson) -> dict[str, Any]:
    return {"text": one.text, "themes": sorted(one.themes), "valence": one.valence, "is_typical": one.is_typical}


def _lesson(entry: dict[str, Any]) -> Lesson:
    return Lesson(entry["text"], frozenset(entry["themes"]), entry["valence"], entry["is_typical"])
