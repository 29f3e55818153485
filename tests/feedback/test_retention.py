import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts.models import Role
from feedback import keys as key_pairs
from feedback import release, retention
from feedback.intake import FreeText, Submission, receive
from feedback.models import Batch, Channel, Contribution, Envelope, Passage, SealedText, Use, Voice
from tests.accounts.factories import UserFactory
from tests.feedback.factories import (
    ConsultationFactory,
    OpeningFactory,
    PassageFactory,
    PeriodFactory,
    SealedTextFactory,
)

CANARY = "fictional canary heron"
# Where a withdrawn contribution's ids may live on: the log of who opened what, by which there are no words.
LOG = "feedback_opening"


def every_row():
    """Every table's rows by raw SQL, as one searchable text for each table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {table: repr(rows(cursor, table)) for table in tables}


def rows(cursor, table):
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - the names come from the database
    return [tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in cursor]


def tables_with(needle):
    return {table for table, content in every_row().items() if needle in content}


def traces(*objects):
    """The tables in which any of these objects' keys still stands, in either of the forms databases print a UUID."""
    return {table for thing in objects for form in (thing.pk.hex, str(thing.pk)) for table in tables_with(form)}


@pytest.fixture
def reviewed(keys):
    """A contribution that has been opened, approved and read by everyone it could have been."""
    passage = PassageFactory(text=CANARY, quotable=True)
    text = passage.decision.sealed_text
    OpeningFactory(sealed_text=text)
    return passage


def test_withdrawal_leaves_nothing_derived(reviewed):
    text, contribution = reviewed.decision.sealed_text, reviewed.contribution
    kept = PassageFactory()
    before = traces(contribution, text, reviewed, reviewed.decision)
    assert {"feedback_contribution", "feedback_sealedtext", "feedback_envelope", "feedback_passage"} <= before
    assert tables_with(CANARY) == {"feedback_passage"}
    retention.withdraw(contribution)
    assert traces(contribution, text, reviewed, reviewed.decision) == {LOG}
    assert tables_with(CANARY) == set()
    assert Passage.objects.get() == kept


def test_withdrawal_takes_every_table_that_points_at_a_contribution(reviewed):
    # Whatever a later package hangs on a contribution must cascade: PROTECT there would make withdrawal fail.
    from django.apps import apps
    from django.db.models import CASCADE, SET_NULL

    chain = {"Contribution", "SealedText", "Decision", "Passage", "Envelope"}
    stubborn = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model.__name__ in chain
        if field.related_model._meta.app_label == "feedback"
        if field.remote_field.on_delete not in {CASCADE, SET_NULL}
    ]
    assert stubborn == []


def test_the_envelope_dies_so_that_an_old_copy_of_the_ciphertext_is_dead(keys):
    text = SealedTextFactory(text=CANARY)
    old_copy = SealedText.objects.get(pk=text.pk)
    assert release.unseal(old_copy) == CANARY
    retention.withdraw(text.contribution)
    assert not Envelope.objects.exists()
    with pytest.raises(release.NotReleased) as raised:
        release.unseal(old_copy)
    assert raised.value.why == release.LeftOut.WITHDRAWN


def test_withdrawal_is_logged_without_an_id(reviewed, caplog):
    contribution = reviewed.contribution
    with caplog.at_level("INFO"):
        retention.withdraw(contribution)
    assert "withdrawn" in caplog.text
    assert str(contribution.pk) not in caplog.text


def test_withdrawing_twice_is_no_error(reviewed):
    retention.withdraw(reviewed.contribution)
    retention.withdraw(reviewed.contribution)
    assert not Contribution.objects.exists()


@pytest.fixture
def batch(keys):
    made = Batch.objects.create(label="Fictional file", sha256="0" * 64)
    for _ in range(3):
        facts = {"channel": Channel.IMPORT, "voice": Voice.FIRST_HAND, "consents": frozenset({Use.STATISTICS})}
        receive(Submission(consultation=ConsultationFactory(), texts=[FreeText("a", CANARY)], batch=made, **facts))
    return made


@pytest.mark.parametrize("by", [None, Role.EDITOR])
def test_undoing_a_batch_leaves_nothing_of_it_and_all_else(batch, by):
    other = SealedTextFactory()
    user = UserFactory(roles=[by]) if by else None
    assert retention.undo_batch(batch, user) == 3
    assert list(SealedText.objects.all()) == [other]
    assert Envelope.objects.count() == 1
    assert not Batch.objects.exists()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.COMMISSION_MEMBER])
def test_not_everyone_undoes_a_batch(batch, role):
    with pytest.raises(PermissionDenied):
        retention.undo_batch(batch, UserFactory(roles=[role], is_superuser=True))
    assert Contribution.objects.count() == 3


AFTER = datetime.date(2099, 1, 1)


def test_destroying_a_period_ends_its_texts_and_leaves_what_was_reviewed(keys, settings):
    past = PeriodFactory(id="2026-01")
    decided = PassageFactory(decision__sealed_text__period=past)
    current = SealedTextFactory(text=CANARY)
    copied_envelope = bytes(decided.decision.sealed_text.envelope.wrapped_key)
    assert retention.destroy_period(past, on=AFTER) == 1
    assert not (settings.HEARD_KEYS_DIR / "2026-01.key").exists()
    assert Passage.objects.get() == decided
    assert release.unseal(current) == CANARY
    # Not even an envelope from an old backup helps.
    text = SealedText.objects.select_related("period").get(pk=decided.decision.sealed_text_id)
    Envelope.objects.create(sealed_text=text, wrapped_key=copied_envelope)
    with pytest.raises(release.NotReleased) as raised:
        release.unseal(text)
    assert raised.value.why == release.LeftOut.KEY_DESTROYED


def test_a_period_in_use_is_not_destroyed_and_nothing_of_it_deleted(keys):
    SealedTextFactory()
    with pytest.raises(key_pairs.KeyStillInUse):
        retention.destroy_period(keys)
    assert Envelope.objects.count() == 1
