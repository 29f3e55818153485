"""Nothing anyone typed reaches a log line or an error report."""

import io
import logging
import sys

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory

from config.reporting import QuietFormatter, QuietReporter

CANARY = " ".join(["the", "blue", "heron", "flew"])  # so that the words stand nowhere in a line of source


def raise_with_canary() -> None:
    secret_local = CANARY
    raise ValueError(secret_local)


def test_a_logged_exception_names_its_class_and_place_and_no_message():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(QuietFormatter("%(message)s"))
    logger = logging.getLogger("heard.test.reporting")
    logger.addHandler(handler)
    try:
        raise_with_canary()
    except ValueError:
        logger.exception("Something failed.")
    said = stream.getvalue()
    assert "ValueError" in said
    assert "raise_with_canary" in said
    assert CANARY not in said


def test_what_another_handler_noted_of_an_exception_is_not_repeated():
    try:
        raise_with_canary()
    except ValueError:
        record = logging.LogRecord("heard", logging.ERROR, __file__, 1, "Failed", None, sys.exc_info())
    assert CANARY in logging.Formatter().format(record)
    assert CANARY not in QuietFormatter().format(record)


def test_no_handler_of_djangos_prints_beside_ours():
    handlers = logging.getLogger("django").handlers
    assert not [one for one in handlers if isinstance(one, logging.StreamHandler)]


@pytest.mark.parametrize("as_html", [True, False])
def test_an_error_report_holds_no_body_no_locals_and_no_message(as_html: bool):
    request = RequestFactory().post("/form/", {"answer": CANARY})
    request.POST  # noqa: B018 - parsed, as it is when a view fails
    try:
        raise_with_canary()
    except ValueError:
        reporter = QuietReporter(request, *sys.exc_info())
        report = reporter.get_traceback_html() if as_html else reporter.get_traceback_text()
    assert CANARY not in report
    assert "ValueError" in report


def test_a_request_too_large_to_read_does_not_fail_the_report(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    request = RequestFactory().post("/form/", {"answer": CANARY})
    try:
        raise_with_canary()
    except ValueError:
        report = QuietReporter(request, *sys.exc_info()).get_traceback_text()
    with pytest.raises(RequestDataTooBig):
        request.FILES  # noqa: B018 - as Django's own report would have asked for
    assert "ValueError" in report
