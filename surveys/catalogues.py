"""The fixed words of the journey: `site/locale/<language>/LC_MESSAGES/django.po`, compiled into `var/locale`.

Compiled in Python, so that a fresh machine needs no gettext programs.
"""

import hashlib
import json
import os
from functools import cache
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from django.conf import settings
from django.utils.translation import get_language_info

SOURCES = settings.ROOT / "site" / "locale"
NAME = Path("LC_MESSAGES") / "django.po"


def languages() -> list[str]:
    """The languages the house speaks besides English, as in the settings."""
    return [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def name(language: str) -> str:
    """The language's English name, for staff."""
    return str(get_language_info(language)["name"])


def read(language: str, *, source: Path = SOURCES) -> Catalog:
    """The catalogue of one language as it stands in the sources.

    Raises:
        FileNotFoundError: if the language has none.
        babel.messages.pofile.PoFileError: if the file is not a catalogue.
    """
    with (source / language / NAME).open("rb") as handle:
        return pofile.read_po(handle, locale=language, abort_invalid=True)


def compile_all(target: Path, *, source: Path = SOURCES) -> None:
    """Write every language's catalogue where Django reads it: `target/<language>/LC_MESSAGES/django.mo`.

    Messages marked fuzzy or left empty are shown in English.
    """
    for language in languages():
        path = (target / language / NAME).with_suffix(".mo")
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")  # of its own, where two processes compile at once
        with part.open("wb") as handle:
            write_mo(handle, read(language, source=source))
        part.replace(path)


@cache
def unfinished(language: str) -> int:
    """How many sentences this language would show in English."""
    return sum(not is_finished(message) for message in read(language) if message.id)


@cache
def sentences(language: str) -> frozenset[str]:
    """The English of every sentence that this language has; of one that counts, the singular."""
    ids = (message.id for message in read(language) if message.id and is_finished(message))
    return frozenset(key if isinstance(key, str) else key[0] for key in ids)


@cache
def sha256(language: str) -> str:
    """The hash of every sentence with its translation: what somebody who checks the fixed words has checked."""
    said = sorted((json.dumps(m.id), json.dumps(m.string)) for m in read(language) if m.id)
    return hashlib.sha256(json.dumps([language, said]).encode()).hexdigest()


def is_finished(message: Message) -> bool:
    """Whether every form of the sentence is translated, and by more than a guess."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    return all(forms) and not message.fuzzy
