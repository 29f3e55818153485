import datetime

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from feedback import keys as key_pairs
from feedback import line_database, schedule
from feedback.models import Period
from feedback.schedule import Schedule, ScheduleBroken

pytestmark = pytest.mark.django_db


@task()
def count_the_herons():
    return 2


@task()
def count_the_otters():
    return 3


@pytest.fixture
def line(settings, keys):
    """The real line of tasks, which tests otherwise skip."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return [count_the_herons, count_the_otters]


def waiting():
    return sorted(DBTaskResult.objects.values_list("task_path", flat=True))


def paths(*tasks):
    return sorted(task.module_path for task in tasks)


def test_every_scheduled_task_is_put_in_line(line):
    assert schedule.put_in_line(line) == 2
    assert waiting() == paths(*line)


def test_never_two_of_the_same_wait(line):
    schedule.put_in_line(line)
    assert schedule.put_in_line(line) == 0
    assert DBTaskResult.objects.count() == 2


@pytest.mark.parametrize("status", [TaskResultStatus.RUNNING, TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED])
def test_one_that_is_no_longer_waiting_is_put_in_line_again(line, status):
    schedule.put_in_line(line)
    DBTaskResult.objects.filter(task_path=count_the_herons.module_path).update(status=status)
    assert schedule.put_in_line(line) == 1


def test_a_task_in_line_carries_nothing(line):
    schedule.put_in_line(line)
    assert list(DBTaskResult.objects.values_list("args_kwargs", flat=True)) == [{"args": [], "kwargs": {}}] * 2


@pytest.mark.parametrize(
    ("status", "moment"),
    [
        (TaskResultStatus.SUCCESSFUL, "finished_at"),
        (TaskResultStatus.FAILED, "finished_at"),
        (TaskResultStatus.RUNNING, "started_at"),
    ],
)
@pytest.mark.parametrize(("hours", "is_kept"), [(23, True), (25, False)])
def test_old_rows_go_after_a_day(line, status, moment, hours, is_kept):
    schedule.put_in_line([count_the_herons])
    DBTaskResult.objects.update(status=status, **{moment: timezone.now() - datetime.timedelta(hours=hours)})
    assert line_database.clear_finished() == (not is_kept)
    assert DBTaskResult.objects.exists() == is_kept


def test_what_waits_is_kept_however_long(line):
    schedule.put_in_line([count_the_herons])
    DBTaskResult.objects.update(enqueued_at=timezone.now() - datetime.timedelta(days=30))
    assert line_database.clear_finished() == 0


def test_a_tick_prepares_the_keys_and_fills_the_line(line):
    Period.objects.all().delete()
    Schedule(line, seconds=60).tick()
    assert key_pairs.current_period()
    assert waiting() == paths(*line)


def test_a_tick_that_fails_says_only_its_class_and_the_next_one_works(line, caplog, monkeypatch):
    def broken():
        raise ValueError("fictional heron words")

    ticking = Schedule(line, seconds=60)
    with monkeypatch.context() as patched:
        patched.setattr(key_pairs, "prepare_periods", broken)
        ticking.tick()
    assert "ValueError" in caplog.text
    assert "heron" not in caplog.text
    ticking.tick()
    assert waiting() == paths(*line)


def test_the_tasks_named_in_the_settings_exist(settings):
    assert [task.module_path for task in schedule.scheduled_tasks()] == settings.HEARD_SCHEDULE


def test_a_named_task_is_found(settings):
    settings.HEARD_SCHEDULE = [count_the_herons.module_path]
    assert schedule.scheduled_tasks() == [count_the_herons]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.tasks.nothing", "does not exist"),
        ("feedback.schedule.nothing", "does not exist"),
        ("feedback.schedule.put_in_line", "not a task"),
    ],
)
def test_a_name_that_leads_to_no_task_is_explained(settings, name, message):
    settings.HEARD_SCHEDULE = [name]
    with pytest.raises(ScheduleBroken, match=message):
        schedule.scheduled_tasks()
