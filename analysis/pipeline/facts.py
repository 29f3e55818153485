"""What the rules find in texts, as numbers that models can learn with: themes that matched, and words on valence."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from analysis.codebook import Codebook
from analysis.pipeline.reading import Read, read_text, reads_alone
from analysis.pipeline.results import Statement
from analysis.pipeline.rules import MARKERS, Hit, compile_rules

Facts = NDArray[np.float32]


def names(codebook: Codebook) -> tuple[str, ...]:
    """What each column of `of_texts` says: a theme, or a list of valence words."""
    return (*(theme.slug for theme in codebook.themes), *MARKERS)


def of_texts(texts: Sequence[str], codebook: Codebook, known: Mapping[str, Facts] = MappingProxyType({})) -> Facts:
    """1 where a rule of a theme matches somewhere in a text and none withdraws it, float32 (texts, names).

    `known` has the facts of some of the texts already.
    """
    book, column = compile_rules(codebook), _columns(codebook)
    found = np.zeros((len(texts), len(column)), dtype=np.float32)
    for row, text in enumerate(texts):
        found[row] = known[text] if text in known else _told(read_text(text, book).hits, column)
    return found


def of_windows(read: Iterable[tuple[str, Read, Sequence[Statement]]], codebook: Codebook) -> dict[str, Facts]:
    """What `of_texts` says of the windows of texts, without reading them again; some windows are left to it.

    With each text comes what was read with this codebook's rules, and its windows as `windows.windows` gives them.
    """
    column = _columns(codebook)
    known: dict[str, Facts] = {}
    for text, (said, words, hits), spans in read:
        starts = [one.start for one in said]
        inside: list[list[Hit]] = [[] for _ in said]
        for hit in hits:
            inside[bisect_right(starts, words.starts[hit.first]) - 1].append(hit)
        whole = [list(hits)] if len(spans) > len(said) else []
        rows = [_told(each, column) for each in inside + whole]
        alike = ((span, row) for span, row in zip(spans, rows, strict=True) if reads_alone(text, span))
        known.update((text[span.start : span.end], row) for span, row in alike)
    return known


def _told(hits: Sequence[Hit], column: Mapping[str, int]) -> Facts:
    """Themes that something speaks for and nothing withdraws, wherever it stands."""
    row = np.zeros(len(column), dtype=np.float32)
    withdrawn = {hit.theme for hit in hits if hit.kind == "unless"}
    row[[column[theme] for theme in {hit.theme for hit in hits} - withdrawn]] = 1
    return row


def _columns(codebook: Codebook) -> dict[str, int]:
    return {name: number for number, name in enumerate(names(codebook))}
