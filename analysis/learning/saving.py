"""Keeps a learned model as arrays and JSON: nothing in it is code, and a term in it is readable."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from analysis.learning.blocks import Reader, Weights
from analysis.learning.calibration import Sigmoids
from analysis.learning.multilabel import Learned
from analysis.learning.ridge import Lines
from analysis.learning.vocabulary import Vocabulary

ARRAYS, HEAD = "arrays.npz", "model.json"
FORMAT = 1


class NotAModel(ValueError):
    """A folder holds no model that can be read; the message says why."""


def save(model: Learned, folder: Path) -> None:
    """Write a model into an existing folder. What unseen texts got is not kept."""
    head = {
        "format": FORMAT,
        "labels": model.labels,
        "easing": model.easing,
        "weights": asdict(model.reader.weights),
        "words": model.reader.words.terms,
        "letters": model.reader.letters.terms,
    }
    (folder / HEAD).write_text(json.dumps(head, ensure_ascii=False, indent=0), encoding="utf-8")
    arrays = {
        "rarity_of_words": model.reader.words.rarity,
        "rarity_of_letters": model.reader.letters.rarity,
        "middle": model.reader.middle,
        "counted": model.lines.counted,
        "dense": model.lines.dense,
        "pairs": model.lines.pairs,
        "slopes": model.sigmoids.slopes,
        "heights": model.sigmoids.heights,
        "thresholds": model.thresholds,
    }
    kept: dict[str, Any] = {name: array.astype(np.float32) for name, array in arrays.items()}
    np.savez(folder / ARRAYS, **kept)


def load(folder: Path) -> Learned:
    """Read a model back. Raises NotAModel if the folder holds none, or only a part of one."""
    try:
        head: dict[str, Any] = json.loads((folder / HEAD).read_text(encoding="utf-8"))
        with np.load(folder / ARRAYS, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if head["format"] != FORMAT:
            raise NotAModel(f"It was written as format {head['format']}.")
        return _model(head, arrays)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as problem:
        raise NotAModel(f"No model can be read there: {type(problem).__name__}.") from None


def _model(head: dict[str, Any], arrays: dict[str, Any]) -> Learned:
    words = Vocabulary("words", tuple(head["words"]), arrays["rarity_of_words"])
    letters = Vocabulary("letters", tuple(head["letters"]), arrays["rarity_of_letters"])
    labels = tuple(head["labels"])
    return Learned(
        labels=labels,
        reader=Reader(words, letters, arrays["middle"], Weights(**head["weights"])),
        lines=Lines(arrays["counted"], arrays["dense"], arrays["pairs"]),
        sigmoids=Sigmoids(arrays["slopes"], arrays["heights"]),
        thresholds=arrays["thresholds"],
        easing=float(head["easing"]),
        unseen=np.zeros((0, len(labels)), dtype=np.float32),
    )
