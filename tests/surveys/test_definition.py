"""A definition is plain data: it survives being written out, and its bytes are always the same."""

import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given

from feedback.models import Use, Voice
from surveys.definition import SCALES, USES, VOICES, Definition, Kind, Option, Question, from_json
from tests.surveys.factories import SMALL, TOLD, definitions


@given(definitions())
def test_what_is_written_out_is_read_back_the_same(definition):
    assert from_json(definition.as_json()) == definition


@given(definitions())
def test_a_database_or_a_file_changes_nothing(definition):
    stored = json.loads(json.dumps(definition.as_json(), indent=3, ensure_ascii=True))
    shuffled = json.loads(json.dumps(stored, sort_keys=True))
    assert from_json(shuffled).canonical() == definition.canonical()


@given(definitions())
def test_the_hash_is_of_the_canonical_bytes(definition):
    assert definition.sha256() == hashlib.sha256(definition.canonical()).hexdigest()


def test_the_canonical_bytes_have_one_form():
    written = Definition("Café “1”", (TOLD,)).canonical()
    assert written.startswith(b'{"questions":[{"breakdown":"","feeds":[],"hint":"","id":"TOLD","kind":"single"')
    assert "Café “1”".encode() in written
    assert b": " not in written


@pytest.mark.parametrize(
    "changed",
    [
        replace(SMALL, title="Another"),
        replace(SMALL, questions=SMALL.questions[::-1]),
        replace(SMALL, questions=SMALL.questions[:-1]),
        replace(SMALL, questions=(replace(SMALL.questions[0], label="Other words?"), *SMALL.questions[1:])),
    ],
    ids=["title", "order", "fewer", "words"],
)
def test_every_change_changes_the_hash(changed):
    assert changed.sha256() != SMALL.sha256()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"title": "x"}, KeyError),
        ({"title": "x", "questions": [{"id": "a", "kind": "essay", "label": "x"}]}, ValueError),
        ({"title": "x", "questions": [{"id": "a", "kind": "single", "label": "x", "colour": "red"}]}, TypeError),
        ({"title": "x", "questions": [{"id": "a", "kind": "single"}]}, TypeError),
    ],
)
def test_unknown_or_missing_keys_are_refused(data, error):
    with pytest.raises(error):
        from_json(data)


def test_what_was_added_later_leaves_the_hash_of_earlier_versions_alone():
    asked = Question("a", Kind.MONTH_YEAR, "When?")
    # Worked out before months had a purpose.
    frozen = "eb557f65438e4fc9f9b63ce000b882f3a6bfb854ae9a67d6a7f75fdbc6e3f712"
    assert Definition("x", (asked,)).sha256() == frozen
    assert Definition("x", (replace(asked, purpose="We count in months."),)).sha256() != frozen
    assert Definition("x", (replace(asked, alone=True),)).sha256() != frozen


def test_help_that_no_option_names_leaves_the_hash_alone():
    asked = Question("a", Kind.SINGLE, "Who?", options=(Option("me", "Me"), Option("us", "Us")))
    assert "helped" not in Definition("x", (asked,)).canonical().decode()
    helped = replace(asked, options=(asked.options[0], replace(asked.options[1], helped=True)))
    assert from_json(Definition("x", (helped,)).as_json()).questions == (helped,)


def test_a_question_is_found_by_its_id():
    assert SMALL.question("TOLD") is TOLD
    with pytest.raises(KeyError):
        SMALL.question("told")


def test_the_uses_and_voices_are_those_of_contributions():
    assert set(USES) == set(Use.values)
    assert set(VOICES) == set(Voice.values)


def test_no_scale_uses_a_value_twice():
    for options in SCALES.values():
        assert len({option.value for option in options}) == len(options)
