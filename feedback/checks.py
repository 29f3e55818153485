"""Tells whoever runs the installation that triage hears less than it could."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning

from feedback import learned


def likeness_is_learned(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - the signature of a check
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """One warning if the likeness is missing or damaged."""
    if learned.read_likeness(learned.likeness_path()) is not None:
        return []
    hint = "Run `manage.py prepare`: it learns the likeness from the project's fictional examples in a few seconds."
    return [Warning("Triage goes by phrases alone: its learned likeness is missing.", hint=hint, id="feedback.W001")]
