"""How the experience with a theme was: what the pattern says, turned by negation or a wish, else the clause's words."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from analysis.pipeline.rules import Hit
from analysis.pipeline.tokens import BREAK, Words

PROBLEM, PRAISE, MIXED, SUGGESTION, NEUTRAL = "problem", "praise", "mixed", "suggestion", "neutral"
SCOPE = 4  # words before a match in which a negation turns it
TURNING = frozenset({"not", "never", "without", "hardly", "barely", "neither", "nor"})
TURNING_PRAISE = TURNING | {"no", "nobody", "none", "nothing", "little"}
SCOPE_ENDS = frozenset({"and", "so", "because", "when", "who", "which", "that", "then", "or", "only", "if", "until"})
CONTRAST = frozenset({"but", "however", "although", "though", "whereas", "yet", "except", "despite", "while"})
TURNED = {PROBLEM: PRAISE, PRAISE: PROBLEM}
SOUNDS = {"good": PRAISE, "bad": PROBLEM}
IN_ORDER = (MIXED, PROBLEM, PRAISE, NEUTRAL)  # which of several hits says it


class Ground(StrEnum):
    """What a rule goes by when it says how an experience was."""

    WISH = "wish"  # "should", or an order that opens the statement
    CONTRAST = "contrast"  # praise and problem in one statement
    TURNED = "turned"  # a pattern with a negation before it
    PATTERN = "pattern"
    WORDS = "words"  # good and bad words, or a "not", near a mere mention
    QUESTION = "question"
    NOTHING = "nothing"


class Told(NamedTuple):
    """How a rule says an experience was, and what it goes by."""

    valence: str
    ground: Ground


def of_hits(hits: list[Hit], markers: list[Hit], read: Words, asked: str) -> Told:
    """The valence of one theme in one statement, from its hits and the statement's valence words."""
    found = [(hit, _of_hit(hit, markers, read, asked)) for hit in _telling(hits)]
    said = {told.valence for _, told in found}
    if SUGGESTION in said or _is_demand(hits, markers, read):
        return Told(SUGGESTION, Ground.WISH)
    if {PROBLEM, PRAISE} <= said:
        return Told(MIXED if _is_contrast(found, read) else _stronger(markers), Ground.CONTRAST)
    return min((told for _, told in found), key=lambda told: IN_ORDER.index(told.valence))


def of_words(markers: list[Hit], read: Words, asked: str) -> Told:
    """The valence that good and bad words say, else the question, else a "not"."""
    said = {sound for marker in markers if (sound := sound_of(marker, read))}
    if said:
        return Told(MIXED if len(said) > 1 else said.pop(), Ground.WORDS)
    if asked in {PROBLEM, PRAISE, SUGGESTION}:
        return Told(asked, Ground.QUESTION)
    is_denied = any(marker.theme == "negator" for marker in markers)
    return Told(PROBLEM, Ground.WORDS) if is_denied else Told(NEUTRAL, Ground.NOTHING)


def sound_of(marker: Hit, read: Words) -> str:
    """Praise or problem for a good or bad word, turned by a negation before it; empty for any other marker."""
    plain = SOUNDS.get(marker.theme, "")
    return TURNED[plain] if plain and _negated(marker.first, TURNING_PRAISE, read) else plain


def _telling(hits: list[Hit]) -> list[Hit]:
    """Hits whose pattern says how it was, if there are any, then wishes; mentions only otherwise."""
    for kinds in (TURNED, {SUGGESTION}):
        telling = [hit for hit in hits if hit.kind in kinds]
        if telling:
            return telling
    return hits


def _of_hit(hit: Hit, markers: list[Hit], read: Words, asked: str) -> Told:
    near = [marker for marker in markers if _same_clauses(hit, marker, read)]
    if is_wish([marker for marker in near if hit.kind != PRAISE or _leads_to(marker, hit)]):
        return Told(SUGGESTION, Ground.WISH)
    if hit.kind == SUGGESTION and (asked == SUGGESTION or opens_statement(hit, read)):
        return Told(SUGGESTION, Ground.WISH)
    if hit.kind in TURNED:
        return Told(TURNED[hit.kind], Ground.TURNED) if is_turned(hit, read) else Told(hit.kind, Ground.PATTERN)
    return of_words(near or markers, read, asked)


def _is_contrast(found: list[tuple[Hit, Told]], read: Words) -> bool:
    """Whether a "but" or a new statement stands between praise and problem; within one breath one of them is chance."""
    problems, praises = ([hit for hit, told in found if told.valence == valence] for valence in (PROBLEM, PRAISE))
    pairs = [sorted((one, other), key=lambda hit: hit.first) for one in problems for other in praises]
    return any(CONTRAST & set(read.words[first.first + 1 : second.last + 1]) for first, second in pairs)


def _is_demand(hits: list[Hit], markers: list[Hit], read: Words) -> bool:
    """Whether the statement begins as an order or a plea, and what it is about stands in that clause."""
    demands = [marker for marker in markers if marker.theme == "demand" and opens_statement(marker, read)]
    return any(read.clauses[hit.first] == read.clauses[marker.first] for hit in hits for marker in demands)


def _stronger(markers: list[Hit]) -> str:
    """Which of the two one breath means: praise only if its other words are good and none is bad."""
    kinds = {marker.theme for marker in markers}
    return PRAISE if "good" in kinds and not kinds & {"bad", "negator"} else PROBLEM


def opens_statement(hit: Hit, read: Words) -> bool:
    """Whether a wish is put as a demand: "More female officers", "Stop swapping our officers"."""
    return hit.first == 0 or read.words[hit.first - 1] in {BREAK, "please", "just"}


def _same_clauses(hit: Hit, marker: Hit, read: Words) -> bool:
    return read.clauses[hit.first] <= read.clauses[marker.last] and read.clauses[marker.first] <= read.clauses[hit.last]


def is_wish(markers: Iterable[Hit]) -> bool:
    """Whether somebody wishes for something, and does not only say what they need."""
    found = list(markers)
    denied = [marker for marker in found if marker.theme == "not-wish"]
    return any(marker.theme == "wish" and not _inside_any(marker, denied) for marker in found)


def _inside_any(marker: Hit, others: list[Hit]) -> bool:
    return any(other.first <= marker.last and marker.first <= other.last for other in others)


def _leads_to(marker: Hit, hit: Hit) -> bool:
    """Whether a wish stands in or just before words that would else be praise: "should be kept informed"."""
    return hit.first - SCOPE <= marker.last <= hit.last


def is_turned(hit: Hit, read: Words) -> bool:
    """Whether a negation shortly before the match, in its clause, turns it; one inside it is part of the pattern."""
    turning = TURNING_PRAISE if hit.kind == PRAISE else TURNING
    if hit.is_scattered:
        return False
    if hit.kind == PROBLEM and TURNING_PRAISE & set(read.words[hit.first : hit.last + 1]):
        return False
    return _negated(hit.first, turning, read)


def _negated(at: int, turning: frozenset[str], read: Words) -> bool:
    for number in range(at - 1, max(-1, at - 1 - SCOPE), -1):
        if read.clauses[number] != read.clauses[at] or read.words[number] in SCOPE_ENDS:
            return False
        if read.words[number] in turning:
            return True
    return False
