"""The database itself keeps every coded span inside its statement and its passage, whoever writes to it."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from analysis.coding.places import places
from analysis.coding.recording import Found, code
from analysis.models import CodedTag, Coding
from tests.analysis.coding.factories import analyst, passage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coding(settings):
    settings.HEARD_AUDIT_SHARE = 0
    place = places(passage())[1]
    return code(place, [Found("communication", "problem", place.start, place.end)], by=analyst())


def insert(row, **changes):
    """Copy a row with raw SQL and these changes, in a transaction of its own."""
    fields = [field.attname for field in row._meta.concrete_fields]
    values = {name: getattr(row, name) for name in fields} | {"id": uuid.uuid4(), **changes}
    given = [
        value.hex if isinstance(value, uuid.UUID) and connection.vendor == "sqlite" else value
        for value in values.values()
    ]
    columns = ", ".join(f'"{name}"' for name in fields)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})",  # noqa: S608 - names of our own columns
            given,
        )


def test_a_sound_row_goes_in(coding):
    insert(coding, start=0, end=coding.passage_length)
    insert(coding.tags.get(), theme="delay", start=coding.start, end=coding.start + 1)
    assert (Coding.objects.count(), CodedTag.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 3), (3, 3), (4, 3), (0, None)], ids=["before 0", "empty", "backwards", "past the end"]
)
def test_a_coding_outside_its_passage_is_refused(coding, start, end):
    with pytest.raises(IntegrityError):
        insert(coding, start=start, end=coding.passage_length + 1 if end is None else end)


def test_a_coding_cannot_claim_another_length(coding):
    with pytest.raises(IntegrityError):
        insert(coding, start=0, end=coding.passage_length + 50, passage_length=coding.passage_length + 50)


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 0), (0, 0), (1, 0), (0, 1)], ids=["before", "empty", "backwards", "past"]
)
def test_evidence_outside_its_statement_is_refused(coding, start, end):
    spans = {(-1, 0): (coding.start - 1, coding.end), (0, 1): (coding.start, coding.end + 1)}
    first, last = spans.get((start, end), (coding.start + start, coding.start + end))
    with pytest.raises(IntegrityError):
        insert(coding.tags.get(), theme="delay", start=first, end=last)


def test_evidence_cannot_claim_another_statement(coding):
    with pytest.raises(IntegrityError):
        insert(coding.tags.get(), theme="delay", statement_start=0, statement_end=coding.passage_length, start=0, end=4)


def test_a_withdrawal_takes_the_codings_with_it(coding):
    coding.passage.contribution.delete()
    assert (Coding.objects.count(), CodedTag.objects.count()) == (0, 0)
