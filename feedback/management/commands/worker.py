"""`python manage.py worker`: the background process. It runs tasks, keeps the schedule and is the opener.

One such process keeps the schedule and the opener. Where one is not enough, others beside it run tasks only.
"""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from feedback import beside, keys
from feedback.beside import Answer
from feedback.lines import line
from feedback.listening import OpenerNotStarted, Server
from feedback.opener import Opener
from feedback.schedule import Schedule, ScheduleBroken, scheduled_tasks


class Command(BaseCommand):
    """Runs until it is told to stop."""

    help = "Run background tasks, the schedule and the opener in one process. Ctrl-C stops it."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--tasks-only`, for a second and third worker."""
        parser.add_argument(
            "--tasks-only", action="store_true", help="Run tasks beside another worker: no schedule, no opener."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the keys, open the socket, and work; or only work."""
        if options["verbosity"] < 2:
            # Two lines for every scheduled task would bury the one that matters.
            logging.getLogger("django_tasks").setLevel(logging.WARNING)
        if options["tasks_only"]:
            self.say("Worker ready: tasks only.")
            line().work()
            return
        try:
            periods = keys.prepare_periods()
            schedule = Schedule(scheduled_tasks(), seconds=settings.HEARD_SWEEP_SECONDS)
            with _opener(), _beside(), _running(schedule):
                self.say(f"Worker ready: keys for {' and '.join(period.pk for period in periods)}.")
                line().work()
        except (keys.KeyProblem, OpenerNotStarted, ScheduleBroken) as problem:
            raise CommandError(str(problem)) from problem

    def say(self, sentence: str) -> None:
        """One line at once: whoever waits for it reads it through a pipe."""
        self.stdout.write(sentence)
        self.stdout.flush()


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
            for setting, answer in beside.served.items():
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
