"""Which language words are in: told without network, and left alone where it is not sure."""

import time
from pathlib import Path

import pytest
import yaml

from feedback import languages
from feedback.languages import ANOTHER, ENGLISH, UNKNOWN, detect, together
from tools.measure_languages import HELD_OUT, statements, verdict
from tools.train_languages import EXAMPLES

GROUPS = yaml.safe_load(HELD_OUT.read_text(encoding="utf-8"))
PLAIN_ENGLISH = [name for name in GROUPS if name.startswith("english")]


def wrong(name, texts, roman):
    return [text for text in texts if verdict(name, detect(text, roman)) == "wrong"]


def test_the_held_out_texts_are_not_among_the_examples():
    learned = {
        text.casefold()
        for name, said in yaml.safe_load(EXAMPLES.read_text()).items()
        if name != "spellings"
        for text in said
    }
    assert not learned & {text.casefold() for texts in GROUPS.values() for text in texts}


@pytest.mark.parametrize("name", [name for name in GROUPS if name not in {*PLAIN_ENGLISH, "mixed"}])
def test_each_language_is_told_in_texts_it_never_saw(name, roman):
    assert [text for text in GROUPS[name] if verdict(name, detect(text, roman)) != "right"] == []


@pytest.mark.parametrize("name", PLAIN_ENGLISH)
def test_english_however_it_is_spelt_and_whoever_it_names_is_not_taken_for_another(name, roman):
    assert wrong(name, GROUPS[name], roman) == []


def test_hardly_one_of_a_thousand_english_statements_is_taken_for_another(roman):
    texts = statements()
    assert len(texts) > 1000
    assert len(wrong("english_statements", texts, roman)) <= len(texts) / 500


def test_most_texts_that_mix_english_with_another_are_told(roman):
    assert len(wrong("mixed", GROUPS["mixed"], roman)) <= 1


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("mujhe kisi ne nahi btaya k mera case kahan tak pohncha", "ur-Latn"),
        ("saanu kise ne ni dasseya ke sada case kithe tak pahunchya", "pa-Latn"),
        ("Ni ddaeth neb yn ôl ataf i ar ôl y ddamwain", "cy"),
        ("Nikt nie wrócił do mnie po tym wypadku", "pl"),
        ("حادثے کے بعد کسی نے مجھ سے رابطہ نہیں کیا", "ur"),
        ("ਹਾਦਸੇ ਤੋਂ ਬਾਅਦ ਕਿਸੇ ਨੇ ਮੇਰੇ ਨਾਲ ਗੱਲ ਨਹੀਂ ਕੀਤੀ", "pa"),
        ("لم يتواصل معي أحد بعد الحادث", "ar"),
        ("Nimeni nu m-a contactat după accident", "ro"),
        ("Nobody got in touch after the crash", ENGLISH),
    ],
)
def test_what_people_write_here(text, tag, roman):
    assert detect(text, roman) == tag


@pytest.mark.parametrize(
    "text", ["", " ", "nahi", "ok ji", "Dziękuję", "12/03/2026", "!!!", "😀😀😀", "PC 4412", "ਹਾਂ", "www.example.org"]
)
def test_too_little_says_nothing(text, roman):
    assert detect(text, roman) == UNKNOWN


def test_one_quoted_sentence_does_not_make_an_english_text_another(roman):
    english = "The officer who came to the house was kind and she explained everything to me slowly. "
    quoted = "My mother in law shouted tum is ghar se nikal jao abhi at me. "
    assert detect(english * 2 + quoted + english, roman) == ENGLISH
    assert detect(quoted + " ".join(GROUPS["ur-Latn"][:4]), roman) == "ur-Latn"


def test_another_language_beside_english_is_heard_in_a_long_text(roman):
    assert detect(" ".join([*GROUPS["english"][:4], *GROUPS["pl"][:4]]), roman) == "pl"


def test_what_is_surely_not_english_and_has_no_name_here_is_another_language(roman):
    assert detect("Politiet lyttede ikke til mig, og ingen ringede tilbage bagefter", roman) == ANOTHER


def test_without_what_was_learned_english_and_the_written_languages_are_told():
    assert [detect(GROUPS[name][0]) for name in ("english", "cy", "pl", "ur", "pa", "ar")] == [
        "en",
        "cy",
        "pl",
        "ur",
        "pa",
        "ar",
    ]
    assert {detect(text) for text in GROUPS["ur-Latn"]} <= {UNKNOWN, ANOTHER, ENGLISH}


@pytest.mark.parametrize(
    ("detected", "chosen", "kept"),
    [
        ([], "pl", "pl"),
        (["en"], "en", "en"),
        (["ur-Latn"], "en", "ur-Latn"),
        (["en"], "pl", "en"),
        ([UNKNOWN], "pl", "pl"),
        ([UNKNOWN, "en"], "pl", "pl"),
        (["en", "en", "pl"], "en", "pl"),
        (["cy", "pl", "pl"], "en", "pl"),
        ([ANOTHER], "en", ANOTHER),
        ([ANOTHER], "ti", "ti"),
        (["pa"], "pa-Guru", "pa-Guru"),
        (["en"], "en-GB", "en-GB"),
        (["pa-Latn"], "pa", "pa-Latn"),
    ],
)
def test_the_chosen_language_stands_unless_the_words_are_surely_in_another(detected, chosen, kept):
    assert together(detected, chosen) == kept


@pytest.mark.parametrize(("tag", "is_it"), [("en", True), ("en-GB", True), ("EN", True), ("enm", False), ("cy", False)])
def test_english_is_english_of_anywhere(tag, is_it):
    assert languages.is_english(tag) is is_it


def test_a_text_takes_less_than_two_milliseconds(roman):
    texts = [text for group in GROUPS.values() for text in group]
    detect(texts[0], roman)
    started = time.process_time()
    for text in texts:
        detect(text, roman)
    assert (time.process_time() - started) / len(texts) < 0.002


def test_no_length_or_letter_makes_it_fail(roman):
    for text in ("a" * 50_000, "\ud83d " * 10, "ß" * 30, "\u0a15" * 4000, "- " * 3000):
        detect(text, roman)


def test_the_data_comes_with_the_package():
    from py3langid.langid import MODEL_DIR, MODEL_FILE

    assert (Path(MODEL_DIR) / MODEL_FILE).is_file()
