"""Marks streets and named organisations: runs of words that end in "road", "school", "ltd" and the like."""

import re

from . import kinds
from .grammar import AREAS, FUNCTION_WORDS, WHERE, word_set
from .reading import Reading
from .words import Shape

_SURE_STREETS = word_set(
    """
    road rd street st avenue ave lane crescent cres terrace gardens gdns mews boulevard blvd wharf cottages
    strasse str parkway
    """
)
_SURE_BODIES = word_set(
    """
    school academy college university nursery preschool surgery practice clinic hospital hospice pharmacy church
    cathedral chapel mosque masjid gurdwara mandir temple synagogue library ltd limited plc llp inc corp llc
    gmbh sons centre form hotel inn arms prison fc afc rfc society
    """
)
_JOINING = word_set("of the and upon our lady & st saint")
# Words that say what sort of school or street, not which one.
_GENERAL = word_set(
    """
    the a my our his her their this that your local new old big main high busy next same whole other another
    primary secondary junior infant catholic christian muslim sikh private public general dental medical
    community day night special grammar nearest good bad great lovely excellent first last any every no dear
    front back side one-way dead no-through crown county magistrates family youth police fire bus train shopping
    care nursing
    """
)
_LONGEST_RUN = 5
_OCCUPIED = word_set(
    """
    work works worked working employed job jobs volunteer volunteers volunteered volunteering study studies studied
    studying student pupil placement shift shifts apprentice apprenticeship temped agency
    """
)
_ALONG = word_set("on in off at down up along near behind from of onto and")
_AT = word_set("for at by with")
_NUMBER_BEFORE = re.compile(
    r"(?<![\w£$])(?:no\.? ?)?(\d{1,5}[a-zA-Z]?(?: ?[-/] ?\d{1,4}[a-zA-Z]?)?),? {1,2}$", re.IGNORECASE
)


def mark_buildings(reading: Reading) -> None:
    """Marks runs that end in a word for a street or an organisation."""
    position = 0
    while position < len(reading.keys):
        body = reading.lexicon.organisations.longest_at(reading.keys, position)
        if body and not reading.words[position].opens:
            _mark_organisation(reading, position, body)
        elif reading.keys[position] in reading.lexicon.streets:
            _mark_street(reading, position)
        position += max(body, 1)


def _mark_organisation(reading: Reading, position: int, length: int) -> None:
    last = position + length - 1
    written = reading.words[position].shape is not Shape.SMALL
    start = _run_start(reading, position)
    naming = [place for place in range(start, position) if _is_telling(reading, place)]
    sure = reading.keys[last] in _SURE_BODIES
    if not naming or (not sure and not any(_is_rare(reading, place) for place in naming)):
        return
    if all(reading.is_kept(place) for place in range(start, last + 1)) or (
        not written and _opens_plainly(reading, naming)
    ):
        return
    reading.marks |= dict.fromkeys(range(start, last + 1), kinds.ORGANISATION)


def mark_employers(reading: Reading) -> None:
    """Marks the run of capitals after "works for", "employed by", "student at"."""
    for position in range(1, len(reading.words)):
        if reading.keys[position] in _AT and reading.keys[position - 1] in _OCCUPIED:
            end = position + 1
            while end < len(reading.words) and _names_employer(reading, end):
                end += 1
            reading.marks |= dict.fromkeys(range(position + 1, end), kinds.ORGANISATION)


def _names_employer(reading: Reading, position: int) -> bool:
    word = reading.words[position]
    near = word.gap == " " and not reading.words[position - 1].rest
    return (
        near
        and reading.is_written_as_name(position)
        and not reading.is_kept(position)
        and word.key not in FUNCTION_WORDS
    )


def _is_telling(reading: Reading, position: int) -> bool:
    """Whether the word says which school or firm it is, not only what sort."""
    key = reading.keys[position]
    return key not in _GENERAL | _JOINING and (not reading.is_kept(position) or key in AREAS)


def _opens_plainly(reading: Reading, naming: list[int]) -> bool:
    first = naming[0]
    return len(naming) == 1 and reading.words[first].opens and not _is_rare(reading, first)


def _is_rare(reading: Reading, position: int) -> bool:
    return position in reading.marks or not (
        reading.lexicon.is_everyday(reading.keys[position]) or reading.is_kept(position)
    )


def _run_start(reading: Reading, position: int) -> int:
    """Where the run of naming words before `position` begins."""
    start = probe = position
    while probe and position - probe < _LONGEST_RUN and _is_beside(reading, probe):
        probe -= 1
        if _names(reading, probe):
            start = probe
        elif reading.keys[probe] not in _JOINING or reading.words[probe + 1].shape is Shape.SMALL:
            break
    return start


def _is_beside(reading: Reading, position: int) -> bool:
    word = reading.words[position]
    return (
        not word.opens
        and re.fullmatch(r" {1,2}| ?& ?|\. |, ?", word.gap) is not None
        and (word.gap[0] != "," or position - 1 in reading.marks)
    )


def _names(reading: Reading, position: int) -> bool:
    word = reading.words[position]
    if position in reading.marks:
        return True
    if word.key in FUNCTION_WORDS - _GENERAL or (word.key in _GENERAL and not reading.is_written_as_name(position)):
        return False
    if word.telling and word.shape is not Shape.SMALL:
        return (
            not word.opens
            or not reading.lexicon.is_everyday(word.key)
            or word.key in reading.lexicon.surname_words
            or word.key == "st"
        )
    lexicon = reading.lexicon
    return (
        lexicon.is_name(word.key)
        or lexicon.is_proper(word.key)
        or lexicon.is_unknown(word.key)
        or word.key in _SURE_STREETS
    )


def _mark_street(reading: Reading, position: int) -> None:
    start = _run_start(reading, position)
    numbered = _numbered_start(reading, position)
    if start == position and _lacks_article(reading, position - 1):
        start = position - 1
    if numbered is not None:
        start = min(start, numbered)
    naming = [place for place in range(start, position) if reading.keys[place] not in _JOINING]
    if (
        not naming
        or all(reading.keys[place] in _GENERAL for place in naming)
        or all(map(reading.is_kept, range(start, position + 1)))
    ):
        return
    rare = any(_is_rare(reading, place) for place in naming)
    written = reading.words[position].shape is not Shape.SMALL and reading.words[naming[-1]].shape is not Shape.SMALL
    sure = reading.keys[position] in _SURE_STREETS and (
        rare or written or reading.is_written_as_name(naming[-1]) or _lacks_article(reading, start)
    )
    placed = written and start > 0 and reading.keys[start - 1] in WHERE and reading.is_written_as_name(start)
    if numbered is not None or sure or placed or (rare and written):
        reading.marks |= dict.fromkeys(range(start, position + 1), kinds.ADDRESS)


def _lacks_article(reading: Reading, start: int) -> bool:
    """Whether a preposition stands right before the run: "on station road", but "on the road" and "a busy road"."""
    if start < 1 or reading.words[start + 1].gap != " " or reading.words[start].gap != " ":
        return False
    return reading.keys[start - 1] in _ALONG and reading.keys[start] not in _GENERAL | FUNCTION_WORDS


def _numbered_start(reading: Reading, position: int) -> int | None:
    """Where the words between a house number and `position` begin, if a house number stands there."""
    for start in range(position - 1, max(position - _LONGEST_RUN, -1), -1):
        word = reading.words[start]
        if word.key in FUNCTION_WORDS - _GENERAL or (
            word.key in _GENERAL and position - start == 1 and word.shape is Shape.SMALL
        ):
            return None
        if _NUMBER_BEFORE.search(reading.text[max(0, word.start - 20) : word.start]):
            return start
        if word.gap.strip(" .'-"):
            return None
    return None
