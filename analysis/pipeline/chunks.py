"""The method for many texts: `tag(chunk, tagger)`, pure, the same in this process, in another or on another machine.

Of texts that nobody has reviewed it gives back themes alone: their words and places never leave the function.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from analysis.pipeline.merge import TextTag, by_theme
from analysis.pipeline.results import Analysis, Tag

logger = logging.getLogger(__name__)


class Tags(Protocol):
    """What `analysis.pipeline.tagger.Tagger` offers."""

    id: str

    def tag(self, texts: Sequence[str], asked: Sequence[str] = (), *, shows: bool = True) -> list[Analysis]:
        """What it says of each text."""
        ...


@dataclass(frozen=True)
class Chunk:
    """Texts to be tagged together, each with the valence its question implies; all of them reviewed, or none."""

    texts: tuple[str, ...] = field(repr=False)
    asked: tuple[str, ...]
    is_reviewed: bool

    def alone(self, number: int) -> "Chunk":
        """One of its texts by itself."""
        return Chunk((self.texts[number],), (self.asked[number],), self.is_reviewed)


@dataclass(frozen=True)
class Seen:
    """What was found in one text: how many statements, and its tags, with places only if the text was reviewed."""

    statements: int
    tags: tuple[Tag, ...] | tuple[TextTag, ...]


def tag(chunk: Chunk, tagger: Tags) -> list[Seen | None]:
    """What was found in each text, in their order; None for a text that the method fails on, which stops no other."""
    try:
        return [_seen(found, chunk) for found in tagger.tag(chunk.texts, chunk.asked, shows=chunk.is_reviewed)]
    except Exception as error:  # noqa: BLE001 - a message could quote a text, so only its class is told
        if len(chunk.texts) == 1:
            logger.error("the pipeline failed on a text with %s", type(error).__name__)
            return [None]
    return [found for number in range(len(chunk.texts)) for found in tag(chunk.alone(number), tagger)]


def _seen(found: Analysis, chunk: Chunk) -> Seen:
    return Seen(len(found.statements), found.tags if chunk.is_reviewed else tuple(by_theme(found.tags)))
