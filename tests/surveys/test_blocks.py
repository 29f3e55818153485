"""What editors are told while they write: sentences beside the question, and keys that come by themselves."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from feedback.models import Use, Voice
from surveys.blocks import USES, VOICES, QuestionsBlock
from surveys.conversion import from_raw, to_raw
from surveys.definition import Definition, Kind, Question, Rule
from tests.surveys.factories import CHANGE, HEARD, SMALL, TAKE_PART, TOLD

DRAFT, FINAL = True, False


def cleaned(raw, *, is_draft=FINAL):
    block = QuestionsBlock()
    if is_draft:
        block.defer_required_validation()
    value = block.clean(block.to_python(raw))
    return from_raw("", block.get_prep_value(value)).questions


def sentences(raw, *, is_draft=FINAL):
    """What is said, by the position of the question it is said beside."""
    with pytest.raises(ValidationError) as refusal:
        cleaned(raw, is_draft=is_draft)
    return {
        position: [str(message) for error in fault.non_block_errors.as_data() for message in error.messages]
        for position, fault in refusal.value.block_errors.items()
    }


def raw_of(*questions):
    return to_raw(Definition("", questions))


def test_a_sound_survey_is_taken_as_it_is():
    assert cleaned(raw_of(*SMALL.questions)) == SMALL.questions


@pytest.mark.parametrize("is_draft", [DRAFT, FINAL])
@pytest.mark.parametrize(
    ("questions", "position", "words"),
    [
        (
            (TAKE_PART, replace(HEARD, show_if=Rule("GONE", ("yes",)))),
            1,
            "Its rule looks at GONE, which does not come before it. Choose an earlier question.",
        ),
        (
            (HEARD, TOLD),
            0,
            "Its rule looks at TOLD, which does not come before it. Choose an earlier question.",
        ),
        (
            (TOLD, replace(HEARD, show_if=Rule("TOLD", ("maybe",)))),
            1,
            "Its rule looks for “maybe”, which TOLD does not offer. Correct it.",
        ),
        (
            (TOLD, replace(CHANGE, id="TOLD")),
            1,
            "The key TOLD is used twice. Give one of them another key.",
        ),
        (
            (CHANGE, replace(TOLD, show_if=Rule("CHANGE", ("x",)))),
            1,
            "Its rule looks at CHANGE, which has no fixed answers. Choose a choice question.",
        ),
    ],
)
def test_a_broken_reference_is_said_beside_its_question(questions, position, words, is_draft):
    assert sentences(raw_of(*questions), is_draft=is_draft) == {position: [words]}


def test_a_draft_may_be_unfinished_where_a_final_survey_may_not():
    raw = raw_of(replace(TOLD, options=TOLD.options[:1]))
    assert [question.id for question in cleaned(raw, is_draft=DRAFT)] == ["TOLD"]
    with pytest.raises(ValidationError):
        cleaned(raw)


def test_a_question_without_a_key_gets_one_from_its_block_and_keeps_it():
    raw = raw_of(replace(TOLD, id=""))
    first, again = cleaned(raw)[0].id, cleaned(raw)[0].id
    assert first == again == f"Q-{raw[0]['id'][:8]}"


def test_a_block_without_an_id_gets_both():
    raw = raw_of(replace(TOLD, id=""))
    del raw[0]["id"]
    assert cleaned(raw)[0].id.startswith("Q-")


def test_an_option_without_a_value_gets_one_from_its_words():
    raw = raw_of(TOLD)
    raw[0]["value"]["options"][0]["value"] |= {"value": "", "label": "Yes, I told the police!"}
    assert cleaned(raw)[0].options[0].value == "yes-i-told-the-police"


def test_two_options_with_the_same_words_are_told_apart_by_their_author():
    raw = raw_of(TOLD)
    for option in raw[0]["value"]["options"]:
        option["value"] |= {"value": "", "label": "Yes"}
    assert sentences(raw) == {0: ["The value “yes” is used by two of its options. Give one of them another value."]}


def test_words_in_another_script_need_a_value_by_hand():
    raw = raw_of(TOLD)
    raw[0]["value"]["options"][0]["value"] |= {"value": "", "label": "ਹਾਂ"}
    assert sentences(raw) == {0: ["One of its options is empty. Fill it in or take it out."]}


@pytest.mark.parametrize("value", ["with space", "comma,", "é", "-dash", "new\nline"])
def test_a_value_that_a_rule_could_not_name_is_refused(value):
    raw = raw_of(TOLD)
    raw[0]["value"]["options"][0]["value"]["value"] = value
    with pytest.raises(ValidationError):
        cleaned(raw, is_draft=DRAFT)


@pytest.mark.django_db
def test_the_ready_made_blocks_start_filled_in():
    blocks = QuestionsBlock().child_blocks
    offered = {
        name: [o["value"] for o in blocks[name].get_default()["options"]] for name in ("take_part", "uses", "area")
    }
    assert offered["take_part"] == ["yes", "no"]
    assert set(offered["uses"]) == set(Use.values)
    assert "birmingham" in offered["area"]


def test_the_lists_offered_are_those_of_contributions():
    assert {value for value, _ in USES} == set(Use.values)
    assert {value for value, _ in VOICES} == set(Voice.values)


def test_scales_bring_their_points_with_them():
    question = cleaned([{"type": "agree5", "value": {"label": "They listened.", "key": "L"}, "id": "1"}])[0]
    assert question.kind is Kind.AGREE5
    assert len(question.options) == 6


def test_the_builder_script_is_told_what_the_scales_offer():
    show_if = QuestionsBlock().child_blocks["single"].child_blocks["show_if"]
    assert "strongly-agree" in show_if.meta.form_attrs["data-heard-scales"]


def test_the_migration_holds_no_block_definitions():
    from surveys.models import Survey

    _, _, arguments, options = Survey._meta.get_field("questions").deconstruct()
    assert arguments == [[]]
    assert "block_lookup" not in options


def test_an_empty_survey_is_an_empty_list():
    assert cleaned([]) == ()


def test_a_text_question_keeps_its_limit():
    question = Question("T", Kind.SHORT_TEXT, "Where?", limit=80)
    assert cleaned(raw_of(question)) == (question,)
