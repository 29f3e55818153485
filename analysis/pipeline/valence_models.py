"""How experiences were, as a model tells it: what it sees of texts, and how it chooses a valence.

A model hears how a statement sounds and, where the text is short, how the whole does: people say in the next sentence
what the first was about. A clause by itself is too little to go by; see docs/decisions/linear-models-for-themes.md.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from analysis.codebook import Codebook
from analysis.learning import Learned
from analysis.learning.blocks import Texts
from analysis.pipeline import tones
from analysis.pipeline.reading import Read
from analysis.pipeline.valence import PRAISE, PROBLEM

LEAN = 3.0  # how many times as much speaks for the valence that the question asked for
PLAIN = 5.0  # how many times as much speaks for what all good and bad words of a short text say
SHORT = 16  # words; what is longer is rarely so plain

Floats = NDArray[np.float32]


def with_tones(seen: Texts, codebook: Codebook, read: Mapping[str, Read] = MappingProxyType({})) -> Texts:
    """What a model of valence sees of texts: beside words, letters, meaning and facts, how they sound.

    `read` has what was read of some of the texts already, as `facts.of_texts` has it.
    """
    return Texts(seen.texts, seen.vectors, np.hstack([seen.facts, tones.of_texts(seen.texts, codebook, read)]))


def scores(model: Learned, seen: Texts) -> Floats:
    """How much speaks for each valence of texts seen `with_tones`, float32 (texts, valences).

    A score is a probability over its threshold, so that a rare valence is not drowned by a common one, and more where
    the words are plain.
    """
    return weighed(model, model.probabilities(seen), seen)


def weighed(model: Learned, probabilities: Floats, seen: Texts) -> Floats:
    """The same from probabilities that the texts got, (texts, valences)."""
    heard = dict(zip(tones.NAMES, seen.facts[:, -len(tones.NAMES) :].T > 0, strict=True))
    is_short = np.array([len(text.split()) < SHORT for text in seen.texts], dtype=bool)
    plain = {PRAISE: heard["good alone"] & is_short, PROBLEM: heard["bad alone"] & is_short}
    none = np.zeros(len(seen), dtype=bool)
    lean = np.stack([np.where(plain.get(label, none), PLAIN, 1.0) for label in model.labels], axis=1)
    return np.asarray(probabilities / model.thresholds * lean, dtype=np.float32)


def chosen(labels: Sequence[str], speaks_for: Floats, asked: Sequence[str]) -> list[str]:
    """The valence for which most speaks, in each row of (texts, valences); `asked` is what each question implies."""
    lean = np.array([[LEAN if label == implied else 1.0 for label in labels] for implied in asked], dtype=np.float32)
    return [labels[at] for at in (speaks_for * lean.reshape(speaks_for.shape)).argmax(axis=1)]
