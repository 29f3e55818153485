"""Marks places of the gazetteer, whatever way they are written."""

from . import kinds
from .grammar import WHERE
from .reading import Reading
from .words import Shape


def mark_places(reading: Reading) -> None:
    """Marks every phrase of the gazetteer that is meant as a place."""
    position = 0
    while position < len(reading.keys):
        length = reading.lexicon.places.longest_at(reading.keys, position)
        if length and not _is_taken(reading, position, length) and _is_meant(reading, position, length):
            reading.marks |= dict.fromkeys(range(position, position + length), kinds.PLACE)
        position += max(length, 1)


def _is_taken(reading: Reading, position: int, length: int) -> bool:
    return any(reading.is_kept(place) or place in reading.marks for place in range(position, position + length))


def _is_meant(reading: Reading, position: int, length: int) -> bool:
    everyday = all(reading.lexicon.is_everyday(key) for key in reading.keys[position : position + length])
    after_where = position > 0 and reading.keys[position - 1] in WHERE
    if not _is_capital(reading, position, length):
        rare = any(not reading.lexicon.is_everyday(key) for key in reading.keys[position : position + length])
        return rare or (after_where and length > 1)
    if length == 1 and _is_rather_a_name(reading, position, after_where):
        return False
    return not everyday or length > 1 or after_where


def _is_rather_a_name(reading: Reading, position: int, after_where: bool) -> bool:
    return not after_where and reading.keys[position] in reading.lexicon.word_names


def _is_capital(reading: Reading, position: int, length: int) -> bool:
    words = reading.words[position : position + length]
    return words[0].telling and words[0].shape is not Shape.SMALL and words[-1].shape is not Shape.SMALL
