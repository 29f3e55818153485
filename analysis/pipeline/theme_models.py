"""What was learned about themes and valences: which themes a model speaks for, and how to ask it.

Models learned at set-up lie in `FOLDER`. Models learned later from people lie beside it in `LEARNED`, each in a folder
of its own, and a file says which of them is in use, if one is. They build on those of set-up and end with them.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from analysis.codebook import Codebook, CodebookInvalid
from analysis.codebook.documents import from_text
from analysis.learning import Learned, saving
from analysis.learning.blocks import Texts
from analysis.learning.saving import NotAModel
from analysis.pipeline import facts
from analysis.pipeline.encoder import MINILM, Encoder, MiniLM
from analysis.pipeline.reading import Read

FOLDER, LEARNED = "themes-v1", "themes-learned"
IN_USE = "themes-in-use.json"
THEMES, VALENCES, HEAD, CODEBOOK = "themes", "valences", "head.json", "codebook.json"


class NoMeaning:
    """Stands in where the encoder was not built: no text has a meaning, and models go by words, letters and facts."""

    id = "none"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Float32 (texts, 0)."""
        return np.zeros((len(texts), 0), dtype=np.float32)


@dataclass(frozen=True)
class ThemeModels:
    """Models of themes and valences. `spoken_for` are the themes that a model took over from its rules.

    `by_rule` are the grounds on which rules keep the word on valences (`valence.Ground`); elsewhere the model has it.
    `known` is the codebook that was learned from; a theme added since stays with its rules.
    """

    themes: Learned = field(repr=False)
    valences: Learned = field(repr=False)
    spoken_for: frozenset[str]
    encoder: Encoder = field(repr=False)
    known: Codebook = field(repr=False)
    id: str
    by_rule: frozenset[str] = frozenset()

    @property
    def fact_columns(self) -> int:
        """How many facts the models see of a text."""
        return len(facts.names(self.known))

    def speaking_for(self, themes: Iterable[str]) -> "ThemeModels":
        """The same models, asked about these themes."""
        return replace(self, spoken_for=frozenset(themes))

    def features(self, texts: Sequence[str], read: Mapping[str, Read] = MappingProxyType({})) -> Texts:
        """What the models see of texts; `read` has what was read of some of them already."""
        return Texts(texts, self.encoder.encode(texts), facts.of_texts(texts, self.known, read))

    def probabilities(self, texts: Sequence[str], around: NDArray[np.intp]) -> NDArray[np.float32]:
        """How likely each theme is, 0-1, (texts, themes); `around` says with which other each text is judged."""
        with threadpool_limits(1):
            return self.themes.probabilities(self.features(texts), around)


@dataclass(frozen=True)
class Origin:
    """Where models come from: a hash of all they were made from; of those of set-up they build on, and the codebook."""

    learned_from: str
    set_up: str = ""
    codebook: str = field(default="", repr=False)  # as `Documents.as_text` writes it


def write(models: ThemeModels, folder: Path, origin: Origin) -> None:
    """Save models into an empty folder."""
    for name, model in ((THEMES, models.themes), (VALENCES, models.valences)):
        (folder / name).mkdir()
        saving.save(model, folder / name)
    head = {
        "learned_from": origin.learned_from,
        "set_up": origin.set_up,
        "encoder": models.encoder.id,
        "codebook": models.known.sha256,
        "spoken_for": sorted(models.spoken_for),
        "valences_by_rule": sorted(models.by_rule),
    }
    if origin.codebook:
        (folder / CODEBOOK).write_text(origin.codebook, encoding="utf-8")
    (folder / HEAD).write_text(json.dumps(head, indent=1), encoding="utf-8")


def learned_from(folder: Path) -> str:
    """The hash that models in `folder` were written with; empty if there are none."""
    return _told(folder / HEAD, "learned_from")


def in_use(models: Path) -> Path:
    """The folder of the models in use: learned from people, if they still go with set-up, else those of set-up."""
    name = _told(models / IN_USE, "folder")
    folder = models / LEARNED / Path(name).name
    goes_with = _told(folder / HEAD, "set_up") if name else ""
    return folder if goes_with and goes_with == learned_from(models / FOLDER) else models / FOLDER


def use(models: Path, name: str) -> None:
    """Have the models in this folder of `LEARNED` used from now on; with no name, those of set-up."""
    if _told(models / IN_USE, "folder") == name:
        return
    room = models / f"{IN_USE}.new"
    room.write_text(json.dumps({"folder": name}), encoding="utf-8")
    room.replace(models / IN_USE)


def read(models: Path, known: Codebook) -> ThemeModels:
    """The models in use in the folder `models`; those of set-up were learned from the codebook `known`.

    Raises NotAModel, saying why, if there are none, or they were learned from another codebook or encoder.
    """
    folder = in_use(models)
    if folder != models / FOLDER:
        try:
            own = from_text((folder / CODEBOOK).read_text(encoding="utf-8")).read()
            return read_from(folder, models, own)
        except (OSError, ValueError, NotAModel, CodebookInvalid):
            pass  # those of set-up are there to fall back on
    return read_from(models / FOLDER, models, known)


def read_from(folder: Path, models: Path, known: Codebook) -> ThemeModels:
    """The models in one folder of `models`. Raises NotAModel as `read` does."""
    try:
        head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
        spoken_for, by_rule = frozenset(head["spoken_for"]), frozenset(head["valences_by_rule"])
        encoder_id, codebook = head["encoder"], head["codebook"]
    except (OSError, ValueError, KeyError, TypeError):
        raise NotAModel("No models were learned yet.") from None
    if codebook != known.sha256:
        raise NotAModel("The models were learned from another codebook.")
    themes, valences = (saving.load(folder / name) for name in (THEMES, VALENCES))
    return ThemeModels(themes, valences, spoken_for, _encoder(models, encoder_id), known, _name(folder), by_rule)


def _told(path: Path, what: str) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))[what])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


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
