"""Turns texts into vectors whose cosine says how alike they are: MiniLM where it was built, words alone elsewhere.

Similarity alone is never a tag: it serves topics and search, and is one feature among others for models.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

# The runtime can report events about itself to its makers: switched off before it is loaded, and once more by name.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from tokenizers import Tokenizer

onnxruntime.disable_telemetry_events()
Vectors = NDArray[np.float32]
MINILM = "minilm-int8-v2"
LONGEST = 128  # tokens; the model was trained on no more
WIDTH = 384
BATCH = 32  # texts; larger batches are no faster and take more memory
DIMENSIONS = 100  # of the word vectors, as BERTopic's own light mode has it


class Encoder(Protocol):
    """What topics and search need of an encoder; `id` is recorded with every run."""

    id: str

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32 (texts, dimensions), in the order of the texts."""
        ...


def open_encoder(models: Path, corpus: Sequence[str], *, seed: int = 0) -> Encoder:
    """The MiniLM encoder in the folder `models`, or one of word vectors fitted to `corpus` if it was not built."""
    if (models / MINILM / "model.onnx").exists():
        return MiniLM(models / MINILM)
    return WordVectors(corpus, seed=seed)


class MiniLM:
    """MiniLM-L6 with 8-bit matrices, on one thread; texts of as many tokens go together.

    The same text always has the same vector, to the last bit, whatever is encoded beside it: each token has a scale of
    its own, no text is padded, and none goes alone, because a batch of one is added up in another order.
    """

    def __init__(self, folder: Path) -> None:
        self.id = MINILM
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(LONGEST)
        self.tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32 (texts, 384)."""
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        coded = [self.tokenizer.encode(text).ids for text in texts]
        for rows in _batches([len(ids) for ids in coded]):
            alike = np.array([coded[row] for row in rows] * (2 if len(rows) == 1 else 1), dtype=np.int64)
            vectors[rows] = self.session.run(["vectors"], {"ids": alike, "mask": np.ones_like(alike)})[0][: len(rows)]
        return vectors


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yields rows of the same length, at most `BATCH` of them at a time."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for row, length in enumerate(lengths):
        by_length[length].append(row)
    for rows in by_length.values():
        for at in range(0, len(rows), BATCH):
            yield rows[at : at + BATCH]


class WordVectors:
    """TF-IDF of words and word pairs, brought down to at most 100 dimensions: no weights to install."""

    def __init__(self, corpus: Sequence[str], *, seed: int = 0) -> None:
        self.id = "tfidf-svd-v1"
        self.words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        counted = self.words.fit_transform(corpus)
        dimensions = max(1, min(DIMENSIONS, min(counted.shape) - 1))
        self.brought_down = TruncatedSVD(dimensions, random_state=seed).fit(counted)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32 (texts, at most 100); a text with no known word is all zeros."""
        if not texts:
            return np.zeros((0, self.brought_down.n_components), dtype=np.float32)
        return normalize(self.brought_down.transform(self.words.transform(texts))).astype(np.float32)
