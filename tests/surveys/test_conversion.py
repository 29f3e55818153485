"""Blocks and definitions say the same: nothing is lost on the way there and back."""

import pytest
from hypothesis import given

from surveys.blocks import QuestionsBlock
from surveys.conversion import BLOCKS, from_raw, split, to_raw
from surveys.definition import Definition, Kind, Part
from surveys.library import load_template
from tests.surveys.factories import SMALL, definitions


@given(definitions())
def test_there_and_back_changes_nothing(definition):
    assert from_raw(definition.title, to_raw(definition)) == definition


@given(definitions())
def test_what_a_stream_field_stores_is_the_same_too(definition):
    block = QuestionsBlock()
    stored = block.get_prep_value(block.to_python(to_raw(definition)))
    assert from_raw(definition.title, stored) == definition


@pytest.mark.parametrize("definition", [SMALL, load_template("victims_code_experience"), Definition("Empty")])
def test_what_ships_survives_the_editor(definition):
    block = QuestionsBlock()
    value = block.to_python(to_raw(definition))
    assert from_raw(definition.title, block.get_prep_value(block.clean(value))) == definition


def test_block_ids_are_the_same_every_time():
    assert to_raw(SMALL) == to_raw(SMALL)
    ids = [item["id"] for item in to_raw(SMALL)]
    assert len(set(ids)) == len(ids)


def test_every_kind_and_part_has_a_block():
    assert set(BLOCKS) == set(QuestionsBlock().child_blocks)
    assert {kind for kind, _ in BLOCKS.values()} == set(Kind)
    assert {part for _, part in BLOCKS.values()} == set(Part)


def test_a_half_written_block_is_an_empty_question():
    question = from_raw("", [{"type": "single", "id": "1", "value": {"label": None, "options": None}}]).questions[0]
    assert (question.id, question.label, question.options, question.show_if) == ("", "", (), None)


@pytest.mark.parametrize(
    ("text", "parts"), [("a, b", ("a", "b")), (" a ,, b,", ("a", "b")), ("", ()), (None, ()), (" , ", ())]
)
def test_lists_are_written_with_commas(text, parts):
    assert split(text) == parts
