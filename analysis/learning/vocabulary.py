"""Counts the words and letter groups of texts, rare ones for more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer

Floats = NDArray[np.float32]
# Words and pairs of them; groups of two to five letters within words, which outlive misspelling.
WORDS: Mapping[str, Any] = {"ngram_range": (1, 2)}
LETTERS: Mapping[str, Any] = {"analyzer": "char_wb", "ngram_range": (2, 5)}


@dataclass(frozen=True)
class Vocabulary:
    """Terms with how rare each is; `kind` is the way text is cut into terms."""

    kind: str
    terms: tuple[str, ...]
    rarity: Floats

    def counted(self, texts: Sequence[str]) -> csr_array:
        """Unit rows of weighted terms, float32 (texts, terms); a text with no known term is all zeros."""
        if not self.terms or not texts:
            return csr_array((len(texts), len(self.terms)), dtype=np.float32)
        if self.kind == "letters":
            return csr_array(self._weigher.transform(self._letters(texts), copy=False))
        return csr_array(self._fitted.transform(texts)).astype(np.float32)

    def rarity_of(self, terms: Sequence[str]) -> Floats:
        """How rare each of some terms is, float32 (terms,); one that is not known is as rare as any."""
        places, rarest = self._fitted.vocabulary_, self.rarity.max(initial=1)
        return np.array([self.rarity[places[term]] if term in places else rarest for term in terms], dtype=np.float32)

    def _letters(self, texts: Sequence[str]) -> csr_array:
        """How often each group of letters stands in each text; a word is cut up once, however often it comes."""
        places = self._fitted.vocabulary_
        rows: dict[str, int] = {}
        said = [[rows.setdefault(word, len(rows)) for word in text.lower().split()] for text in texts]
        groups = [[places[group] for group in _groups(word) if group in places] for word in rows]
        counted = _counts(said, len(rows)) @ _counts(groups, len(self.terms))
        counted.sort_indices()
        return csr_array(counted)

    @cached_property
    def _weigher(self) -> TfidfTransformer:
        weigher = TfidfTransformer(sublinear_tf=True)
        weigher.idf_ = self.rarity
        return weigher

    @cached_property
    def _fitted(self) -> TfidfVectorizer:
        cutter = _cutter(self.kind, vocabulary={term: at for at, term in enumerate(self.terms)})
        cutter.idf_ = self.rarity  # sets `vocabulary_` too
        return cutter


@dataclass(frozen=True)
class Sources:
    """Where texts are from: a number for each contribution (left out, each text is its own), and what was written.

    A term needs to be said in `fewest` contributions; one in a `written` text, which is nobody's, may stand anyhow.
    """

    contributions: Sequence[int] | None = None
    fewest: int = 1
    written: NDArray[np.bool_] | None = None


def find(kind: str, texts: Sequence[str], sources: Sources | None = None) -> Vocabulary:
    """The vocabulary of texts: only terms that enough contributions say, and letter groups in two texts."""
    sources = sources or Sources()
    cutter = _cutter(kind)
    try:
        counted = csr_array(cutter.fit_transform(texts))
    except ValueError:  # no term in any text
        return Vocabulary(kind, (), np.zeros(0, dtype=np.float32))
    kept = np.flatnonzero(_is_kept(counted, sources, least=2 if kind == "letters" else 1))
    terms = cutter.get_feature_names_out()
    return Vocabulary(kind, tuple(str(terms[at]) for at in kept), cutter.idf_[kept].astype(np.float32))


def _groups(word: str) -> list[str]:
    """Every group of letters of a word with a blank on both sides, as the library cuts it by `LETTERS`."""
    fewest, most = LETTERS["ngram_range"]
    written = f" {word} "
    lengths = range(fewest, min(most, len(written)) + 1)
    return [written[at : at + length] for length in lengths for at in range(len(written) - length + 1)]


def _counts(found: Sequence[Sequence[int]], width: int) -> csr_array:
    """Rows that say how often each number below `width` was found, float32."""
    ends = np.cumsum([0, *map(len, found)], dtype=np.int32)
    columns = np.fromiter(chain.from_iterable(found), dtype=np.int32, count=int(ends[-1]))
    counts = csr_array((np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(found), width))
    counts.sum_duplicates()
    return counts


def _cutter(kind: str, **more: Any) -> TfidfVectorizer:
    return TfidfVectorizer(**(LETTERS if kind == "letters" else WORDS), sublinear_tf=True, dtype=np.float32, **more)


def _is_kept(counted: csr_array, sources: Sources, least: int) -> NDArray[np.bool_]:
    of = np.arange(counted.shape[0]) if sources.contributions is None else np.asarray(sources.contributions)
    if sources.written is None:
        return np.asarray(_spread(counted, of) >= max(sources.fewest, least))
    by_nobody, by_people = np.flatnonzero(sources.written), np.flatnonzero(~sources.written)
    stands_anyhow = _spread(counted[by_nobody], of[by_nobody]) >= least
    return np.asarray(stands_anyhow | (_spread(counted[by_people], of[by_people]) >= max(sources.fewest, least)))


def _spread(counted: csr_array, of: NDArray[np.intp]) -> NDArray[np.int64]:
    """In how many contributions each term is said."""
    said = counted.tocoo()
    pairs = np.unique(np.stack([of[said.row], said.col]), axis=1)
    return np.bincount(pairs[1], minlength=counted.shape[1])
