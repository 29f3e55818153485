"""Keeps words out of failures: what a task raises is stored with its traceback, and a message could quote a text."""

import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class TaskFailed(Exception):
    """A task failed; the message names the class of the failure and the line it came from, and nothing it said."""


def wordless(function: Callable[P, R]) -> Callable[P, R]:
    """Decorate a task: whatever it raises is raised as `TaskFailed` without message, cause or context.

    Use it under `@task()` for every task; a test looks for those without it.
    """

    @wraps(function)
    def quiet(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except SystemExit as leaving:
            failure: BaseException = SystemExit(leaving.code)
        except Exception as error:  # noqa: BLE001 - every failure, named or not, may carry words
            failure = TaskFailed(f"{type(error).__name__} at {_place(error)}")
        # Raised out here, so that the failure does not carry the first one along as its context.
        raise failure

    return quiet


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"
