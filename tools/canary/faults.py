"""Failures brought about on purpose, each of which quotes what it was given, as a careless error message would."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import DatabaseError, connection
from django_tasks import task

from feedback import release
from feedback.models import SealedText, Use
from feedback.wordless import wordless

WRITES = ("INSERT INTO", "UPDATE")


def view_fails() -> Any:
    """The journey's view raises with everything that was posted in its message."""
    return mock.patch("surveys.journey.moves.make", side_effect=_quote_request)


def _quote_request(request: Any, *rest: Any) -> None:
    raise RuntimeError(f"cannot digest {dict(request.POST)} after {rest}")


@contextmanager
def database_fails() -> Iterator[None]:
    """The database refuses every write to drafts' answers, and its message quotes the values."""

    def refuse(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES) and "surveys_draftanswer" in sql:
            raise DatabaseError(f"the disk is full: {sql} {values}")
        return execute(sql, values, many, context)

    with connection.execute_wrapper(refuse):
        yield


def triage_fails() -> Any:
    """Judging whether somebody is in danger raises with the text in its message."""
    return mock.patch("feedback.triage.assess", side_effect=_quote)


def reading_fails() -> Any:
    """The worker's sweep raises while it has opened texts, with them in its message."""
    return mock.patch("analysis.pipeline.tagger.Tagger.tag", side_effect=_quote)


def _quote(*given: Any, **named: Any) -> None:
    raise ValueError(f"cannot digest {given} {named}")


@task()
@wordless
def open_and_fail() -> None:
    """Open every text and fail with all of them in the message."""
    texts: Sequence[str] = [
        release.unseal(SealedText.objects.get(pk=one.sealed_text_id))
        for one in release.unreviewed(SealedText.objects.all(), use=Use.STATISTICS)
    ]
    raise ValueError(f"{len(texts)} texts: {texts}")
