"""Which language a free text is written in, told on this machine and without network. Pure Python.

`py3langid` knows about a hundred written languages; `feedback.roman` knows the Urdu and the Panjabi that people type in
Roman letters, which it does not. Where neither is sure nothing is said: a wrong mark is worse than none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from threading import Lock
from typing import Any

from feedback import roman
from feedback.roman import Roman

ENGLISH = "en"
# What is surely not English, in a language that cannot be named: ISO 639 calls it uncoded.
ANOTHER = "mis"
# Too little, or too unlike anything, to say.
UNKNOWN = "und"
# Languages named where the package is sure. It knows more, and takes Roman Urdu for some of those.
LANGUAGES = (
    "am ar bg bn cs cy de el es fa fr ga gu he hi hr hu it ja ku ko lt lv ml mr ne nl pa pl ps pt ro ru sk so sq sr sv "
    "ta te th tl tr uk ur vi zh"
)
NAMED = frozenset(LANGUAGES.split())
# Its varieties that are read by the same people, and Nigerian Pidgin, which it sees in English typed in a hurry.
READ_AS = {"pcm": "en", "ary": "ar", "arz": "ar", "sdh": "ku", "wuu": "zh", "yue": "zh", "as": "bn", "uzs": "fa"}
# Probabilities. Letters that are not Roman rule English out by themselves, so that less is asked of the name.
SURE = 0.9
SURE_OF_NAME = 0.6
SURE_OF_ENGLISH = 0.8
# A stretch is Roman Urdu or Panjabi where English is less likely than this, and English only where it is likelier.
LEAST_ENGLISH = 0.4
HALF = 0.5
# A text is in another language where at least this share of it is: one quoted sentence does not make it so.
SHARE = 1 / 3
FEWEST_WORDS = 3
FEWEST_LETTERS = 10
FEWEST_LETTERS_NOT_ROMAN = 5
ROMAN_LETTER = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def is_english(tag: str) -> bool:
    """Whether a BCP 47 tag names English, of wherever."""
    return tag.lower().split("-")[0] == ENGLISH


def together(detected: Iterable[str], chosen: str) -> str:
    """The language of texts that came together, from what was detected in each and the language that was chosen.

    English is only what is English throughout, so that no machine reads a part it does not know; else it is the
    language most of the other texts are in.
    """
    tags = [refined(tag, chosen) for tag in detected] or [chosen]
    others = [tag for tag in tags if not is_english(tag)]
    return Counter(others).most_common(1)[0][0] if others else tags[0]


def refined(detected: str, chosen: str) -> str:
    """The detected language, or the chosen one where nothing surer is known: "pa-Guru" says more than "pa"."""
    if detected == UNKNOWN:
        return chosen
    if detected == ANOTHER and not is_english(chosen):
        return chosen
    return chosen if chosen.lower().split("-")[0] == detected.lower() else detected


def detect(text: str, learned: Roman | None = None) -> str:
    """The BCP 47 tag of the language, `ANOTHER` where it is surely not English, or `UNKNOWN`.

    Without what was `learned`, Roman Urdu and Panjabi are unknown.
    """
    found = Counter(detect_stretch(" ".join(part), learned) for part in roman.stretches(text.split()))
    total = found.total()
    others = [(tag, count) for tag, count in found.most_common() if tag not in {ENGLISH, UNKNOWN}]
    if sum(count for _, count in others) >= total * SHARE:
        return named_first(others)
    return ENGLISH if found[ENGLISH] > total * HALF else UNKNOWN


def named_first(others: Sequence[tuple[str, int]]) -> str:
    """The most frequent language that has a name, or `ANOTHER`."""
    return next((tag for tag, _ in others if tag != ANOTHER), ANOTHER)


def detect_stretch(text: str, learned: Roman | None) -> str:
    """The language of a few words."""
    letters = [letter for letter in text if letter.isalpha()]
    not_roman = [letter for letter in letters if not ROMAN_LETTER.match(letter)]
    if len(not_roman) >= max(FEWEST_LETTERS_NOT_ROMAN, len(letters) * SHARE):
        return in_other_letters(text)
    if len(letters) < FEWEST_LETTERS or len(roman.words(text)) < FEWEST_WORDS:
        return UNKNOWN
    return in_roman_letters(text, learned)


def in_other_letters(text: str) -> str:
    """The language of a stretch that is not written in Roman letters."""
    tag, probability = likeliest(ROMAN_LETTER.sub("", text))
    return tag if probability >= SURE_OF_NAME and tag in NAMED else ANOTHER


def in_roman_letters(text: str, learned: Roman | None) -> str:
    """The language of a stretch in Roman letters, by the package where it is sure, else by what was learned."""
    tag, probability = likeliest(text)
    if probability >= SURE and tag in NAMED:
        return tag
    likely = roman.likely(roman.words(text), learned) if learned else {}
    english = likely.pop(ENGLISH, HALF)
    if likely and english < LEAST_ENGLISH:
        return max(likely, key=lambda language: likely[language])
    if tag == ENGLISH:
        return ENGLISH if probability >= SURE_OF_ENGLISH and english >= HALF else UNKNOWN
    return ANOTHER if probability >= SURE else UNKNOWN


def likeliest(text: str) -> tuple[str, float]:
    """The language the package thinks likeliest, and its probability 0-1; varieties read by the same people are one."""
    together: Counter[str] = Counter()
    for tag, probability in identifier().rank(text):
        together[READ_AS.get(tag, tag)] += probability
    return together.most_common(1)[0]


def identifier() -> Any:
    """The package with the data it brings: half a second, 80 MB. A serving process loads it as it starts."""
    with _one_at_a_time:
        return _loaded()


_one_at_a_time = Lock()  # so that a text that comes while it is loading waits for it, and does not load it again


@cache
def _loaded() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - commands that read no text need none

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
