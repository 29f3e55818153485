"""What the rules find in texts, as numbers that models can learn with: themes that matched, and words on valence."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.codebook import Codebook
from analysis.pipeline.reading import read_text
from analysis.pipeline.rules import MARKERS, compile_rules


def names(codebook: Codebook) -> tuple[str, ...]:
    """What each column of `of_texts` says: a theme, or a list of valence words."""
    return (*(theme.slug for theme in codebook.themes), *MARKERS)


def of_texts(texts: Sequence[str], codebook: Codebook) -> NDArray[np.float32]:
    """1 where a rule of a theme matches somewhere in a text and none withdraws it, float32 (texts, names)."""
    book = compile_rules(codebook)
    column = {name: number for number, name in enumerate(names(codebook))}
    found = np.zeros((len(texts), len(column)), dtype=np.float32)
    for row, text in enumerate(texts):
        read = read_text(text, book).words
        for hit in book.hits(read.line, read.numbers()):
            found[row, column[hit.theme]] = hit.kind != "unless"
    return found
