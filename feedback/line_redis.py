"""The line of background tasks on a Redis server, for an installation that names one in `HEARD_REDIS`.

What waits there is a task's name: tasks carry no id of a contribution. Jobs are written as JSON, never pickled, so that
whoever can write to the server still cannot have the worker run code of theirs.
"""

from datetime import UTC, datetime
from types import FrameType
from typing import Any

import django_rq
from django_rq.workers import get_worker
from django_tasks.base import Task
from django_tasks_rq import Job
from rq import SimpleWorker
from rq.registry import FailedJobRegistry

from feedback.line_database import KEPT_AFTER_FINISH, leave

QUEUE = "default"


class PromptWorker(SimpleWorker):
    """Redis Queue's worker without a process for each task, and a signal ends the task in hand."""

    def request_stop(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature of a handler
        """Leave now: the task rolls back, and the schedule puts it in line again next time."""
        self.register_death()
        leave()


def work() -> None:
    """Run tasks until a signal. Several may work at one line: Redis hands each task to one of them."""
    queue = _queue()
    worker = get_worker(QUEUE, job_class=Job, worker_class=PromptWorker, serializer=queue.serializer)
    worker.work(logging_level="WARNING")


def is_waiting(task: Task) -> bool:
    """Whether this task is in line already."""
    return any(job.func_name == task.module_path for job in _queue().get_jobs())


def clear_finished() -> int:
    """Forget tasks that failed more than a day ago, and say how many; the server forgets the others by itself."""
    before = datetime.now(UTC) - KEPT_AFTER_FINISH
    queue = _queue()
    failed = FailedJobRegistry(queue=queue, job_class=Job)
    jobs = Job.fetch_many(failed.get_job_ids(), connection=queue.connection, serializer=queue.serializer)
    old = [job for job in jobs if job is not None and job.ended_at is not None and _aware(job.ended_at) < before]
    for job in old:
        job.delete()
    return len(old)


def _queue() -> Any:
    return django_rq.get_queue(QUEUE, job_class=Job)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
