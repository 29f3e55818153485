"""Marks names of people: by list, by capital and by rarity, then their further parts."""

from . import kinds
from .grammar import (
    ABSTRACT,
    BEFORE_MONTHS,
    CLAUSE_OPENERS,
    FUNCTION_WORDS,
    MONTH_NAMES,
    OPENERS,
    PARTICLES,
    PERSON_VERBS,
    STATES,
    SURE_VERBS,
    WHERE_ONLY,
)
from .lexicon import OFTEN_A_NAME, Lexicon
from .reading import Reading
from .words import Shape, Word

# Shouted words of up to this many letters are read as initials of a body or a form (CPS, MARAC), unless they are names.
_ACRONYM = 5
_SHORTEST_SMALL_NAME = 3
_SHORTEST_UNKNOWN = 3


def mark_people(reading: Reading) -> None:
    """Marks every word that is a name by itself, and then the initials, particles and family names around it."""
    for position in range(len(reading.words)):
        if position not in reading.marks and not reading.is_kept(position) and _is_name(reading, position):
            reading.marks[position] = _kind(reading, position)
    for position in sorted(reading.marks):
        if reading.marks[position] == kinds.PERSON or position + 1 not in reading.marks:
            _extend_left(reading, position)
            _extend_right(reading, position)
    _mark_again(reading)


def _kind(reading: Reading, position: int) -> str:
    before = reading.keys[position - 1] if position else ""
    if before in WHERE_ONLY and not reading.lexicon.is_name(reading.keys[position]):
        return kinds.PLACE
    return kinds.PERSON


def _is_name(reading: Reading, position: int) -> bool:
    word = reading.words[position]
    if word.shape is Shape.CAPITAL and word.key in reading.lexicon.word_names and reading.is_written_as_name(position):
        return True
    if word.shape is Shape.LETTER or _is_no_name(reading, word.key):
        return False
    if word.shape is Shape.SMALL or (word.shape is Shape.SHOUTED and not word.telling):
        return _is_name_in_any_case(reading, word.key) or _acts_as_name(reading, position)
    if word.shape is Shape.SHOUTED and len(word.key) <= _ACRONYM:
        return _is_name_in_any_case(reading, word.key) or _is_unknown_place(reading, position)
    if word.opens:
        return _opens_as_name(reading, position)
    return _is_capital_name(reading, word)


def _acts_as_name(reading: Reading, position: int) -> bool:
    """Whether a name that is also a word stands where only a person can: "then grace said"."""
    key = reading.keys[position]
    if key not in reading.lexicon.word_names or key in ABSTRACT or position + 1 == len(reading.words):
        return False
    leads = reading.words[position].opens or reading.keys[position - 1] in CLAUSE_OPENERS
    return leads and reading.words[position + 1].gap == " " and reading.keys[position + 1] in SURE_VERBS


def _is_no_name(reading: Reading, key: str) -> bool:
    return key in FUNCTION_WORDS or key in OPENERS or key in reading.lexicon.titles


def _is_capital_name(reading: Reading, word: Word) -> bool:
    """Whether a capital in mid-sentence makes the word a name; in a headline it says less."""
    lexicon = reading.lexicon
    if not lexicon.is_everyday(word.key):
        return True
    likely = word.key in lexicon.word_names or lexicon.casing.get(word.key, 0.0) > OFTEN_A_NAME
    return word.telling and word.key in lexicon.names and likely


def _is_unknown_place(reading: Reading, position: int) -> bool:
    key = reading.keys[position]
    after_where = position > 0 and reading.keys[position - 1] in WHERE_ONLY
    return after_where and len(key) > _SHORTEST_SMALL_NAME and not reading.lexicon.is_everyday(key)


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
    if len(key) < _SHORTEST_UNKNOWN:
        return False
    return lexicon.is_unknown(key) or _is_alone(reading, position) or _is_subject(reading, position)


def _is_alone(reading: Reading, position: int) -> bool:
    """Whether the word, or the name it begins, fills a line, as in the block of an address."""
    end = reading.words[position].end
    return reading.text[end : end + 1] in {"", "\n", ","}


def _is_subject(reading: Reading, position: int) -> bool:
    word = reading.words[position]
    if word.rest == "'s":
        return word.key not in ABSTRACT
    if position + 1 == len(reading.words):
        return False
    after = reading.words[position + 1]
    if after.gap != " ":
        return after.gap == ", " and word.key not in ABSTRACT and not reading.lexicon.is_everyday(word.key)
    if after.key == "and":
        return _is_capital_at(reading, position + 2)
    if after.shape is Shape.CAPITAL and after.telling:
        return not reading.is_kept(position + 1) and not reading.lexicon.is_everyday(after.key)
    return after.key in PERSON_VERBS or (after.key in STATES and word.key not in ABSTRACT)


def _is_capital_at(reading: Reading, position: int) -> bool:
    if position >= len(reading.words) or reading.is_kept(position):
        return False
    word = reading.words[position]
    return word.shape is Shape.CAPITAL and word.telling and _is_capital_name(reading, word)


def _extend_right(reading: Reading, position: int) -> None:
    after = position + 1
    while after < len(reading.words) and after not in reading.marks and reading.follows_closely(after):
        if not _continues(reading, after) and not (_links(reading, after) and _continues(reading, after + 1)):
            return
        reading.marks[after] = reading.marks[position]
        after += 1


def _links(reading: Reading, position: int) -> bool:
    """Whether the word may stand inside a name: a particle, or a small initial."""
    return reading.keys[position] in PARTICLES or len(reading.keys[position]) == 1


def _continues(reading: Reading, position: int) -> bool:
    """Whether the word goes on with the name before it."""
    if position >= len(reading.words) or not reading.follows_closely(position):
        return False
    word, lexicon = reading.words[position], reading.lexicon
    if word.shape is Shape.LETTER:
        return word.key != "i" and reading.text[word.end : word.end + 1] != "&"
    if _is_no_name(reading, word.key):
        return False
    if word.shape is Shape.CAPITAL and word.telling:
        return not reading.is_kept(position) or word.key in lexicon.surname_words or word.key in lexicon.names
    return not reading.is_kept(position) and _continues_in_any_case(lexicon, word)


def _continues_in_any_case(lexicon: Lexicon, word: Word) -> bool:
    if not lexicon.is_everyday(word.key):
        return True
    listed = word.key in lexicon.surname_words or word.key in lexicon.names
    return listed and lexicon.casing.get(word.key, 0.0) > OFTEN_A_NAME


def _extend_left(reading: Reading, position: int) -> None:
    while position and reading.follows_closely(position) and position - 1 not in reading.marks:
        position -= 1
        if not _precedes(reading, position):
            return
        reading.marks[position] = reading.marks[position + 1]


def _precedes(reading: Reading, position: int) -> bool:
    """Whether the word begins the name after it: an initial, a particle, or a first name that is also a word."""
    word, lexicon = reading.words[position], reading.lexicon
    if word.shape is Shape.LETTER:
        return word.key != "i"
    if word.shape is not Shape.CAPITAL or word.key in lexicon.titles or word.key in OPENERS:
        return False
    if reading.is_kept(position):
        before = reading.keys[position - 1] if position else ""
        return word.key in lexicon.names and word.key in MONTH_NAMES and before not in BEFORE_MONTHS
    if word.key in PARTICLES or word.key in lexicon.word_names:
        return True
    return (
        word.opens
        and word.key not in FUNCTION_WORDS
        and (word.key in lexicon.names or not lexicon.is_everyday(word.key))
    )


def _mark_again(reading: Reading) -> None:
    """Marks words found once as a name wherever else they stand with a capital; rare ones in any case."""
    found = {reading.keys[place] for place, kind in reading.marks.items() if kind == kinds.PERSON}
    found = {key for key in found if len(key) > 1 and key not in PARTICLES and key not in FUNCTION_WORDS}
    for position, key in enumerate(reading.keys):
        if key in found and position not in reading.marks and not reading.is_kept(position):
            rare = not reading.lexicon.is_everyday(key)
            if rare or (reading.words[position].shape is Shape.CAPITAL and reading.is_written_as_name(position)):
                reading.marks[position] = kinds.PERSON
