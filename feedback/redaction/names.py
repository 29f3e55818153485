"""Finds people, places, addresses and organisations in a text."""

from collections.abc import Iterator

from .addresses import find_addresses
from .buildings import mark_buildings, mark_employers
from .cues import mark_cued
from .lexicon import lexicon
from .people import mark_people
from .places import mark_places
from .reading import read
from .spans import Span


def find_names(text: str) -> Iterator[Span]:
    """Yields what is named in a folded text. Cues come first: they outweigh the gazetteer and the words to be kept."""
    reading = read(text, lexicon())
    mark_cued(reading)
    mark_places(reading)
    mark_people(reading)
    mark_buildings(reading)
    mark_employers(reading)
    spans = list(reading.spans())
    yield from spans
    yield from find_addresses(text, spans)
