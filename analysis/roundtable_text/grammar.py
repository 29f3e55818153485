"""The little grammar that tells whether one word can follow another across a line's end."""


def _class(words: str) -> frozenset[str]:
    return frozenset(words.split())


DETERMINERS = _class("a an the this these those each every no any some their his her its our your my")
PREPOSITIONS = _class(
    "of to in on at by with from for into about through between during after before as without against within "
    "towards under over around among across per via"
)
CONJUNCTIONS = _class("and or but nor that which who whom whose when where while because if than whether")
MODALS = _class("will would can could should must may might did do does not cannot didn’t don’t")
PRONOUNS = _class("he she they it we i you there them him us me")
AUXILIARIES = _class("is are was were be been being has have had")
# Words with a grammatical task; with a capital they open a sentence.
FUNCTION_WORDS = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | PRONOUNS | AUXILIARIES
# No sentence ends with one of these.
LEADING = DETERMINERS | PREPOSITIONS | (CONJUNCTIONS - {"that"}) | MODALS | AUXILIARIES
# What cannot follow a word of each class.
_NEVER_AFTER = (
    (DETERMINERS, DETERMINERS | PREPOSITIONS | CONJUNCTIONS | PRONOUNS | AUXILIARIES | MODALS),
    (PREPOSITIONS - {"to", "as", "before", "after"}, AUXILIARIES | MODALS | {"and", "or", "but", "that"}),
    (_class("to"), _class("of to in on at by with from for and or but that was were is are had has did")),
    (_class("and or but"), _class("of and or but than")),
    (MODALS, _class("of and or but was were is are had")),
    (AUXILIARIES, _class("of was were is are had which who and or did")),
    (_class("they we you these"), _class("is was has of the and")),
    (_class("he she it this"), _class("are were have of the and")),
)
_FORBIDDEN = -4.0
_UNUSUAL = -1.5
_EXPECTED = 0.5
_ADVERB_AND_PARTICIPLE = 1.0
_PREPOSITION_AND_PARTICIPLE = -0.7


def fit(last: str, first: str) -> float:
    """How well two words, in lower case, stand together: below -1 hardly, above 0 as expected."""
    if last == first or any(last in ends and first in starts for ends, starts in _NEVER_AFTER):
        return _FORBIDDEN
    if last in PREPOSITIONS and first in PREPOSITIONS:
        return _UNUSUAL
    return (_EXPECTED if last in LEADING else 0.0) + _participle(last, first)


def _participle(last: str, first: str) -> float:
    """An adverb leads to a participle ("badly handled"), a preposition seldom does."""
    if not first.endswith("ed"):
        return 0.0
    if last.endswith("ly"):
        return _ADVERB_AND_PARTICIPLE
    return _PREPOSITION_AND_PARTICIPLE if last in PREPOSITIONS else 0.0
