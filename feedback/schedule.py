"""What the worker does by the clock: put scheduled tasks in line, keep next month's keys ready, clear old rows.

Tasks carry no id of a contribution: each looks for itself what there is to do, so that a row in the task table tells
nobody when somebody wrote to us.
"""

import logging
import threading

from django.conf import settings
from django.db import close_old_connections, connections
from django.utils.module_loading import import_string
from django_tasks.base import Task

from feedback import keys
from feedback.lines import line
from feedback.retention import forget_deleted

logger = logging.getLogger(__name__)


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
    missing = [task for task in tasks if not line().is_waiting(task)]
    for task in missing:
        task.enqueue()
    return len(missing)


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
            line().clear_finished()
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
