"""Marks words a cue announces as a name: a rank, a form of address, a relation, "my name is"."""

import re
from collections.abc import Iterator

from . import kinds
from .grammar import FUNCTION_WORDS, PERSON_VERBS, STATES, word_set
from .lexicon import OFTEN_A_NAME
from .reading import Reading
from .words import Shape

_OWNERS = word_set("my her his their our your the an a another this that mums mum's ex")
_FIRM = word_set(
    """
    mr mrs ms miss mx dr prof professor rev revd hhj pc wpc pcso spc dc wdc tdc t/dc ds di dci dsu det sgt sarge
    sergeant inspector constable superintendent judge justice imam rabbi pastor captain insp supt cllr pani
    doamna domnul
    """
)
_INTRODUCTIONS = {("name", "is"), ("name", "was"), ("names", "is"), ("known", "as"), ("goes", "by"), ("named", "as")}
_CALLED = word_set("called named name aka alias nicknamed christened")
# A small rare word right after these is more likely a name than a slip of the pen.
_BESIDE = word_set("told asked rang phoned texted with by met saw and trusted contacted messaged")
_LINK = re.compile(r"[,:(]? {1,2}\(?|: ?|:? ?\n ?| ?[-\"'] ?\"?")


def mark_cued(reading: Reading) -> None:
    """Marks every word that a cue announces."""
    for position in _cued(reading):
        reading.marks[position] = kinds.PERSON


def _cued(reading: Reading) -> Iterator[int]:
    for position, key in enumerate(reading.keys):
        after = position + 1
        if after < len(reading.words) and key in reading.lexicon.titles and _is_titled(reading, after):
            yield after
        role = reading.lexicon.roles.longest_at(reading.keys, position)
        if role and position and reading.keys[position - 1] in _OWNERS:
            yield from _after_role(reading, position + role)
        if key in _CALLED or (reading.keys[position - 1 : position + 1] and _introduces(reading, position)):
            yield from _after_introduction(reading, after)
        if key in _BESIDE and after < len(reading.words) and _is_rare_small(reading, after):
            yield after
        if _is_speaker(reading, position):
            yield position
        if _is_rare_small(reading, position) and after < len(reading.words) and _goes_with(reading, after):
            yield from (position, after)


def _introduces(reading: Reading, position: int) -> bool:
    if len(reading.words[position].gap) > len("'s ") or not position:
        return False
    return (reading.keys[position - 1], reading.keys[position]) in _INTRODUCTIONS


def _is_titled(reading: Reading, position: int) -> bool:
    word, key, lexicon = reading.words[position], reading.keys[position], reading.lexicon
    if not re.fullmatch(r"\.? {1,2}|\. ?", word.gap) or key in FUNCTION_WORDS or key in lexicon.titles:
        return False
    rare = not lexicon.is_everyday(key) and not reading.is_kept(position)
    if word.shape is Shape.LETTER:
        return key != "i"
    firm = reading.keys[position - 1] in _FIRM
    if word.shape is Shape.SMALL or not word.telling:
        return rare or (firm and (key in lexicon.surname_words or key in lexicon.word_names))
    if key in lexicon.surname_words or key in lexicon.names:
        return True
    return rare or (firm and not reading.is_kept(position))


def _after_role(reading: Reading, position: int) -> Iterator[int]:
    if position < len(reading.keys) and reading.keys[position] in {"called", "named", "is", "was"}:
        if reading.keys[position] in {"is", "was"}:
            return
        position += 1
    if position >= len(reading.keys) or not _LINK.fullmatch(reading.words[position].gap):
        return
    word, key = reading.words[position], reading.keys[position]
    initial = word.shape is Shape.LETTER and key not in {"i", "a"}
    if initial or _is_rare(reading, position) or (key in reading.lexicon.word_names and _acts(reading, position)):
        yield position


def _is_rare(reading: Reading, position: int) -> bool:
    key = reading.keys[position]
    if len(key) < 2 or key in FUNCTION_WORDS or reading.is_kept(position):
        return False
    lexicon = reading.lexicon
    if key in lexicon.names and lexicon.casing.get(key, 0.0) > OFTEN_A_NAME:
        return True
    if reading.words[position].shape is not Shape.SMALL:
        return not lexicon.is_everyday(key)
    return lexicon.is_name(key) or lexicon.is_proper(key) or lexicon.is_unknown(key)


def _is_rare_small(reading: Reading, position: int) -> bool:
    word = reading.words[position]
    unknown = reading.lexicon.is_unknown(word.key) and len(word.key) > 3 and "-" not in word.key
    return unknown and word.shape is Shape.SMALL and word.gap == " " and not reading.is_kept(position)


def _goes_with(reading: Reading, position: int) -> bool:
    """Whether a small word makes a full name of the unknown small word before it."""
    word, lexicon = reading.words[position], reading.lexicon
    listed = lexicon.is_proper(word.key) or lexicon.is_name(word.key) or lexicon.is_unknown(word.key)
    return (
        listed and word.shape is Shape.SMALL and word.gap == " " and len(word.key) > 2 and not reading.is_kept(position)
    )


def _acts(reading: Reading, position: int) -> bool:
    """Whether the word is followed by what people do, or by a pause."""
    if reading.words[position].rest == "'s" or position + 1 == len(reading.words):
        return True
    after = reading.words[position + 1]
    return after.key in PERSON_VERBS or after.key in STATES or after.gap[:1] in {",", ".", "(", ")"}


def _after_introduction(reading: Reading, position: int) -> Iterator[int]:
    if position < len(reading.keys) and reading.keys[position] in {"is", "was", "as"}:
        position += 1
    if position >= len(reading.keys) or not _LINK.fullmatch(reading.words[position].gap):
        return
    key, lexicon = reading.keys[position], reading.lexicon
    if key in FUNCTION_WORDS or (reading.is_kept(position) and key not in lexicon.names):
        return
    written = reading.is_written_as_name(position)
    if written or not lexicon.is_everyday(key) or key in lexicon.names or reading.words[position].shape is Shape.LETTER:
        yield position


def _is_speaker(reading: Reading, position: int) -> bool:
    """Whether the word stands alone at the start of a line before a colon, as in a script."""
    word = reading.words[position]
    if word.shape is not Shape.CAPITAL or not word.opens or word.rest:
        return False
    alone = reading.text[word.end : word.end + 2] in {": ", ":\n"}
    return alone and (_is_rare(reading, position) or word.key in reading.lexicon.names)
