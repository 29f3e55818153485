"""The register of everything kept: what each field says, who sees it, and when it goes.

The public page "What we will know about you" is made from it, and a test holds it against the models themselves.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.db.models import Model

FILE = Path(__file__).parent / "data" / "register.yaml"


@dataclass(frozen=True)
class Table:
    """One table as the register describes it; `fields` is empty where nothing in it concerns a respondent."""

    label: str
    title: str
    seen_by: str
    kept: str
    fields: dict[str, str]


@cache
def register() -> dict[str, Any]:
    """The register file as it stands."""
    data: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return data


def tables_about_respondents() -> list[Table]:
    """The tables shown to people who answer, in the register's order."""
    return [
        Table(label, entry["title"], entry["seen_by"], entry["kept"], entry["fields"])
        for label, entry in register()["tables"].items()
        if entry["about"] == "respondent"
    ]


def unnamed(models: list[type[Model]] | None = None) -> list[str]:
    """Every table and field that exists and is not in the register, and every one that is named and no longer exists.

    Tables that concern respondents must name each field; other tables need only be named.
    """
    known = register()
    found: list[str] = []
    everything = apps.get_models(include_auto_created=True) if models is None else models
    for model in everything:
        label = model._meta.label
        entry = known["tables"].get(label)
        if entry is None:
            if model._meta.app_label not in known["libraries"] and not model._meta.auto_created:
                found.append(f"{label} is not in the register")
            continue
        if entry["about"] == "respondent":
            found += _difference(label, {field.name for field in model._meta.concrete_fields}, set(entry["fields"]))
    if models is None:
        labels = {model._meta.label for model in everything}
        found += [f"{label} is in the register and does not exist" for label in known["tables"] if label not in labels]
    return found


def _difference(label: str, real: set[str], named: set[str]) -> list[str]:
    return [f"{label}.{name} is not in the register" for name in sorted(real - named)] + [
        f"{label}.{name} is in the register and does not exist" for name in sorted(named - real)
    ]
