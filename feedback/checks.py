"""Tells whoever runs the installation that intake hears less than it could."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning

from feedback import learned, resemblance, roman

HINT = "Run `manage.py prepare`: it learns from the project's fictional examples in a few seconds."


def all_is_learned(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - the signature of a check
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """A warning for each learned file that is missing or damaged."""
    found: list[CheckMessage] = []
    if learned.read(resemblance.read, learned.likeness_path()) is None:
        missing = "Triage goes by phrases alone: its learned likeness is missing."
        found.append(Warning(missing, hint=HINT, id="feedback.W001"))
    if learned.read(roman.read, learned.roman_path()) is None:
        missing = "Urdu and Panjabi in Roman letters are not known: what is learned of them is missing."
        found.append(Warning(missing, hint=HINT, id="feedback.W002"))
    return found
