"""Which line background tasks wait in: the module that `HEARD_LINE` names."""

from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django_tasks.base import Task


class Line(Protocol):
    """What a line can do; `line_database` and `line_redis` are two."""

    def work(self) -> None:
        """Run tasks until a signal."""

    def is_waiting(self, task: Task) -> bool:
        """Whether this task is in line already."""

    def clear_finished(self) -> int:
        """Forget what finished more than a day ago, and say how many."""


def line() -> Line:
    """The line of this installation."""
    return cast(Line, import_module(settings.HEARD_LINE))
