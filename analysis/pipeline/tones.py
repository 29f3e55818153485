"""How a text sounds, as numbers to learn valence with: good and bad words, wishes, turns, contrasts."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from analysis.codebook import Codebook
from analysis.pipeline.reading import Read, read_text
from analysis.pipeline.rules import Hit, compile_rules
from analysis.pipeline.tokens import Words
from analysis.pipeline.valence import (
    CONTRAST,
    PRAISE,
    PROBLEM,
    SUGGESTION,
    is_turned,
    is_wish,
    opens_statement,
    sound_of,
)

MOST = 4  # good or bad words, beyond which more of them say no more
NAMES = (
    *("pattern of a problem", "pattern of praise", "pattern of a wish", "turned problem", "turned praise"),
    *("wish", "order", "negation", "contrast", "exclamation", "question", "few words"),
    *("how many good", "how many bad", "more good", "more bad", "good alone", "bad alone", "both", "neither"),
    *("good comes last", "bad comes last"),
)
FEW = 8  # words


def of_texts(
    texts: Sequence[str], codebook: Codebook, read: Mapping[str, Read] = MappingProxyType({})
) -> NDArray[np.float32]:
    """How each text sounds, 0 to 2 in each column, float32 (texts, NAMES); `read` as `facts.of_texts` has it."""
    book = compile_rules(codebook)
    rows = np.zeros((len(texts), len(NAMES)), dtype=np.float32)
    for row, text in enumerate(texts):
        _, words, hits = read.get(text) or read_text(text, book)
        markers = [hit for hit in hits if hit.kind == "marker"]
        rows[row] = [*_patterns(hits, words), *_forms(text, markers, words), *_sounds(markers, words)]
    return rows


def _patterns(hits: Sequence[Hit], read: Words) -> list[float]:
    turned = {hit.kind for hit in hits if hit.kind in {PROBLEM, PRAISE} and is_turned(hit, read)}
    plain = {hit.kind for hit in hits if hit.kind == SUGGESTION or not is_turned(hit, read)}
    return [*(kind in plain for kind in (PROBLEM, PRAISE, SUGGESTION)), PROBLEM in turned, PRAISE in turned]


def _forms(text: str, markers: list[Hit], read: Words) -> list[float]:
    return [
        is_wish(markers),
        any(marker.theme == "demand" and opens_statement(marker, read) for marker in markers),
        any(marker.theme == "negator" for marker in markers),
        bool(CONTRAST & set(read.words)),
        "!" in text,
        "?" in text,
        len(read.words) < FEW,
    ]


def _sounds(markers: list[Hit], read: Words) -> list[float]:
    heard = [(marker.first, sound) for marker in markers if (sound := sound_of(marker, read))]
    good, bad = (sum(sound == valence for _, sound in heard) for valence in (PRAISE, PROBLEM))
    last = max(heard)[1] if heard else ""
    return [
        *(min(count, MOST) / 2 for count in (good, bad, max(0, good - bad), max(0, bad - good))),
        *(bool(good) and not bad, bool(bad) and not good, bool(good and bad), not heard),
        *(last == PRAISE, last == PROBLEM),
    ]
