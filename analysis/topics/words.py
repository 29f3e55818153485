"""What is particular to a topic: its words, by c-TF-IDF, and the statements nearest to its middle."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

from analysis.topics.cleaning import HIDDEN
from analysis.topics.clustering import OUTSIDE, Labels, Vectors

FEWEST = 3  # contributions that must say a word
MOST_WORDS = 10
MOST_STATEMENTS = 3
# Words the list calls empty that say much in this field.
TELLING = frozenset(["bill", "call", "cry", "detail", "fire", "interest", "part", "serious", "system"])
MORE_EMPTY = frozenset((Path(__file__).parent / "data" / "empty_words.txt").read_text("utf-8").splitlines())
EMPTY = sorted((ENGLISH_STOP_WORDS - TELLING) | MORE_EMPTY)
WORD = r"(?u)\b[^\W\d_](?:[^\W\d_]|['-](?=[^\W\d_]))+"
APOSTROPHE = re.compile("[’`\N{ACUTE ACCENT}]")


@dataclass(frozen=True)
class Word:
    """A word of a topic, and the rows of the statements in it that say it."""

    word: str = field(repr=False)
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Named:
    """Every word that is said, and how distinctive each is of one topic."""

    names: Sequence[str] = field(repr=False)
    weights: NDArray[np.float64]


def cutter() -> CountVectorizer:
    """Counts the words of texts that say something, in small letters, without what was hidden."""
    return CountVectorizer(preprocessor=_prepared, token_pattern=WORD, stop_words=EMPTY, dtype=np.int64)


def distinctive(
    texts: Sequence[str], labels: Labels, contributions: Sequence[int] | None = None, fewest: int = FEWEST
) -> list[list[Word]]:
    """The words of each topic that are said more in it than elsewhere, most distinctive first, ten at most.

    A word needs `fewest` contributions in its topic. `contributions` says, as a number, which contribution each text
    is from; left out, each text is its own. c-TF-IDF as BERTopic has it: Grootendorst 2022, arXiv:2203.05794.
    """
    number = int(labels.max(initial=OUTSIDE)) + 1
    of = np.arange(len(texts)) if contributions is None else np.asarray(contributions)
    counting = cutter()
    try:
        counted = csr_array(counting.fit_transform(texts))
    except ValueError:  # no word in any text
        return [[] for _ in range(number)]
    names = [str(name) for name in counting.get_feature_names_out()]
    weights = _c_tf_idf(counted, labels, number)
    return [
        _most_distinctive(counted, np.flatnonzero(labels == topic), of, Named(names, weights[topic]), fewest)
        for topic in range(number)
    ]


def representative(
    vectors: Vectors, labels: Labels, contributions: Sequence[int] | None = None, most: int = MOST_STATEMENTS
) -> list[list[int]]:
    """For each topic the rows nearest to its middle, nearest first, each from another contribution."""
    of = np.arange(len(labels)) if contributions is None else np.asarray(contributions)
    chosen = []
    for topic in range(int(labels.max(initial=OUTSIDE)) + 1):
        rows = np.flatnonzero(labels == topic)
        near = vectors[rows] @ vectors[rows].mean(axis=0)
        ordered = rows[np.lexsort((rows, -near))]
        _, firsts = np.unique(of[ordered], return_index=True)
        chosen.append([int(row) for row in ordered[np.sort(firsts)][:most]])
    return chosen


def _prepared(text: str) -> str:
    return APOSTROPHE.sub("'", HIDDEN.sub(" ", text).casefold())


def _c_tf_idf(counted: csr_array, labels: Labels, number: int) -> NDArray[np.float64]:
    """Weights (topics, words): the share of a word in its topic, times how rare it is in all of them together."""
    classes = np.stack(
        [np.asarray(counted[labels == topic].sum(axis=0)).ravel() for topic in range(OUTSIDE, number)]
    ).astype(np.float64)
    if not classes[0].any():
        classes = classes[1:]
    shares = classes / np.maximum(classes.sum(axis=1, keepdims=True), 1)
    rarity = np.log(1 + classes.sum(axis=1).mean() / np.maximum(classes.sum(axis=0), 1))
    return np.asarray(shares * rarity)[-number:] if number else np.zeros((0, counted.shape[1]))


def _most_distinctive(
    counted: csr_array, inside: NDArray[np.intp], of: NDArray[np.int64], words: Named, fewest: int
) -> list[Word]:
    by_word = counted[inside].tocsc()
    found: list[Word] = []
    for at in np.lexsort((np.arange(len(words.weights)), -words.weights)):
        if len(found) == MOST_WORDS or not words.weights[at]:
            break
        rows = np.sort(inside[by_word.indices[by_word.indptr[at] : by_word.indptr[at + 1]]])
        if len(set(of[rows])) >= fewest:
            found.append(Word(words.names[at], tuple(int(row) for row in rows)))
    return found
