"""What themes are learned from, and how; `tools/train_tagger.py` says when."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from analysis.codebook import Codebook
from analysis.codebook.examples import examples
from analysis.learning import Labelled, Settings, learn
from analysis.learning.blocks import Texts, Weights
from analysis.learning.gate import taken_over
from analysis.learning.multilabel import groups_of
from analysis.pipeline import analyse, facts
from analysis.pipeline.encoder import MINILM, Encoder, MiniLM
from analysis.pipeline.statements import statements
from analysis.pipeline.theme_models import NoMeaning, ThemeModels
from analysis.pipeline.tokens import tokens
from analysis.pipeline.windows import windows
from tools.measure_tagging import Example as Coded
from tools.measure_tagging import examples as statements_for_rules

WEIGHTS = Weights(facts=0.3)  # rules are written for these themes, so what they find counts for more

Bools = NDArray[np.bool_]


def models_of(codebook: Codebook, models: Path, coded: Sequence[Coded]) -> ThemeModels:
    """Learn themes and valences; a theme is spoken for by its model where that is no worse on `coded` texts."""
    encoder: Encoder = MiniLM(models / MINILM) if (models / MINILM / "model.onnx").exists() else NoMeaning()
    with threadpool_limits(1):
        examples_, judges = themed(codebook, encoder)
        themes = learn(examples_, Settings(weights=WEIGHTS), judges)
        valences = learn(valenced(codebook, encoder), Settings(weights=WEIGHTS))
    silent = ThemeModels(themes, valences, frozenset(), encoder, codebook, "unsaved")
    takes_over = taken_over(meant(coded, codebook), by_rules(coded, codebook), by_model(coded, silent))
    spoken_for = frozenset(slug for slug, does in zip(themes.labels, takes_over, strict=True) if does)
    return ThemeModels(themes, valences, spoken_for, encoder, codebook, "unsaved")


def themed(codebook: Codebook, encoder: Encoder) -> tuple[Labelled, Bools]:
    """Statements and cues with their themes, and which of them judge: statements that no rule was written to match.

    The rules were tuned to the others and match nearly all of them; to learn that would be to trust rules too much, so
    there the models do not see what the rules found.
    """
    written, tuned = examples(), statements_for_rules()
    cues = [(cue, {theme.slug}) for theme in codebook.themes for cue in theme.cues]
    said = [one.text for one in written] + [one.text for one in tuned] + [cue for cue, _ in cues]
    themes = [set(one.themes) for one in written] + [set(one.themes) for one in tuned] + [slugs for _, slugs in cues]
    judges = np.arange(len(said)) < len(written)
    found = facts.of_texts(said, codebook) * judges[:, None]
    slugs = tuple(theme.slug for theme in codebook.themes)
    given = np.array([[slug in has for slug in slugs] for has in themes], dtype=bool)
    return Labelled(Texts(said, encoder.encode(said), found.astype(np.float32)), slugs, given, groups_of(said)), judges


def valenced(codebook: Codebook, encoder: Encoder) -> Labelled:
    """Statements that carry a theme, with how the experience was."""
    pairs = [(example.text, example.valence) for example in examples() if example.themes]
    pairs += [
        (one.text, next(iter(one.themes.values())))
        for one in statements_for_rules()
        if len(set(one.themes.values())) == 1
    ]
    said = [text for text, _ in pairs]
    given = np.array([[valence == each for each in codebook.valences] for _, valence in pairs], dtype=bool)
    texts = Texts(said, encoder.encode(said), facts.of_texts(said, codebook))
    return Labelled(texts, codebook.valences, given, groups_of(said))


def meant(coded: Sequence[Coded], codebook: Codebook) -> Bools:
    """The themes a person gave each text, (texts, themes)."""
    return np.array([[theme.slug in one.themes for theme in codebook.themes] for one in coded], dtype=bool)


def by_rules(coded: Sequence[Coded], codebook: Codebook) -> Bools:
    """The themes that rules give each text."""
    found = [{tag.theme for tag in analyse(one.text, codebook).tags} for one in coded]
    return np.array([[theme.slug in has for theme in codebook.themes] for has in found], dtype=bool)


def by_model(coded: Sequence[Coded], models: ThemeModels) -> Bools:
    """The themes that models would give each text, were they asked about all."""
    return np.stack([likeliest(one.text, models) > models.themes.thresholds for one in coded])


def likeliest(text: str, models: ThemeModels) -> NDArray[np.float32]:
    """How likely each theme is somewhere in a text, (themes,)."""
    looked_at = windows(statements(text, tokens(text)))
    if not looked_at:
        return np.zeros(len(models.themes.labels), dtype=np.float32)
    return models.probabilities([text[window.start : window.end] for window in looked_at]).max(axis=0)
