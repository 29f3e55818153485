"""The line of background tasks as a table of the database: what an installation has unless it names a Redis server."""

import os
import sys
import threading
from datetime import timedelta
from types import FrameType

from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

# Seconds between looks at an empty line of tasks; short, because somebody may be waiting for a report.
POLL_SECONDS = 0.5
# A task deep in a numerical library hears no signal; after this many seconds the process leaves anyway. Every task is
# one transaction or can be done again, so nothing is lost.
LAST_MOMENT_SECONDS = 1.5
# Long enough to look into a failure the next morning.
KEPT_AFTER_FINISH = timedelta(days=1)


class PromptWorker(Worker):
    """The task backend's worker, except that a signal ends the task in hand instead of waiting for it."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of a handler
        """Leave now: the task rolls back, and the schedule puts it in line again next time."""
        self.running = False
        leave()


def work() -> None:
    """Run tasks until a signal. Several may work at one line: each task is taken by one of them."""
    worker = PromptWorker(
        queue_names=["*"],
        interval=POLL_SECONDS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()


def is_waiting(task: Task) -> bool:
    """Whether this task is in line already."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task.module_path).exists()


def clear_finished() -> int:
    """Delete the rows of tasks that finished, or were cut off, more than a day ago, and say how many."""
    before = timezone.now() - KEPT_AFTER_FINISH
    finished = DBTaskResult.objects.finished().filter(finished_at__lt=before)
    cut_off = DBTaskResult.objects.running().filter(started_at__lt=before)
    return sum(rows.delete()[0] for rows in (finished, cut_off))


def leave() -> None:
    """End this process at the next moment that Python has, or soon without one."""
    last_moment = threading.Timer(LAST_MOMENT_SECONDS, os._exit, args=[0])
    last_moment.daemon = True
    last_moment.start()
    sys.exit(0)
