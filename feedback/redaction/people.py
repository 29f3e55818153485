"""Marks names of people: by list, by capital and by rarity, then their further parts."""

from . import kinds
from .grammar import ABSTRACT, FUNCTION_WORDS, PARTICLES, PERSON_VERBS, STATES, WHERE_ONLY
from .reading import Reading
from .words import Shape

# Shouted words of up to this many letters are read as initials of a body or a form (CPS, MARAC), unless they are names.
_ACRONYM = 5
_SHORTEST_SMALL_NAME = 3
_SHORTEST_UNKNOWN = 3


def mark_people(reading: Reading) -> None:
    """Marks every word that is a name by itself, and then the initials, particles and family names around it."""
    for position in range(len(reading.words)):
        if position not in reading.marks and not reading.is_kept(position) and _is_name(reading, position):
            reading.marks[position] = _kind(reading, position)
    for position in sorted(place for place, kind in reading.marks.items() if kind == kinds.PERSON):
        _extend_left(reading, position)
        _extend_right(reading, position)


def _kind(reading: Reading, position: int) -> str:
    before = reading.keys[position - 1] if position else ""
    if before in WHERE_ONLY and not reading.lexicon.is_name(reading.keys[position]):
        return kinds.PLACE
    return kinds.PERSON


def _is_name(reading: Reading, position: int) -> bool:
    word = reading.words[position]
    if word.key in FUNCTION_WORDS or word.shape is Shape.LETTER:
        return False
    if word.shape is Shape.SMALL or not word.telling:
        return _is_name_in_any_case(reading, word.key)
    if word.shape is Shape.SHOUTED and len(word.key) <= _ACRONYM:
        return _is_name_in_any_case(reading, word.key)
    if word.opens:
        return _opens_as_name(reading, position)
    return not reading.lexicon.is_everyday(word.key) or word.key in reading.lexicon.word_names


def _is_name_in_any_case(reading: Reading, key: str) -> bool:
    if len(key) < _SHORTEST_SMALL_NAME:
        return False
    lexicon = reading.lexicon
    return lexicon.is_name(key) and (lexicon.is_proper(key) or key not in lexicon.casing)


def _opens_as_name(reading: Reading, position: int) -> bool:
    key, lexicon = reading.keys[position], reading.lexicon
    if key in lexicon.word_names and lexicon.is_everyday(key):
        return _is_subject(reading, position)
    if lexicon.is_everyday(key):
        return False
    if lexicon.is_name(key) or lexicon.is_proper(key):
        return True
    return len(key) >= _SHORTEST_UNKNOWN and _is_subject(reading, position)


def _is_subject(reading: Reading, position: int) -> bool:
    word = reading.words[position]
    if word.rest == "'s":
        return word.key not in ABSTRACT
    if position + 1 == len(reading.words):
        return False
    after = reading.words[position + 1]
    if after.gap != " ":
        return after.gap == ", " and word.key not in ABSTRACT and not reading.lexicon.is_everyday(word.key)
    if after.shape is Shape.CAPITAL and after.telling:
        return not reading.is_kept(position + 1) and not reading.lexicon.is_everyday(after.key)
    return after.key in PERSON_VERBS or (after.key in STATES and word.key not in ABSTRACT)


def _extend_right(reading: Reading, position: int) -> None:
    after = position + 1
    while after < len(reading.words) and reading.follows_closely(after):
        if reading.keys[after] in PARTICLES and _continues(reading, after + 1):
            reading.marks[after] = kinds.PERSON
        elif not _continues(reading, after):
            return
        reading.marks[after] = kinds.PERSON
        after += 1


def _continues(reading: Reading, position: int) -> bool:
    """Whether the word goes on with the name before it."""
    if position >= len(reading.words) or not reading.follows_closely(position):
        return False
    word, lexicon = reading.words[position], reading.lexicon
    if word.shape is Shape.LETTER:
        return word.key != "i"
    if word.key in FUNCTION_WORDS:
        return False
    listed = word.key in lexicon.surname_words or word.key in lexicon.word_names
    if reading.is_kept(position):
        return word.key in lexicon.surname_words and word.telling and word.shape is Shape.CAPITAL
    if word.shape is not Shape.SMALL and word.telling:
        return listed or not lexicon.is_everyday(word.key)
    return not lexicon.is_everyday(word.key) and (lexicon.is_name(word.key) or lexicon.is_unknown(word.key))


def _extend_left(reading: Reading, position: int) -> None:
    while position and reading.follows_closely(position) and position - 1 not in reading.marks:
        position -= 1
        word = reading.words[position]
        initial = word.shape is Shape.LETTER and word.key != "i"
        particle = word.key in PARTICLES and word.shape is Shape.CAPITAL
        first = word.key in reading.lexicon.word_names and word.shape is not Shape.SMALL
        unknown = word.opens and word.shape is Shape.CAPITAL and reading.lexicon.is_unknown(word.key)
        if not (initial or particle or first or unknown) or reading.is_kept(position):
            return
        reading.marks[position] = kinds.PERSON
