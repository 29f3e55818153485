"""What this installation learned at set-up (`manage.py prepare`), read when triage needs it."""

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from feedback import resemblance
from feedback.resemblance import Likeness, NotALikeness

logger = logging.getLogger(__name__)


def likeness() -> Likeness | None:
    """The learned likeness, or None where it is missing or damaged, which is logged once.

    Read again only when the file has changed, so that a running site takes up what is learned meanwhile.
    """
    path = likeness_path()
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = None
    return _remembered(path, changed)


def likeness_path() -> Path:
    """Where the learned file belongs."""
    return Path(settings.HEARD_MODELS_DIR) / resemblance.FILE_NAME


def read_likeness(path: Path) -> Likeness | None:
    """The likeness in this file, or None where it is missing or damaged."""
    try:
        return resemblance.read(path.read_bytes())
    except (OSError, NotALikeness):
        return None


@lru_cache(maxsize=1)
def _remembered(path: Path, changed: int | None) -> Likeness | None:  # noqa: ARG001 - a change makes it read again
    found = read_likeness(path)
    if found is None:
        logger.warning("triage goes by phrases alone: %s is missing or damaged; run manage.py prepare", path.name)
    return found
