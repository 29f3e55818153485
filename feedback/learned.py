"""What this installation learned at set-up (`manage.py prepare`), read when intake needs it."""

import logging
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from feedback import resemblance, roman
from feedback.resemblance import Likeness, NotALikeness
from feedback.roman import Roman

logger = logging.getLogger(__name__)
Learned = TypeVar("Learned")


WITHOUT_LIKENESS = "triage goes by phrases alone"
WITHOUT_ROMAN = "Urdu and Panjabi in Roman letters pass for the language that was chosen"


def likeness() -> Likeness | None:
    """What triage learned, or None where it is missing or damaged, which is logged once.

    Read again only when the file has changed, so that a running site takes up what is learned meanwhile.
    """
    return _remembered(resemblance.read, likeness_path(), _changed(likeness_path()), WITHOUT_LIKENESS)


def roman_letters() -> Roman | None:
    """What was learned of languages in Roman letters, or None; kept up to date and logged in the same way."""
    return _remembered(roman.read, roman_path(), _changed(roman_path()), WITHOUT_ROMAN)


def likeness_path() -> Path:
    """Where the file that triage learned belongs."""
    return Path(settings.HEARD_MODELS_DIR) / resemblance.FILE_NAME


def roman_path() -> Path:
    """Where the file that was learned of Roman letters belongs."""
    return Path(settings.HEARD_MODELS_DIR) / roman.FILE_NAME


def read(reader: Callable[[bytes], Learned], path: Path) -> Learned | None:
    """What the reader finds in this file, or None where it is missing or damaged."""
    try:
        return reader(path.read_bytes())
    except (OSError, NotALikeness):
        return None


def _changed(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None


@lru_cache(maxsize=2)
def _remembered(
    reader: Callable[[bytes], Learned],
    path: Path,
    changed: int | None,  # noqa: ARG001 - a change makes it read again
    without: str,
) -> Learned | None:
    found = read(reader, path)
    if found is None:
        logger.warning("%s: %s is missing or damaged; run manage.py prepare", without, path.name)
    return found
