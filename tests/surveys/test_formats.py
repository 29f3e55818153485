"""Easy Read and sign language as facets of one question: the same ids, values, routes and hash of older versions."""

from dataclasses import replace

from surveys import formats, soundness
from surveys.definition import SCALES, Definition, Kind, Option, Question, from_json
from surveys.facets import Easy, Mode, Signed
from surveys.library import load_template
from surveys.routes import spread
from tests.surveys.factories import SMALL

VE = load_template("victims_code_experience")
QUESTION = Question(
    "Q-1",
    Kind.SINGLE,
    "Were you content with the outcome?",
    hint="Think of the whole.",
    options=(
        Option("yes", "I was", easy="Yes", picture="house:yes"),
        Option("no", "I was not", easy="No", picture="house:no"),
    ),
    easy=Easy("Are you happy?", "With how it ended.", "house:happy"),
    signed=Signed("document:5"),
)
OTHER = Question("Q-2", Kind.SHORT_TEXT, "And then?")


def only(*questions):
    return Definition("Fictional", questions)


def test_easy_read_changes_words_and_nothing_an_answer_means():
    plain, easy = (formats.presented(VE, mode) for mode in (Mode.STANDARD, Mode.EASY))
    for before, after in zip(plain.questions, easy.questions, strict=True):
        assert (before.id, before.kind, before.show_if, before.part) == (
            after.id,
            after.kind,
            after.show_if,
            after.part,
        )
        assert [o.value for o in before.options] == [o.value for o in after.options]
        assert [o.voice for o in before.options] == [o.voice for o in after.options]
    assert spread(plain).pages == spread(easy).pages
    assert plain.question("VE-19").label != easy.question("VE-19").label


def test_each_mode_shows_only_what_is_its_own():
    plain, easy, signed = (formats.presented(only(QUESTION), mode).questions[0] for mode in Mode)
    assert (plain.label, plain.easy, plain.signed, plain.options[0].picture) == (QUESTION.label, Easy(), Signed(), "")
    assert (easy.label, easy.hint, easy.signed) == ("Are you happy?", "With how it ended.", Signed())
    assert [(o.label, o.picture) for o in easy.options] == [("Yes", "house:yes"), ("No", "house:no")]
    assert (signed.label, signed.easy, signed.signed) == (QUESTION.label, Easy(), Signed("document:5"))


def test_a_mode_is_offered_only_if_every_question_has_it():
    assert formats.offered(only(QUESTION)) == (Mode.STANDARD, Mode.EASY, Mode.SIGNED)
    assert formats.offered(only(QUESTION, OTHER)) == (Mode.STANDARD,)
    without = replace(QUESTION, options=(*QUESTION.options, Option("other", "Other")))
    assert formats.offered(only(without)) == (Mode.STANDARD, Mode.SIGNED)
    assert formats.offered(only()) == (Mode.STANDARD,)


def test_options_show_their_pictures_only_if_each_has_one():
    partly = only(replace(QUESTION, options=(QUESTION.options[0], replace(QUESTION.options[1], picture=""))))
    assert [option.picture for option in formats.presented(partly, Mode.EASY).questions[0].options] == ["", ""]
    assert formats.warnings(partly) == ["Q-1: only some options have a picture, so none is shown."]


def test_a_question_without_the_words_keeps_its_own():
    assert formats.presented(only(OTHER), Mode.EASY).questions[0].label == "And then?"


def test_the_editor_is_told_which_questions_an_unfinished_mode_lacks():
    found = soundness.warnings(only(QUESTION, OTHER))
    assert any(said.startswith("Q-2 has no Easy Read words.") for said in found)
    assert any(said.startswith("Q-2 has no sign language film.") for said in found)
    assert formats.warnings(SMALL) == []
    assert formats.warnings(only(replace(QUESTION, easy=Easy("Happy?")))) == ["Q-1 has no picture in Easy Read."]


def test_the_shipped_survey_is_whole_in_easy_read_and_short():
    assert formats.without_easy_words(VE) == []
    assert formats.warnings(VE) == []
    for question in VE.questions:
        for sentence in (question.easy.label, *question.easy.hint.replace("?", ".").split(".")):
            assert len(sentence.split()) <= 14, sentence
        for option in question.options:
            assert len(option.easy.split()) <= 14, option.easy


def test_a_version_frozen_before_there_were_modes_reads_as_it_did_and_keeps_its_hash():
    old = {
        "title": "Old",
        "questions": [
            {
                "id": "O-1",
                "kind": "agree5",
                "label": "They listened.",
                "hint": "",
                "options": [
                    {"value": o.value, "label": o.label, "hint": "", "voice": "", "is_exclusive": False}
                    for o in SCALES[Kind.AGREE5]
                ],
                "show_if": None,
                "sensitivity": "none",
                "part": "",
                "limit": 0,
                "breakdown": "",
                "valence": "",
                "feeds": [],
            }
        ],
    }
    read = from_json(old)
    assert read.as_json() == old
    assert formats.offered(read) == (Mode.STANDARD,)


def test_what_is_frozen_reads_back():
    definition = only(QUESTION, OTHER)
    assert from_json(definition.as_json()) == definition
    assert "easy" not in definition.as_json()["questions"][1]
