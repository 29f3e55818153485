"""What was learned about themes and valences at set-up: which themes a model speaks for, and how to ask it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from analysis.codebook import Codebook
from analysis.learning import Learned, saving
from analysis.learning.blocks import Texts
from analysis.learning.saving import NotAModel
from analysis.pipeline import facts
from analysis.pipeline.encoder import MINILM, Encoder, MiniLM

FOLDER = "themes-v1"
THEMES, VALENCES, HEAD = "themes", "valences", "head.json"


class NoMeaning:
    """Stands in where the encoder was not built: no text has a meaning, and models go by words, letters and facts."""

    id = "none"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Float32 (texts, 0)."""
        return np.zeros((len(texts), 0), dtype=np.float32)


@dataclass(frozen=True)
class ThemeModels:
    """Models of themes and valences. `spoken_for` are the themes that a model took over from its rules.

    `known` is the codebook that was learned from; a theme added since stays with its rules.
    """

    themes: Learned = field(repr=False)
    valences: Learned = field(repr=False)
    spoken_for: frozenset[str]
    encoder: Encoder = field(repr=False)
    known: Codebook = field(repr=False)
    id: str

    @property
    def fact_columns(self) -> int:
        """How many facts the models see of a text."""
        return len(facts.names(self.known))

    def features(self, texts: Sequence[str]) -> Texts:
        """What the models see of texts."""
        return Texts(texts, self.encoder.encode(texts), facts.of_texts(texts, self.known))

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """How likely each theme is, 0-1, (texts, themes)."""
        with threadpool_limits(1):
            return self.themes.probabilities(self.features(texts))


def write(models: ThemeModels, folder: Path, learned_from: str) -> None:
    """Save models into an empty folder; `learned_from` is a hash of all they were made from."""
    for name, model in ((THEMES, models.themes), (VALENCES, models.valences)):
        (folder / name).mkdir()
        saving.save(model, folder / name)
    head = {
        "learned_from": learned_from,
        "encoder": models.encoder.id,
        "codebook": models.known.sha256,
        "spoken_for": sorted(models.spoken_for),
    }
    (folder / HEAD).write_text(json.dumps(head, indent=1), encoding="utf-8")


def learned_from(folder: Path) -> str:
    """The hash that models in `folder` were written with; empty if there are none."""
    try:
        return str(json.loads((folder / HEAD).read_text(encoding="utf-8"))["learned_from"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def read(models: Path, known: Codebook) -> ThemeModels:
    """The models in the folder `models`, learned from the codebook `known`.

    Raises NotAModel, saying why, if there are none, or they were learned from another codebook or encoder.
    """
    folder = models / FOLDER
    try:
        head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
        spoken_for, encoder_id, codebook = frozenset(head["spoken_for"]), head["encoder"], head["codebook"]
    except (OSError, ValueError, KeyError, TypeError):
        raise NotAModel("No models were learned yet.") from None
    if codebook != known.sha256:
        raise NotAModel("The models were learned from another codebook.")
    themes, valences = (saving.load(folder / name) for name in (THEMES, VALENCES))
    return ThemeModels(themes, valences, spoken_for, _encoder(models, encoder_id), known, _name(folder))


def _encoder(models: Path, name: str) -> Encoder:
    if name == NoMeaning.id:
        return NoMeaning()
    if name != MINILM or not (models / MINILM / "model.onnx").exists():
        raise NotAModel("The encoder that the models were learned with is not there.")
    return MiniLM(models / MINILM)


def _name(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in (THEMES, VALENCES):
        for part in (saving.HEAD, saving.ARRAYS):
            digest.update((folder / name / part).read_bytes())
    digest.update((folder / HEAD).read_bytes())
    return f"{FOLDER}-{digest.hexdigest()[:12]}"
