"""What somebody wrote is looked for in every place a machine might have kept it, after things went wrong on the way."""

import logging
import sqlite3
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django_tasks import task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from accounts.models import Role
from feedback import keys as key_pairs
from feedback import release, retention, review, triage, vault
from feedback.intake import FreeText, InvalidSubmission, Submission, receive
from feedback.models import Channel, Contribution, Envelope, Period, Purpose, SealedText, Use, Voice
from feedback.opener import Opener
from feedback.redaction.spans import Redaction
from feedback.wire import Request
from feedback.wordless import wordless
from tests.accounts.factories import UserFactory
from tests.feedback.factories import ConsultationFactory, PassageFactory

pytestmark = pytest.mark.django_db(transaction=True)
# Made of letters alone, so that neither JSON nor a traceback would write it any other way.
CANARY = "QuillfeatherHeronMarmalade"


def submission(consultation, **changes):
    facts = {
        "channel": Channel.ONLINE,
        "voice": Voice.FIRST_HAND,
        "consents": frozenset(Use),
        "texts": [FreeText("what-happened", f"{CANARY} rang. He will kill me, {CANARY}."), FreeText("change", CANARY)],
        **changes,
    }
    return Submission(consultation=consultation, **facts)


def test_receiving_puts_nothing_in_line(keys, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    consultation = ConsultationFactory()
    DBTaskResult.objects.all().delete()
    receive(submission(consultation))
    assert not DBTaskResult.objects.exists()


@task()
@wordless
def read_everything():
    """What a badly behaved analysis would do: fail with the words in its message."""
    for item in release.unreviewed(SealedText.objects.all(), use=Use.STATISTICS):
        raise ValueError(release.unseal(SealedText.objects.get(pk=item.sealed_text_id)))


def bytes_kept():
    """Every byte of the database, as its files hold them or, on a server, as its rows do."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        return b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        kept = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            kept.append(repr([tuple(map(_readable, row)) for row in cursor]).encode())
    return b"".join(kept)


def _readable(value):
    return bytes(value) if isinstance(value, memoryview) else value


def test_the_search_would_find_a_word_kept_anywhere(keys):
    # Another word than the one searched for below: what is deleted lives on for a while in the write-ahead log.
    planted = "PlantedOtterTeapot"
    assert planted.encode() not in bytes_kept()
    ConsultationFactory(title=planted)
    assert planted.encode() in bytes_kept()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a server's own files are cleaned by the server")
def test_what_is_withdrawn_soon_leaves_the_files_too(keys):
    passage = PassageFactory(text="WithdrawnBadgerKettle said so.")
    assert b"WithdrawnBadgerKettle" in bytes_kept()
    retention.withdraw(passage.contribution)
    assert b"WithdrawnBadgerKettle" in bytes_kept()
    retention.forget_deleted()
    assert b"WithdrawnBadgerKettle" not in bytes_kept()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite keeps a write-ahead log of its own")
def test_a_reader_is_not_waited_for_and_patience_is_as_before(keys):
    patience = connection.cursor().execute("PRAGMA busy_timeout").fetchone()
    with sqlite3.connect(connection.settings_dict["NAME"]) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM feedback_period").fetchall()
        PassageFactory()
        retention.forget_deleted()
        reader.rollback()
    assert connection.cursor().execute("PRAGMA busy_timeout").fetchone() == patience


def test_nothing_anyone_wrote_is_kept_readable_whatever_goes_wrong(keys, settings, monkeypatch, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    consultation = ConsultationFactory()
    _intake_goes_wrong_in_every_way(consultation, monkeypatch)
    contribution = receive(submission(consultation))
    _opening_goes_wrong(contribution)
    _a_task_fails()
    assert contribution.sealed_texts.count() == 2
    heard = caplog.text + "".join(map(str, caplog.records)) + "".join(capfd.readouterr())
    assert "ValueError" in heard
    assert CANARY not in heard
    assert CANARY.encode() not in bytes_kept()


def _intake_goes_wrong_in_every_way(consultation, monkeypatch):
    with pytest.raises(InvalidSubmission):
        receive(submission(consultation, people=0))
    with pytest.raises(vault.TextTooLong):
        receive(submission(consultation, texts=[FreeText("a", CANARY * 20_000)]))
    with monkeypatch.context() as patched:
        patched.setattr(triage, "assess", _quotes)
        receive(submission(consultation))
    with monkeypatch.context() as patched:
        patched.setattr(Envelope.objects, "create", _breaks)
        with pytest.raises(DatabaseError):
            receive(submission(consultation))
    with transaction.atomic():
        receive(submission(consultation))
        transaction.set_rollback(True)
    with transaction.atomic():
        Period.objects.update(key_destroyed_on="2026-01-01")
        with pytest.raises(key_pairs.NoOpenPeriod):
            receive(submission(consultation))
        transaction.set_rollback(True)
    retention.withdraw(receive(submission(consultation)))


def _quotes(texts, likeness):
    raise ValueError(f"cannot digest {texts}")


def _breaks(**values):
    raise DatabaseError("the disk is full")


def _opening_goes_wrong(contribution):
    moderator = UserFactory(roles=[Role.MODERATOR])
    text = contribution.sealed_texts.first()
    request = Request(text.pk, moderator.pk, Purpose.REVIEW)
    assert Opener(redact=_quotes).answer(request).refusal is not None
    opened = Opener(redact=lambda words: Redaction(text=words, spans=())).answer(request)
    assert CANARY in opened.text
    with pytest.raises(review.NotTheSuggestion):
        review.approve(text.pk, by=moderator, text=opened.text, mark="wrong")
    with pytest.raises(review.UnfitText):
        review.amend(text.pk, by=moderator, text=opened.text * 20_000)


def _a_task_fails():
    read_everything.enqueue()
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )
    worker.run()
    row = DBTaskResult.objects.get(task_path=read_everything.module_path)
    assert row.status == "FAILED"
    assert "ValueError at" in row.traceback
    assert Contribution.objects.count() == 2
