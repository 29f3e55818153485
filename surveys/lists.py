"""The kinds of crime and the areas of this installation: data with dates, offered to whoever writes a question."""

from datetime import date
from typing import Any

from django.apps import apps

from surveys import library
from surveys.definition import Kind, Option


def in_force(kind: Kind, *, on: date | None = None) -> tuple[Option, ...]:
    """What the list of this kind offers on that day, today unless said; what ships with the house if it is empty."""
    # By name, because the blocks that ask here are part of a model themselves.
    listed: Any = apps.get_model("surveys", "ListedOption")
    rows = listed.objects.in_force(kind, on=on)
    return tuple(Option(row.value, row.label, row.hint) for row in rows) or library.shipped(kind)
