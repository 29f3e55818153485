"""What is read in SQL is what Django would have read, on either database."""

import uuid
from datetime import date

import pytest

from surveys.journey import stored
from surveys.models import Draft, DraftAnswer, DraftWords
from tests.surveys.factories import SurveyVersionFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 4)
FIELDS = ("id", "question_id", "value", "sitting_box", "given_alone")


def begun(**fields):
    return Draft.objects.create(version=SurveyVersionFactory(), touched_on=DAY, **fields)


def test_a_draft_is_read_whole():
    made = begun(position="K-01", step=7, mode="easy", help="helped", words_offered=True)
    found, has_words = stored.draft(made.pk)
    wanted = Draft.objects.get(pk=made.pk)
    for field in Draft._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(wanted, field.attname), field.name
    assert found.get_deferred_fields() == set()
    assert has_words is False


def test_it_is_known_whether_words_lead_back_to_this_draft():
    with_words, without = begun(), begun()
    DraftWords.objects.create(draft=with_words, locator=b"l", proof=b"p", carry_box=b"c", receipt_box=b"r")
    assert stored.draft(with_words.pk)[1] is True
    assert stored.draft(without.pk)[1] is False


def test_a_draft_that_is_gone_is_none():
    assert stored.draft(uuid.uuid4()) is None


@pytest.mark.parametrize("value", [None, "yes", "", ["first", "second"], "“ż” ਪ"])
def test_answers_are_read_as_they_were_kept(value):
    draft = begun()
    DraftAnswer.objects.create(draft=draft, question_id="closed", value=value, given_alone="open")
    DraftAnswer.objects.create(draft=draft, question_id="words", sitting_box=b"\x00box", period_box=b"other")
    DraftAnswer.objects.create(draft=begun(), question_id="closed", value="not this")
    read = {(a.id, a.question_id, repr(a.value), a.box, a.given_alone) for a in stored.answers(draft.pk)}
    rows = DraftAnswer.objects.filter(draft=draft).values_list(*FIELDS)
    assert read == {(key, name, repr(said), box and bytes(box), alone) for key, name, said, box, alone in rows}
