"""Which questions an office asks about people: data with dates, because standards change."""

from datetime import date
from typing import Any

import yaml
from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import Capability, require
from feedback.models import Organisation
from surveys import library
from surveys.dated import EqualityQuestion
from surveys.definition import Kind, Option, Question

# Everybody may answer so; it is counted apart from a question left alone, which is not counted at all.
RATHER_NOT = Option("prefer-not-to-say", "I would rather not say")


def questions(organisation: Organisation, *, on: date | None = None) -> tuple[Question, ...]:
    """What this office asks about people on that day, today unless said, in order; empty if it asks nothing."""
    return tuple(_question(row) for row in EqualityQuestion.objects.in_force(organisation, on=on))


def questions_between(organisation: Organisation, first: date, last: date) -> tuple[Question, ...]:
    """What this office asked about people on any day from the first to the last, in order."""
    rows = EqualityQuestion.objects.filter(organisation=organisation, from_date__lte=last).exclude(to_date__lt=first)
    return tuple(map(_question, rows))


@transaction.atomic
def adopt(organisation: Organisation, *, from_date: date, by: User) -> int:
    """Give the office the questions that ship with the house, except those it has under the same key.

    Returns:
        How many were added.

    Raises:
        PermissionDenied: if this person may not edit surveys.
    """
    require(by, Capability.EDIT_CONTENT)
    known = set(EqualityQuestion.objects.filter(organisation=organisation).values_list("key", flat=True))
    missing = [item for item in shipped() if item["key"] not in known]
    for item in missing:
        row = EqualityQuestion.objects.create(organisation=organisation, from_date=from_date, **item)
        log(instance=row, action="wagtail.create", user=by, content_changed=True)
    return len(missing)


def shipped() -> list[dict[str, Any]]:
    """The questions that ship: key, words, place in the order, and options as an editor's block holds them."""
    items = yaml.safe_load((library.DATA / f"{library.EQUALITY}.yaml").read_text(encoding="utf-8"))
    return [
        {
            **item,
            "position": number,
            "options": [{"type": "option", "value": {"hint": "", **option}} for option in item["options"]],
        }
        for number, item in enumerate(items, start=1)
    ]


def _question(row: EqualityQuestion) -> Question:
    offered = [Option(block.value["value"], block.value["label"], block.value["hint"] or "") for block in row.options]
    return Question(row.key, Kind.SINGLE, row.label, row.hint, options=(*offered, RATHER_NOT))
