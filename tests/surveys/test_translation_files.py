"""The surveys in other languages: each file says all of its survey and nothing else, in its own script.

Whether a text means what the English means no test can tell: every file is a draft until a reader has checked it.
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.utils import translation

from surveys.definition import SCALES, Definition, Part
from surveys.library import DATA, available, load_template
from surveys.returning.uses import CHOICES

FILES = sorted((DATA / "translations").glob("*/*.yaml"))
SCRIPTS = {"ar": "ARABIC", "cy": "LATIN", "pa": "GURMUKHI", "pl": "LATIN", "ur": "ARABIC"}
# Letters that look like a language's own and belong to its neighbour: a reader's search and a screen reader stumble over them.
LOOKALIKES = {"ar": "یکہھےٹڈڑپچگ", "ur": "يكىهةٱ"}
NAMES = {"Birmingham", "Coventry", "Dudley", "Sandwell", "Solihull", "Walsall", "Wolverhampton"}
# Words that are the same in English and in a language that is written in the same letters.
SHARED = {"cy": set[str](), "pl": set[str]()}
STEERING = {*"\u061c\u200e\u200f", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
DRAFT = re.compile(r"# .*draft.*nobody has checked.*\d{1,2} [A-Z][a-z]+ 20\d\d")


def texts_of(definition: Definition) -> dict[str, str]:
    """Every text a respondent reads in a survey, by key; the points of a scale are in the catalogues instead."""
    texts = {"title": definition.title}
    for question in definition.questions:
        parts = [(question.id, question.label, question.hint)]
        if question.kind not in SCALES:
            parts += [(f"{question.id}/{option.value}", option.label, option.hint) for option in question.options]
        for name, label, hint in parts:
            texts[f"{name}.label"] = label
            if hint:
                texts[f"{name}.hint"] = hint
    return texts


def faults(language: str, english: str, text: object) -> Iterator[str]:
    """What can be seen to be wrong with a translation without knowing the language."""
    if not isinstance(text, str) or text != text.strip() or not text:
        yield "no text"
        return
    if text != unicodedata.normalize("NFC", text) or any(unicodedata.category(mark) == "Cc" for mark in text):
        yield "not plain text"
    if STEERING & set(text):
        yield "steers the direction by hand"
    if sorted(re.findall(r"\d+", english)) != sorted(re.findall(r"[0-9]+", text)):
        yield "other numbers"
    if text == english and text not in NAMES | SHARED.get(language, set()):
        yield "still English"
    own = SCRIPTS[language]
    # Behind a word of the language, brackets may hold the name by which a service is known in England.
    bare = text if own == "LATIN" else re.sub(r"\([A-Za-z ’-]+\)", "", text)
    if not _letters(bare) or any(not unicodedata.name(letter).startswith(own) for letter in _letters(bare)):
        yield "another script"
    if set(text) & set(LOOKALIKES.get(language, "")):
        yield "a neighbour's letters"


def _letters(text: str) -> list[str]:
    return [letter for letter in text if letter.isalpha()]


def _name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def test_there_is_something_to_look_at():
    assert FILES
    assert {path.parent.name for path in FILES} <= set(SCRIPTS)
    assert {path.stem for path in FILES} <= set(available())


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_it_has_each_text_of_its_survey_once_and_in_order(path):
    node = yaml.compose(path.read_text(encoding="utf-8"))
    assert [key.value for key, _ in node.value] == list(texts_of(load_template(path.stem)))


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_each_text_is_in_the_language_of_its_folder(path):
    english = texts_of(load_template(path.stem))
    texts = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = {key: list(faults(path.parent.name, english[key], text)) for key, text in texts.items() if key in english}
    assert {key: wrong for key, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_options_of_one_question_can_be_told_apart(path):
    texts = yaml.safe_load(path.read_text(encoding="utf-8"))
    options = [(key.split("/")[0], text) for key, text in texts.items() if "/" in key and key.endswith(".label")]
    assert len(set(options)) == len(options)


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_its_first_line_says_that_it_is_a_draft_and_from_when(path):
    assert DRAFT.match(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("ur", "میری عمر 16 سال سے کم ہے", []),
        ("ur", "میری عمر 16 سال سے کم ہے (Under Sixteen)", []),
        ("ur", "", ["no text"]),
        ("ur", False, ["no text"]),
        ("ur", "میری عمر ۱۶ سال سے کم ہے", ["other numbers"]),
        ("ur", "میری عمر 18 سال سے کم ہے", ["other numbers"]),
        ("ur", "میری عمر \u200e16 سال سے کم ہے", ["steers the direction by hand"]),
        ("ur", "میری age 16 سال سے کم ہے", ["another script"]),
        ("ur", "ਮੇਰੀ ਉਮਰ 16 ਸਾਲ ਤੋਂ ਘੱਟ ਹੈ", ["another script"]),
        ("ur", "ميري عمر 16 سال سے کم ہے", ["a neighbour's letters"]),
        ("ar", "عمري أقل من 16 سنة", []),
        ("ar", "عمری أقل من 16 سنة", ["a neighbour's letters"]),
        ("pa", "ਮੇਰੀ ਉਮਰ 16 ਸਾਲ ਤੋਂ ਘੱਟ ਹੈ", []),
        ("pa", "ਮੇਰੀ ਉਮਰ 16\nਸਾਲ ਤੋਂ ਘੱਟ ਹੈ", ["not plain text"]),
        ("pl", "Mam mniej niż 16 lat", []),
        ("pl", "I am under 16", ["still English"]),
        ("cy", "(16)", ["another script"]),
    ],
)
def test_what_is_wrong_with_a_text_is_seen(language, text, wrong):
    assert list(faults(language, "I am under 16", text)) == wrong


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_use_is_called_the_same_where_it_is_asked_for_and_where_it_is_changed(path):
    texts = yaml.safe_load(path.read_text(encoding="utf-8"))
    asked = {question.id for question in load_template(path.stem).questions if question.part is Part.USES}
    with translation.override(path.parent.name):
        called = {use.value: str(label) for use, label, _if_refused in CHOICES}
    for question in asked:
        assert {use: texts[f"{question}/{use}.label"] for use in called} == called
