"""Tasks wait in the database, or on a Redis server that an installation names."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config import environment
from feedback import line_database
from feedback.lines import line

ROOT = Path(__file__).resolve().parents[2]
REDIS = "redis://127.0.0.1:6379/10"
SHOW = """
import django; django.setup()
import json
from feedback.lines import line
from surveys.tasks import clear_drafts
was = line().is_waiting(clear_drafts)
clear_drafts.enqueue()
import django_rq
stored = [value for value in django_rq.get_connection().hvals("rq:job:" + django_rq.get_queue("default").get_job_ids()[0])]
print(json.dumps([was, line().is_waiting(clear_drafts), line().clear_finished(), any(v[:1] == b"\\x80" for v in stored)]))
"""


def test_without_a_server_the_line_is_the_database(settings):
    settings.HEARD_LINE = "feedback.line_database"
    assert line() is line_database
    assert environment.redis_queues("") == {}
    assert environment.tasks("")["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend"


def test_with_a_server_jobs_are_json_and_a_long_one_is_not_cut_off():
    queue = environment.redis_queues(REDIS)["default"]
    assert queue["SERIALIZER"] == "rq.serializers.JSONSerializer"
    assert queue["DEFAULT_TIMEOUT"] >= 60 * 60
    assert environment.tasks(REDIS)["default"]["BACKEND"] == "django_tasks_rq.RQBackend"


@pytest.fixture
def redis():
    client = pytest.importorskip("redis", reason="python -m tools.install redis").Redis.from_url(REDIS)
    pytest.importorskip("django_tasks_rq")
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", 6379)):
            pytest.skip("no Redis server answers on this machine")
    if client.dbsize():
        pytest.skip("the database 10 of this machine's Redis is in use")
    yield client
    client.flushdb()


@pytest.mark.thorough
def test_a_task_waits_on_the_server_as_json_and_a_worker_takes_it(redis, tmp_path):
    given = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HEARD_")},
        "HEARD_VAR": str(tmp_path),
        "HEARD_REDIS": REDIS,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
    }
    done = subprocess.run([sys.executable, "-c", SHOW], cwd=ROOT, env=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [False, True, 0, False]
    worker = subprocess.Popen([sys.executable, "manage.py", "worker", "--tasks-only"], cwd=ROOT, env=given)
    try:
        until = time.monotonic() + 60
        while redis.llen("rq:queue:default") and time.monotonic() < until:
            time.sleep(0.2)
        assert not redis.llen("rq:queue:default")
    finally:
        worker.terminate()
        assert worker.wait(timeout=20) == 0
