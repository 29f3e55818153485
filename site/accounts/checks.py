"""A real installation refuses to pass its checks while demonstration people exist."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError


def no_demo_people(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - the signature of a check
    databases: Sequence[str] | None = None,
    **kwargs: Any,  # noqa: ARG001
) -> list[CheckMessage]:
    """One error if demonstration people exist where no demonstration runs."""
    from accounts.models import User  # noqa: PLC0415 - checks are registered before the models load

    if settings.HEARD_DEMO or not databases:
        return []
    try:
        has_demo_people = User.objects.filter(is_demo=True).exists()
    except DatabaseError:  # before the first migration there is nobody
        return []
    if not has_demo_people:
        return []
    hint = "Start a real installation with an empty database, or delete the demonstration people first."
    return [Error("This database holds demonstration people.", hint=hint, id="accounts.E001")]
