"""Each fault is found, named with its question, and says what to do; sound definitions have none."""

from dataclasses import replace

import pytest
from hypothesis import given

from surveys.definition import SCALES, Definition, Kind, Option, Part, Question, Rule, Sensitivity
from surveys.library import load_template
from surveys.soundness import faults, warnings
from tests.surveys.factories import CHANGE, CRIME, HEARD, SMALL, TAKE_PART, TOLD, USES, VOICE, YES_NO, definitions


def having(*questions):
    """The small survey's opening with these questions after it; the first of them is question 3."""
    return Definition("x", (TAKE_PART, USES, *questions))


FAULTY = {
    "no questions": (Definition("x"), "The first question must ask whether the person agrees to take part."),
    "no consent": (Definition("x", (USES, CHANGE)), "The first question must ask whether the person agrees"),
    "consent too late": (Definition("x", (USES, TAKE_PART)), "The first question must ask whether the person agrees"),
    "no uses": (Definition("x", (TAKE_PART, CHANGE)), "Nothing asks how the answers may be used"),
    "two uses": (having(replace(USES, id="U2")), "Two questions ask how the answers may be used. Keep one."),
    "two voices": (having(VOICE, replace(VOICE, id="V2")), "Two questions ask who is answering. Keep one."),
    "voice not for all": (having(TOLD, replace(VOICE, show_if=Rule("TOLD", ("yes",)))), "must be asked of everyone."),
    "same key": (having(TOLD, replace(CHANGE, id="TOLD")), "Question 4: the key TOLD is used twice."),
    "odd key": (having(replace(TOLD, id="a b")), "Question 3: its key may have letters, digits and hyphens only"),
    "empty key": (having(replace(TOLD, id="")), "Question 3: its key may have letters"),
    "long key": (having(replace(TOLD, id="x" * 41)), "at most 40 of them"),
    "no words": (having(replace(TOLD, label="  ")), "Question 3: it has no words."),
    "one option": (having(replace(TOLD, options=YES_NO[:1])), "Question 3: it needs at least two options."),
    "same value": (having(replace(TOLD, options=(Option("a", "A"), Option("a", "B")))), "the value “a” is used by two"),
    "odd value": (having(replace(TOLD, options=(Option("a", "A"), Option("b c", "B")))), "an option’s value may have"),
    "empty option": (
        having(replace(TOLD, options=(Option("a", "A"), Option("b", " ")))),
        "one of its options is empty",
    ),
    "rule on an order": (
        having(replace(TOLD, kind=Kind.RANKING), replace(HEARD, show_if=Rule("TOLD", ("yes",)))),
        "looks at TOLD, which has no fixed answers",
    ),
    "one thing to order": (having(replace(TOLD, kind=Kind.RANKING, options=YES_NO[:1])), "at least two options"),
    "an order as breakdown": (having(replace(CRIME, kind=Kind.RANKING)), "a report can only be split by"),
    "a purpose elsewhere": (having(replace(TOLD, purpose="Why not?")), "only a question for a month and year"),
    "options on text": (having(replace(CHANGE, options=YES_NO)), "it cannot have options"),
    "changed scale": (having(replace(HEARD, show_if=None, options=YES_NO)), "does not offer the five points"),
    "alone in a single choice": (
        having(replace(TOLD, options=(YES_NO[0], Option("none", "None", is_exclusive=True)))),
        "only a question with several answers can have one that stands on its own",
    ),
    "rule ahead": (having(replace(HEARD, show_if=Rule("CHANGE", ("x",))), CHANGE), "which does not come before it"),
    "rule on itself": (
        having(replace(TOLD, show_if=Rule("TOLD", ("yes",)))),
        "looks at TOLD, which does not come before",
    ),
    "rule on nothing": (
        having(replace(TOLD, show_if=Rule("GONE", ("yes",)))),
        "looks at GONE, which does not come before",
    ),
    "rule on text": (having(CHANGE, replace(TOLD, show_if=Rule("CHANGE", ("x",)))), "which has no fixed answers"),
    "rule for no answer": (having(TOLD, replace(HEARD, show_if=Rule("TOLD", ()))), "but for no answer"),
    "rule for a lost answer": (
        having(TOLD, replace(HEARD, show_if=Rule("TOLD", ("yes", "maybe")))),
        "looks for “maybe”, which TOLD does not offer",
    ),
    "never asked": (having(replace(TOLD, show_if=Rule("TP", ("no",)))), "Question 3: nobody can ever be asked it."),
    "never asked, further on": (
        having(replace(TOLD, show_if=Rule("TP", ("no",))), HEARD),
        "Question 4: nobody can ever be asked it.",
    ),
    "consent without yes": (
        Definition("x", (replace(TAKE_PART, options=(Option("ok", "OK"), Option("no", "No"))), USES)),
        "one option must have the value “yes”",
    ),
    "consent of another kind": (
        Definition("x", (replace(TAKE_PART, kind=Kind.MULTIPLE), USES)),
        "must be a single choice",
    ),
    "uses of another kind": (
        Definition("x", (TAKE_PART, replace(USES, kind=Kind.SINGLE))),
        "must be a multiple choice",
    ),
    "unknown use": (
        Definition("x", (TAKE_PART, replace(USES, options=(Option("sell", "Sell it"), USES.options[0])))),
        "“sell” is not a use of answers",
    ),
    "voice unsaid": (having(replace(VOICE, options=YES_NO)), "each option must say whose experience"),
    "voice elsewhere": (having(replace(TOLD, options=VOICE.options)), "only the question about who is answering"),
    "breakdown by several": (
        having(replace(CRIME, kind=Kind.MULTIPLE)),
        "can only be split by a question with one answer",
    ),
    "same breakdown twice": (having(CRIME, replace(CRIME, id="C2")), "Two questions split the report by crime-type."),
    "valence of a choice": (having(replace(TOLD, valence="praise")), "only a text question can say"),
}


@pytest.mark.parametrize(("definition", "words"), FAULTY.values(), ids=FAULTY.keys())
def test_a_fault_is_found_and_says_what_to_do(definition, words):
    found = faults(definition)
    assert any(words in fault for fault in found), found
    for fault in found:
        assert fault.endswith(".")
        assert fault[0].isupper()


@given(definitions())
def test_sound_definitions_have_no_fault(definition):
    assert faults(definition) == []


@pytest.mark.parametrize("definition", [SMALL, load_template("victims_code_experience")])
def test_what_ships_is_sound_and_needs_no_second_look(definition):
    assert faults(definition) == []
    assert warnings(definition) == []


def test_one_cause_gives_one_fault():
    assert faults(having(replace(TOLD, show_if=Rule("GONE", ("yes",))))) == [
        "Question 3: its rule looks at GONE, which does not come before it. Choose an earlier question."
    ]


@pytest.mark.parametrize(("words", "is_long"), [(25, False), (26, True)])
def test_a_long_question_is_worth_a_second_look(words, is_long):
    definition = having(VOICE, replace(CHANGE, label=" ".join(["word"] * words)))
    assert warnings(definition) == (
        ["Question 4: it is longer than 25 words. Shorter ones are easier to answer."] if is_long else []
    )


def test_nobody_asked_who_answers_is_worth_a_second_look():
    assert warnings(having(CHANGE)) == ["Nothing asks who is answering, so every answer counts as first-hand."]


def test_a_distressing_end_is_worth_a_second_look():
    last = replace(CHANGE, sensitivity=Sensitivity.DISTRESSING)
    assert warnings(having(VOICE, last)) == ["The last question may distress people. Close with a lighter one."]


def test_nothing_is_no_reason_for_a_warning_to_fail():
    assert len(warnings(Definition("x"))) == 1


def test_scales_are_accepted_as_they_are():
    question = Question("Q", Kind.SATISFACTION5, "How satisfied?", options=SCALES[Kind.SATISFACTION5])
    assert faults(having(question)) == []


def test_consent_asked_again_later_is_allowed():
    again = Question("AGAIN", Kind.SINGLE, "Still?", options=YES_NO, part=Part.TAKE_PART)
    assert faults(having(again, CHANGE)) == []


@pytest.mark.parametrize("question", [VOICE, TAKE_PART], ids=lambda question: question.id)
def test_what_steers_the_journey_cannot_be_answered_alone(question):
    questions = [replace(q, alone=q.id == question.id) for q in having(VOICE, CHANGE).questions]
    assert any("nobody can answer it alone" in fault for fault in faults(Definition("x", tuple(questions))))


def test_what_is_answered_together_cannot_hang_on_what_is_answered_alone():
    steering = replace(TOLD, alone=True)
    then = replace(CHANGE, show_if=Rule("TOLD", ("yes",)))
    assert any("which people answer alone, and last" in fault for fault in faults(having(VOICE, steering, then)))
    assert faults(having(VOICE, steering, replace(then, alone=True))) == []


def test_only_somebody_who_tells_their_own_experience_is_helped():
    def voiced(voice):
        return replace(
            VOICE, options=(Option("a", "A", voice="first-hand"), Option("b", "B", voice=voice, helped=True))
        )

    assert faults(having(voiced("first-hand"), CHANGE)) == []
    assert any("“with help” is for people" in fault for fault in faults(having(voiced("proxy"), CHANGE)))
