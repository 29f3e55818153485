"""Counting the answers about people: one more for each value, and nothing that says whose.

There is no row for a person. Each count is a row of its own for an office, a half-year, a question and a value, and it
only ever grows by one, so two answers of one person cannot be put together again.
"""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from feedback.models import Organisation
from surveys import bands
from surveys.dated import EqualityCount, UsedSlip
from surveys.definition import Question
from surveys.equality.slip import VALID, Slip


@transaction.atomic
def count(slip: Slip, organisation: Organisation, questions: Iterable[Question], *, today: date) -> bool:
    """Add one to the count of each answer on the slip that these questions offer; a slip is counted once.

    Returns:
        False, with nothing counted, if this slip was counted before.
    """
    if not _use(slip, today):
        return False
    half = bands.half_year(f"{today:%Y-%m}")
    # In one order for everybody, so that two people who answer at once never wait for each other in a ring.
    for question, value in sorted(offered(slip.answers, questions).items()):
        _one_more(organisation, half, question, value)
    return True


def offered(answers: Mapping[str, str], questions: Iterable[Question]) -> dict[str, str]:
    """Of these answers those to a question that is asked, with a value it offers."""
    return {
        question.id: answers[question.id]
        for question in questions
        if answers.get(question.id) in {option.value for option in question.options}
    }


def forget_used(today: date) -> int:
    """Delete the marks of slips that could not come back any more; for the worker's sweep. Says how many."""
    deleted, _ = UsedSlip.objects.filter(used_on__lt=today - VALID).delete()
    return deleted


def _use(slip: Slip, today: date) -> bool:
    digest = hashlib.blake2b(slip.mark.encode(), person=b"heard used slip", digest_size=16).digest()
    try:
        with transaction.atomic():
            UsedSlip.objects.create(id=uuid.UUID(bytes=digest), used_on=today)
    except IntegrityError:
        return False
    return True


def _one_more(organisation: Organisation, half: str, question: str, value: str) -> None:
    which = {"organisation": organisation, "half": half, "question": question, "value": value}
    EqualityCount.objects.bulk_create([EqualityCount(**which)], ignore_conflicts=True)
    EqualityCount.objects.filter(**which).update(count=F("count") + 1)
