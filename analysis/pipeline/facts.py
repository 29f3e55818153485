"""What the rules find in texts, as numbers that models can learn with: themes that matched, and words on valence."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from analysis.codebook import Codebook
from analysis.pipeline.reading import Read, read_text
from analysis.pipeline.rules import MARKERS, Hit, compile_rules

Facts = NDArray[np.float32]


def names(codebook: Codebook) -> tuple[str, ...]:
    """What each column of `of_texts` says: a theme, or a list of valence words."""
    return (*(theme.slug for theme in codebook.themes), *MARKERS)


def of_texts(texts: Sequence[str], codebook: Codebook, read: Mapping[str, Read] = MappingProxyType({})) -> Facts:
    """1 where a rule of a theme matches somewhere in a text and none withdraws it, float32 (texts, names).

    `read` has what was read of some of the texts already, with the rules of this codebook.
    """
    book, column = compile_rules(codebook), {name: number for number, name in enumerate(names(codebook))}
    found = np.zeros((len(texts), len(column)), dtype=np.float32)
    for row, text in enumerate(texts):
        found[row] = _told((read.get(text) or read_text(text, book)).hits, column)
    return found


def _told(hits: Sequence[Hit], column: Mapping[str, int]) -> Facts:
    """Themes that something speaks for and nothing withdraws, wherever it stands."""
    row = np.zeros(len(column), dtype=np.float32)
    withdrawn = {hit.theme for hit in hits if hit.kind == "unless"}
    row[[column[theme] for theme in {hit.theme for hit in hits} - withdrawn]] = 1
    return row
