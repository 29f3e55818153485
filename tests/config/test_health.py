"""The health page, the monitor's addresses and the command: each sign says when it is not well, and nobody learns more."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from accounts.models import Role
from config import health, views
from config.models import LastTime, remember
from config.tasks import note_round, tidy
from tests.accounts.factories import UserFactory, sign_in
from tests.feedback.factories import ContributionFactory, SealedTextFactory

pytestmark = pytest.mark.django_db
TOKEN = "fictional-token-of-the-monitor"


def sign(name):
    return next(one for one in health.signs() if one.name == name)


def long_ago(deed, **length):
    LastTime.objects.update_or_create(deed=deed, defaults={"at": timezone.now() - timedelta(**length)})


def test_a_worker_that_never_came_and_one_that_stopped_are_not_well():
    assert not sign("worker_age_seconds").is_well
    note_round.call()
    assert sign("worker_age_seconds").is_well
    long_ago(LastTime.Deed.ROUND, minutes=16)
    stopped = sign("worker_age_seconds")
    assert (stopped.is_well, stopped.says) == (False, "The worker last finished a task 16 minutes ago.")
    assert "restart heard-worker" in stopped.advice


def test_a_missing_key_is_noticed(keys):
    assert sign("keys_missing").is_well
    keys.delete()
    assert not sign("keys_missing").is_well


def test_a_backup_that_is_late_is_noticed(settings):
    settings.HEARD_BACKUP_HOURS = 26
    remember(LastTime.Deed.BACKUP)
    assert sign("backup_age_seconds").is_well
    long_ago(LastTime.Deed.BACKUP, hours=27)
    assert not sign("backup_age_seconds").is_well


def test_a_rehearsal_done_elsewhere_is_written_down():
    assert not sign("rehearsal_age_seconds").is_well
    call_command("rehearse_restore", "--elsewhere")
    assert sign("rehearsal_age_seconds").is_well


@pytest.mark.parametrize(("free", "is_well"), [(50, True), (9, False)])
def test_a_disk_that_fills_is_noticed(free, is_well, monkeypatch):
    disk = type("Disk", (), {"free": free * 10**9, "total": 100 * 10**9})
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: disk)
    assert sign("disk_free_bytes").is_well is is_well


def certificate(path, days):
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    begins, ends = now + timedelta(days=min(days - 2, 0)), now + timedelta(days=days, hours=1)
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), begins, ends)
    path.write_bytes(built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize(("days", "is_well"), [(60, True), (13, False), (-1, False)])
def test_a_certificate_that_runs_out_is_noticed(days, is_well, settings, tmp_path):
    settings.HEARD_CERTIFICATE = str(certificate(tmp_path / "cert.pem", days))
    found = sign("certificate_days")
    assert (found.is_well, found.figure) == (is_well, days)


def test_a_certificate_that_cannot_be_read_is_not_well(settings, tmp_path):
    settings.HEARD_CERTIFICATE = str(tmp_path / "absent.pem")
    assert not sign("certificate_days").is_well


def test_without_a_certificate_in_the_settings_nothing_is_said_of_one(settings):
    settings.HEARD_CERTIFICATE = ""
    assert "certificate_days" not in {one.name for one in health.signs()}


def test_what_waits_is_told_in_whole_days(keys, settings):
    settings.HEARD_UNREAD_DAYS = 14
    assert sign("oldest_unread_days").says == "Nothing waits."
    received = timezone.localdate() - timedelta(days=15)
    contribution = ContributionFactory(received_on=received, may_statistics=True, urgency=2)
    SealedTextFactory(contribution=contribution)
    for name in ("oldest_unread_days", "oldest_unprocessed_days", "oldest_urgent_unread_days"):
        found = sign(name)
        assert (found.figure, found.is_well, found.says) == (15, False, "The oldest came in 15 days ago.")


def test_the_machine_waits_for_no_text_it_may_not_or_cannot_read(keys):
    received = timezone.localdate() - timedelta(days=15)
    for facts in ({"may_statistics": False}, {"may_statistics": True, "language": "cy"}):
        SealedTextFactory(contribution=ContributionFactory(received_on=received, **facts))
    assert sign("oldest_unprocessed_days").says == "Nothing waits."


@pytest.mark.parametrize("role", Role)
def test_only_an_administrator_sees_the_page(role, client):
    sign_in(client, UserFactory(roles=[role]))
    answered = client.get("/staff/health/").status_code
    assert answered == (200 if role == Role.ADMINISTRATOR else 403)


def test_the_page_says_first_what_is_not_well_and_what_to_do(client):
    note_round.call()
    sign_in(client, UserFactory(roles=[Role.ADMINISTRATOR]))
    text = client.get("/staff/health/").content.decode()
    assert text.index("No backup was ever made.") < text.index("The worker last finished a task")
    assert "Run “make backup”" in text


def test_the_monitor_learns_only_whether_we_answer(client, monkeypatch):
    answer = client.get("/alive")
    assert (answer.status_code, answer.content, answer.cookies.output()) == (200, b"Heard answers.\n", "")
    assert client.post("/alive").status_code == 405

    class Gone:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr(views, "connection", Gone())
    assert client.get("/alive").status_code == 503


def test_there_are_no_metrics_without_a_token_and_none_for_a_stranger(client, settings):
    settings.HEARD_METRICS_TOKEN = ""
    assert client.get("/metrics").status_code == 404
    settings.HEARD_METRICS_TOKEN = TOKEN
    for wrong in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}x"}):
        assert client.get("/metrics", headers=wrong).status_code == 403


def test_metrics_are_what_prometheus_reads_and_hold_nothing_else(client, settings):
    settings.HEARD_METRICS_TOKEN = TOKEN
    note_round.call()
    text = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    names = {line.split()[0].partition("{")[0] for line in text.splitlines() if not line.startswith("#")}
    assert names == {
        "heard_worker_age_seconds",
        "heard_keys_missing",
        "heard_oldest_unprocessed_days",
        "heard_oldest_urgent_unread_days",
        "heard_oldest_unread_days",
        "heard_disk_free_bytes",
        "heard_well",
    }
    assert 'heard_well{sign="worker_age_seconds"} 1' in text
    assert all(line.startswith("#") or float(line.rsplit(" ", 1)[1]) >= 0 for line in text.splitlines())


def test_the_command_fails_where_something_is_not_well(capsys):
    with pytest.raises(CommandError, match="signs are not well"):
        call_command("health")
    assert "UNWELL Backup: No backup was ever made." in capsys.readouterr().out


def test_tidying_removes_what_is_over_and_nothing_else(settings):
    from django.contrib.contenttypes.models import ContentType
    from django.contrib.sessions.models import Session
    from wagtail.models import ModelLogEntry

    now, settings.HEARD_EDIT_LOG_DAYS = timezone.now(), 730
    for key, days in (("over", -1), ("going", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now + timedelta(days=days))
    kind = ContentType.objects.get_for_model(Session)
    for days in (731, 729):
        ModelLogEntry.objects.create(
            content_type=kind, object_id="1", action="wagtail.edit", label="x", timestamp=now - timedelta(days=days)
        )
    assert tidy.call() == {"sessions": 1, "lines on pages": 0, "lines on other content": 1}
    assert [session.session_key for session in Session.objects.all()] == ["going"]
