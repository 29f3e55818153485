"""The catalogues hold every sentence a respondent can meet, no other, and each with its placeholders."""

import re
import unicodedata

import pytest
from babel.messages.catalog import Message

from surveys import catalogues
from tools import messages

LANGUAGES = ["ar", "cy", "pa", "pl", "ur"]
SCRIPTS = {"ar": "ARABIC", "cy": "LATIN", "pa": "GURMUKHI", "pl": "LATIN", "ur": "ARABIC"}
# A name on a key and the name of this site; words in brackets are how a thing is known in England.
LATIN = re.compile(r"\b(Heard|Shift)\b|\([A-Za-z ’-]+\)")
SAME_IN_WELSH = {"Help"}


@pytest.fixture(scope="module")
def wanted():
    return messages.extract()


def test_the_settings_name_the_languages():
    assert sorted(catalogues.languages()) == LANGUAGES


def test_sentences_are_found_in_templates_modules_and_data(wanted):
    assert "templates/components/emergency.html" in wanted["If you or a child are in danger now, call 999."]
    assert wanted["Choose yes or no to go on."] == ["surveys/journey/forms.py"]
    assert wanted["Neither agree nor disagree"] == ["surveys/definition.py"]
    assert wanted["Your name. We do not ask for it."] == ["site/pages/data/register.yaml"]
    assert ("It takes about %(minutes)s minute.", "It takes about %(minutes)s minutes.") in wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing_stale_untranslated_or_wrongly_written(language, wanted):
    assert messages.faults(catalogues.read(language), wanted) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_in_another_language(language):
    found = {
        text: wrong
        for message in catalogues.read(language)
        if message.id
        for text in _forms(message.string)
        if (wrong := foreign(language, text, _forms(message.id)))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("ur", "%(name)s واپس (Back)", ""),
        ("ur", "Back", "still English"),
        ("ur", "واپس now", "now"),
        ("ur", "ਪਿੱਛੇ", "ਪਛ"),
        ("pl", "wstecz پیچھے", "پیچھے"),
        ("cy", "Help", ""),
    ],
)
def test_what_is_in_another_language_is_seen(language, text, wrong):
    assert foreign(language, text, ["Back", "Help"]) == wrong


def foreign(language: str, text: str, english: list[str]) -> str:
    """What in a draft is of another language, as far as its letters tell."""
    if text in english and not (language == "cy" and text in SAME_IN_WELSH):
        return "still English"
    bare = LATIN.sub("", messages.HOLES.sub("", text))
    return "".join(
        letter for letter in bare if letter.isalpha() and not unicodedata.name(letter).startswith(SCRIPTS[language])
    )


def _forms(text: str | list[str] | tuple[str, ...]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@pytest.mark.parametrize("path", messages._files(messages.TEMPLATES), ids=lambda path: path.name)
def test_no_sentence_of_a_respondents_page_is_left_unwrapped(path):
    """Words between tags stand in a translation tag, save in the parts that are said to be English."""
    if path.name in {"home.html", "public.html", "guidance.html"}:
        pytest.skip("an editor's page, in the editors' language")
    text = re.sub(r"{#.*?#}|<(\w+)[^>]*lang=\"en\".*?</\1>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(
        r"{% block body_class %}.*?{% endblock body_class %}|{% (blocktranslate).*?{% endblocktranslate %}",
        "",
        text,
        flags=re.DOTALL,
    )
    words = re.sub(r"<[^>]*>|{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL).replace("Heard", "")
    assert re.findall(r"[A-Za-z]{2,}", words) == []


def test_an_update_keeps_translations_adds_what_is_new_and_drops_what_is_gone(tmp_path):
    messages.update("ur", {"Back": ["a.html"], "Gone": ["a.html"]}, tmp_path)
    path = tmp_path / "ur/LC_MESSAGES/django.po"
    path.write_text(path.read_text().replace('msgid "Back"\nmsgstr ""', 'msgid "Back"\nmsgstr "واپس"'))
    messages.update("ur", {"New %(name)s": ["b.html"], "Back": ["a.html"]}, tmp_path)
    catalogue = catalogues.read("ur", source=tmp_path)
    assert {message.id: message.string for message in catalogue if message.id} == {"New %(name)s": "", "Back": "واپس"}
    before = path.read_bytes()
    messages.update("ur", {"New %(name)s": ["b.html"], "Back": ["a.html"]}, tmp_path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("english", "drafted", "fault"),
    [
        ("Back", "", "not translated"),
        ("Hello %(name)s", "سلام", "placeholders differ in 'سلام'"),
        ("Hello %(name)s", "سلام %(nam)s", "placeholders differ in 'سلام %(nam)s'"),
        ("NUMBER left", "باقی", "placeholders differ in 'باقی'"),
        ("Back", "واپس ", "spaces around it"),
        (("%(n)s day", "%(n)s days"), ("ایک دن", ""), "not translated"),
        (("%(n)s day", "%(n)s days"), ("ایک دن", "%(m)s دن"), "placeholders differ in '%(m)s دن'"),
    ],
)
def test_what_is_amiss_with_a_draft_is_said(english, drafted, fault):
    assert list(messages._faults_of(Message(english, drafted))) == [fault]


@pytest.mark.parametrize(
    ("english", "drafted"),
    [("Hello %(name)s", "سلام %(name)s"), (("%(n)s day", "%(n)s days"), ("ایک دن", "%(n)s دن"))],
)
def test_a_good_draft_has_no_fault(english, drafted):
    assert list(messages._faults_of(Message(english, drafted))) == []


def test_a_draft_marked_fuzzy_is_a_fault():
    assert list(messages._faults_of(Message("Back", "واپس", flags=["fuzzy"]))) == [
        "marked fuzzy, so it is shown in English"
    ]
