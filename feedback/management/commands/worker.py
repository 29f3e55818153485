"""`python manage.py worker`: the one background process. It runs tasks, keeps the schedule and is the opener."""

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from feedback import keys
from feedback.listening import Answer, OpenerNotStarted, Server, served_beside
from feedback.opener import Opener
from feedback.schedule import Schedule, ScheduleBroken, scheduled_tasks

# Seconds between looks at an empty line of tasks; short, because somebody may be waiting for a report.
POLL_SECONDS = 0.5
# A task deep in a numerical library hears no signal; after this many seconds the process leaves anyway. Every task is
# one transaction or can be done again, so nothing is lost.
LAST_MOMENT_SECONDS = 1.5


class Command(BaseCommand):
    """Runs until it is told to stop."""

    help = "Run background tasks, the schedule and the opener in one process. Ctrl-C stops it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the keys, open the socket, and work."""
        if options["verbosity"] < 2:
            # Two lines for every scheduled task would bury the one that matters.
            logging.getLogger("django_tasks").setLevel(logging.WARNING)
        try:
            periods = keys.prepare_periods()
            schedule = Schedule(scheduled_tasks(), seconds=settings.HEARD_SWEEP_SECONDS)
            with _opener(), _beside(), _running(schedule):
                self.stdout.write(f"Worker ready: keys for {' and '.join(period.pk for period in periods)}.")
                self.stdout.flush()  # whoever waits for this line reads it through a pipe
                _work()
        except (keys.KeyProblem, OpenerNotStarted, ScheduleBroken) as problem:
            raise CommandError(str(problem)) from problem


class PromptWorker(Worker):
    """The task backend's worker, except that a signal ends the task in hand instead of waiting for it."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Leave now: the task rolls back, and the schedule puts it in line again next time."""
        self.running = False
        last_moment = threading.Timer(LAST_MOMENT_SECONDS, os._exit, args=[0])
        last_moment.daemon = True
        last_moment.start()
        sys.exit(0)


def _work() -> None:
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


@contextlib.contextmanager
def _opener() -> Iterator[None]:
    from feedback.redaction import redact

    with _served(Path(settings.HEARD_OPENER_SOCKET), Opener(redact=redact).reply):
        redact("")  # loads the word lists now, not while the first reader waits
        yield


@contextlib.contextmanager
def _beside() -> Iterator[None]:
    """Serve what only an installation in parts needs served: elsewhere the asker does it without asking."""
    with contextlib.ExitStack() as open_ones:
        if settings.HEARD_PART == "worker":
            for setting, answer in served_beside.items():
                open_ones.enter_context(_served(Path(getattr(settings, setting)), answer))
        yield


@contextlib.contextmanager
def _served(path: Path, answer: Answer) -> Iterator[None]:
    server = Server(path, answer)
    server.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def _running(schedule: Schedule) -> Iterator[None]:
    schedule.start()
    try:
        yield
    finally:
        schedule.stop()
