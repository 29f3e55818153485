"""Logging and error reports that never carry a word anyone typed: no body, no local variables, no exception message."""

import logging
import traceback
from collections.abc import ItemsView
from types import TracebackType
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """Prints an exception as its class and the places it passed through, because its message may quote a person."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without what another handler may have noted of the exception."""
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802
        """The exception's class and its frames (file, line, function), without messages or source lines."""
        kind, _, trace = ei
        frames = traceback.extract_tb(trace) if trace else []
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        return "\n".join([kind.__name__ if kind else "No exception", *places])


class QuietFilter(SafeExceptionReporterFilter):
    """Hides every posted value and every local variable from Django's error pages and mails."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:  # noqa: ARG002
        """Nothing."""
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> ItemsView[str, Any]:  # noqa: ARG002
        """Nothing."""
        return ItemsView({})


class QuietReporter(ExceptionReporter):
    """An error report of class and places only, which a request that cannot be read cannot fail."""

    def __init__(self, request: HttpRequest | None, *args: Any, **options: Any) -> None:  # noqa: ARG002
        super().__init__(None, *args, **options)

    def get_traceback_data(self) -> dict[str, Any]:
        """Django's data without the exception's message and the local variables."""
        kept = {"exception_type", "frames", "lastframe"}
        data = {name: value for name, value in super().get_traceback_data().items() if name in kept}
        for frame in data.get("frames", []):
            frame["vars"] = []
        return data


def configure(options: dict[str, Any]) -> None:
    """Send every log line to standard error through the quiet formatter, at `options["level"]`.

    Django's own handler for developers, which prints messages of exceptions, is taken off.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(QuietFormatter("%(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(options["level"])
    django = logging.getLogger("django")
    django.handlers[:] = [one for one in django.handlers if not isinstance(one, logging.StreamHandler)]
    # Request lines of failed pages name an address only; never let a library add more.
    logging.getLogger("django.server").setLevel(logging.ERROR)
