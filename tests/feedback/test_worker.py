import io
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tasks import task

from accounts.models import Role
from feedback.models import Purpose
from feedback.opening import NotOpened, open_text
from feedback.schedule import Schedule
from tests.accounts.factories import UserFactory
from tests.feedback.factories import SealedTextFactory

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60  # so that a task that never starts fails the test and does not hold it up for ever
WORDS = "Fictional heron words. Ring 07700 900123."
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def var(settings):
    """A short folder (a socket's path has a limit) in which this test's keys and socket lie."""
    with tempfile.TemporaryDirectory(prefix="heard-") as folder:
        settings.HEARD_KEYS_DIR = Path(folder) / "keys"
        settings.HEARD_OPENER_SOCKET = Path(folder) / "opener.sock"
        yield Path(folder)


def started(var):
    """A real worker process on a copy of this test's database, ready."""
    environment = {**os.environ, "HEARD_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(var / "heard.sqlite3") as copy:
            connection.connection.backup(copy)
    else:
        facts = connection.settings_dict
        environment["HEARD_DATABASE"] = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**facts)
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline().startswith("Worker ready: keys for 20"), process.stderr.read()
    return process


@task()
def sleep_for_ever():
    Path(os.environ["HEARD_VAR"], "asleep").touch()
    while True:
        time.sleep(60)


def test_one_worker_opens_texts_while_it_runs_and_stops_when_told(var):
    moderator = UserFactory(roles=[Role.MODERATOR])
    text = SealedTextFactory(text=WORDS)
    process = started(var)
    try:
        opened = open_text(text.pk, user=moderator, purpose=Purpose.REVIEW)
        with pytest.raises(CommandError, match="Another worker is already running"):
            call_command("worker", stdout=io.StringIO())
    finally:
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=30)
    assert opened.text == WORDS
    assert "07700 900123" not in opened.suggestion.text
    assert process.returncode == 0
    assert "heron" not in out + errors
    assert not (var / "opener.sock").exists()
    with pytest.raises(NotOpened, match="not running"):
        open_text(text.pk, user=moderator, purpose=Purpose.REVIEW)


def test_a_worker_in_the_middle_of_a_long_task_stops_when_told(var, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    sleep_for_ever.enqueue()
    process = started(var)
    try:
        for _ in range(PATIENCE_SECONDS * 20):
            if (var / "asleep").exists() or process.poll() is not None:
                break
            time.sleep(0.05)
    finally:
        process.terminate()
        process.communicate(timeout=30)
    assert (var / "asleep").exists()
    assert process.returncode == 0


def test_a_worker_without_its_key_says_where_it_should_be(var, settings):
    text = SealedTextFactory()
    (settings.HEARD_KEYS_DIR / f"{text.period_id}.key").unlink()
    with pytest.raises(CommandError, match="Put it back from the key backup"):
        call_command("worker", stdout=io.StringIO())


def test_a_worker_with_a_broken_schedule_says_which_name(var, settings):
    settings.HEARD_SCHEDULE = ["nowhere.tasks.nothing"]
    with pytest.raises(CommandError, match=r"names nowhere\.tasks\.nothing"):
        call_command("worker", stdout=io.StringIO())


def test_the_schedule_thread_ends_when_told(var):
    running = Schedule([], seconds=3600)
    running.start()
    running.stop()
    running.join(30)
    assert not running.is_alive()
