"""What the worker does by the clock: put scheduled tasks in line, keep next month's keys ready, clear old rows.

Tasks carry no id of a contribution: each looks for itself what there is to do, so that a row in the task table tells
nobody when somebody wrote to us.
"""

import logging
import threading
from datetime import timedelta

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from feedback import keys
from feedback.retention import forget_deleted

logger = logging.getLogger(__name__)
# Long enough to look into a failure the next morning.
KEPT_AFTER_FINISH = timedelta(days=1)


class ScheduleBroken(Exception):
    """`HEARD_SCHEDULE` names something that is not a task."""


def scheduled_tasks() -> list[Task]:
    """The tasks named in `HEARD_SCHEDULE`.

    Raises:
        ScheduleBroken: if a name leads nowhere, or to something that is not a task.
    """
    return [_task(name) for name in settings.HEARD_SCHEDULE]


def put_in_line(tasks: list[Task]) -> int:
    """Enqueue each task that is not waiting already, and say how many."""
    missing = [task for task in tasks if not _is_waiting(task)]
    for task in missing:
        task.enqueue()
    return len(missing)


def clear_finished() -> int:
    """Delete the rows of tasks that finished, or were cut off, more than a day ago, and say how many."""
    before = timezone.now() - KEPT_AFTER_FINISH
    finished = DBTaskResult.objects.finished().filter(finished_at__lt=before)
    cut_off = DBTaskResult.objects.running().filter(started_at__lt=before)
    return sum(rows.delete()[0] for rows in (finished, cut_off))


class Schedule(threading.Thread):
    """Ticks at once and then every `seconds` until stopped; a tick that fails is logged and the next one comes."""

    def __init__(self, tasks: list[Task], *, seconds: float) -> None:
        """Make the thread; `start` starts it."""
        super().__init__(name="schedule", daemon=True)
        self._tasks = tasks
        self._seconds = seconds
        self._stopped = threading.Event()

    def run(self) -> None:
        """Tick until stopped."""
        try:
            while not self._stopped.is_set():
                close_old_connections()
                self.tick()
                self._stopped.wait(self._seconds)
        finally:
            connections.close_all()

    def tick(self) -> None:
        """Do once what is due."""
        try:
            keys.prepare_periods()
            put_in_line(self._tasks)
            clear_finished()
            forget_deleted()
        except Exception as error:  # noqa: BLE001 - a locked database or a missing key today must not end the schedule
            logger.error("a tick of the schedule failed with %s", type(error).__name__)

    def stop(self) -> None:
        """End after the tick in hand."""
        self._stopped.set()


def _task(name: str) -> Task:
    try:
        task = import_string(name)
    except ImportError:
        raise ScheduleBroken(f"HEARD_SCHEDULE names {name}, which does not exist.") from None
    if not isinstance(task, Task):
        raise ScheduleBroken(f"HEARD_SCHEDULE names {name}, which is not a task.")
    return task


def _is_waiting(task: Task) -> bool:
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task.module_path).exists()
