"""Brings typed words to one plain form for `triage`: case, apostrophes, accents, spaced-out and disguised letters."""

import re
import unicodedata

APOSTROPHES = re.compile(r"(?<=\w)\s?['’‘`\u00b4\u02bc]\s?(?=\w)")
# The last two end sentences in Urdu and in Panjabi.
SENTENCE_END = re.compile(r"[.!?;\n\r\u06d4\u0964]+")
# Letters a sender sets apart or disguises, so that a shared screen or a filter does not see the word.
SPACED_OUT = re.compile(r"\b(?:[^\W\d_][\s.\-*_]){2,}[^\W\d_]\b")
DISGUISES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s", "ł": "l"})
DISGUISED = re.compile(r"\b(?=[\w@$]*[a-z])(?=[\w@$]*[0-9@$])[a-z][\w@$]*[a-z]\b")
NOT_A_WORD = re.compile(r"[^\w+]+")
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def sentences(text: str) -> list[str]:
    """The text's sentences in plain form: lower case, no punctuation, no accents, single spaces."""
    plain = without_accents(INVISIBLE.sub("", text)).casefold()
    plain = APOSTROPHES.sub("", plain)
    plain = SPACED_OUT.sub(lambda run: re.sub(r"[\s.\-*_]", "", run[0]), plain)
    parts = (NOT_A_WORD.sub(" ", DISGUISED.sub(undisguised, part)).strip() for part in SENTENCE_END.split(plain))
    return [part for part in parts if part]


def without_accents(text: str) -> str:
    """Compatibility form with the marks taken off, so that keyboards with and without accents agree."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def undisguised(found: re.Match[str]) -> str:
    """A word with digits for letters, such as "k1ll", as it is said."""
    return found[0].translate(DISGUISES)
