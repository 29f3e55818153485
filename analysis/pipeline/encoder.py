"""Turns texts into vectors whose cosine says how alike they are: MiniLM where it was built, words alone elsewhere.

Similarity alone is never a tag: it serves topics and search, and is one feature among others for models.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
MINILM = "minilm-int8-v1"
LONGEST = 128  # tokens; the model was trained on no more
WIDTH = 384
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
    """MiniLM-L6 with 8-bit matrices, on one thread, one text at a time.

    In a batch the 8-bit scales, and so a text's vector, would depend on its company (cosine down to 0.98); alone, the
    same text always has the same vector, whatever was encoded before or beside it. It costs about a third of the rate.
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
        for number, text in enumerate(texts):
            ids = np.array([self.tokenizer.encode(text).ids], dtype=np.int64)
            vectors[number] = self.session.run(["vectors"], {"ids": ids, "mask": np.ones_like(ids)})[0][0]
        return vectors


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
