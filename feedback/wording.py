"""Brings typed words to one plain form for `triage`: case, apostrophes, accents, misspellings, disguised letters.

"He's goin 2 k1ll me!!" and "HE IS GOING TO KILL ME" read the same afterwards, so that a pattern is written once.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).with_name("data") / "wording.yaml"
APOSTROPHES = re.compile("(?<=\\w) ?['’‘`\u00b4\u02bc] ?(?=\\w)")
# The last two end sentences in Urdu and in Panjabi.
SENTENCE_END = re.compile(r"[.!?;\n\r\u06d4\u0964]+")
# Letters a sender sets apart or disguises, so that a shared screen or a filter does not see the word.
SPACED_OUT = re.compile(r"\b(?:[^\W\d_][\s.\-*_]){2,}[^\W\d_]\b")
DISGUISED = re.compile(r"\b[a-z](?:[0-9@$]+[a-z]+)+\b")
DISGUISES = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"})
LETTERS_NOT_DECOMPOSED = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "đ": "d"})
STRETCHED = re.compile(r"([a-z])\1{2,}")
NOT_A_WORD = re.compile(r"[^\w@+]+")
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")


def sentences(text: str) -> list[str]:
    """The text's sentences in plain form: lower case, no punctuation or accents, single spaces, nothing contracted."""
    return [plain for part in SENTENCE_END.split(folded(text)) if (plain := plain_words(part))]


def folded(text: str) -> str:
    """One case, compatible letters without marks, apostrophes straight, letters set apart joined again."""
    visible = INVISIBLE.sub("", text).translate(LETTERS_NOT_DECOMPOSED)
    marked = unicodedata.normalize("NFKD", visible)
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter)).casefold()
    return SPACED_OUT.sub(lambda run: re.sub(r"[\s.\-*_]", "", run[0]), APOSTROPHES.sub("'", plain))


def plain_words(sentence: str) -> str:
    """The sentence's words as they are spelt in full, separated by single spaces."""
    letters = DISGUISED.sub(lambda found: found[0].translate(DISGUISES), sentence)
    letters = STRETCHED.sub(r"\1", letters)
    for pattern, full in contractions():
        letters = pattern.sub(full, letters)
    words = NOT_A_WORD.sub(" ", letters.replace("'", "")).split()
    return " ".join(spellings().get(word, word) for word in words)


@cache
def contractions() -> list[tuple[re.Pattern[str], str]]:
    """Endings such as "'ll" and "n't" with what they stand for."""
    return [(re.compile(pattern), full) for pattern, full in load()["contractions"].items()]


@cache
def spellings() -> dict[str, str]:
    """Every known short form and every likely slip in the words that matter most, with the full spelling."""
    data = load()
    slips = {slip: word for word in data["often_misspelt"] for slip in slips_in(word)}
    for real_word in [*data["real_words"], *data["often_misspelt"]]:
        slips.pop(real_word, None)
    return slips | {short: full for full, shorts in data["short_forms"].items() for short in shorts}


def slips_in(word: str) -> set[str]:
    """Each way to leave out, swap, repeat or mistype one letter after the first."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    splits = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    left_out = {head + tail[1:] for head, tail in splits if tail}
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1}
    mistyped = {head + letter + tail[1:] for head, tail in splits if tail for letter in alphabet}
    added = {head + letter + tail for head, tail in splits for letter in alphabet}
    return left_out | swapped | mistyped | added


def load() -> dict[str, Any]:
    """The data file."""
    data: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return data
