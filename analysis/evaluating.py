"""Measures the model on anybody's codes: learns from one file of labelled texts, is judged by another."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from analysis.codebook import load
from analysis.learning import Labelled, learn
from analysis.learning.blocks import Texts
from analysis.learning.metrics import measure
from analysis.learning.multilabel import groups_of
from analysis.pipeline import facts
from analysis.pipeline.encoder import Encoder, open_encoder

Seen = Callable[[int], object]


@dataclass(frozen=True)
class Coded:
    """A text with the labels a person gave it; no label is an answer too."""

    text: str = field(repr=False)
    labels: frozenset[str] = field(repr=False)


@dataclass(frozen=True)
class File:
    """The good lines of a file, and for each bad one its number and what is wrong; never its words."""

    coded: tuple[Coded, ...] = field(repr=False)
    bad: Mapping[int, str]


def read(path: Path) -> File:
    """Read a file of {"text", "labels"} lines. Raises OSError if there is none."""
    coded, bad = [], {}
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                found = _coded(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
                if isinstance(found, Coded):
                    coded.append(found)
                else:
                    bad[number] = found
    return File(tuple(coded), bad)


def _coded(line: bytes) -> Coded | str:
    try:
        entry = json.loads(line)
        text, labels = entry["text"], entry["labels"]
        str(text).encode()
    except UnicodeError:
        return "not UTF-8"
    except (ValueError, RecursionError):
        return "not JSON"
    except (KeyError, TypeError, IndexError):
        return 'not an object with "text" and "labels"'
    if not isinstance(text, str) or not text.strip():
        return 'no "text" that says something'
    if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
        return '"labels" is not a list of texts'
    return Coded(text, frozenset(labels))


def evaluate(train: Sequence[Coded], test: Sequence[Coded], models: Path, *, seen: Seen) -> dict[str, Any]:
    """Learn from `train`, label `test`, and say how well: see `analysis.learning.metrics.measure`.

    The encoder of the folder `models` is used if it was built. `seen` is told how many texts were read since last time.
    Raises ValueError if there is nothing to learn from, or nothing to judge by.
    """
    labels = tuple(sorted({label for one in (*train, *test) for label in one.labels}))
    known = tuple(sorted({label for one in train for label in one.labels}))
    if not known or not test:
        raise ValueError("There must be a label to learn, and a text to judge by.")
    with threadpool_limits(1):
        reader = _Reader(open_encoder(models, [one.text for one in train]), seen)
        model = learn(Labelled(reader.read(train), known, _given(train, known), groups_of([one.text for one in train])))
        decided = model.decide(model.probabilities(reader.read(test)))
    said = np.zeros((len(test), len(labels)), dtype=bool)
    said[:, [labels.index(label) for label in known]] = decided
    figures = measure(_given(test, labels), said, labels, groups_of([one.text for one in test]))
    return {**figures, "texts": {"train": len(train), "test": len(test)}, "encoder": reader.encoder.id}


class _Reader:
    """Makes vectors and facts of texts, of the same text only once."""

    def __init__(self, encoder: Encoder, seen: Seen) -> None:
        self.encoder = encoder
        self.seen = seen
        self.vectors: dict[str, np.ndarray] = {}

    def read(self, coded: Sequence[Coded]) -> Texts:
        texts = [one.text for one in coded]
        for text in self.counted(texts):
            if text not in self.vectors:
                self.vectors[text] = self.encoder.encode([text])[0]
        return Texts(texts, np.stack([self.vectors[text] for text in texts]), facts.of_texts(texts, load()))

    def counted(self, texts: Sequence[str]) -> Iterator[str]:
        for text in texts:
            yield text
            self.seen(1)


def _given(coded: Sequence[Coded], labels: Sequence[str]) -> np.ndarray:
    return np.array([[label in one.labels for label in labels] for one in coded], dtype=bool)
