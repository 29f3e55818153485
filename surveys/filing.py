"""Pictures and films of a published version: copied when it is published, named by their content, never changed.

The copy lies in the `frozen` folder of the media, so a later change of the editors' libraries changes no version.
"""

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from surveys import pictures
from surveys.definition import Definition, Option, Question
from surveys.facet_values import DOCUMENT, HOUSE, IMAGE

TYPES = {
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".vtt": "text/vtt; charset=utf-8",
}
VIDEOS = (".mp4", ".webm")
CAPTIONS = (".vtt",)
NAME = re.compile(r"[0-9a-f]{32}\.(?:svg|webp|mp4|webm|vtt)")
# As large as a picture is ever shown, without what a camera writes beside it.
RENDITION = "max-480x480|format-webp"


@dataclass(frozen=True)
class File:
    """What a reference leads to."""

    suffix: str
    content: bytes

    @property
    def name(self) -> str:
        """The name by content: half of a SHA-256 is more than enough to tell files apart."""
        return hashlib.sha256(self.content).hexdigest()[:32] + self.suffix


def folder() -> Path:
    """Where the copies lie."""
    return Path(settings.MEDIA_ROOT) / "frozen"


def path_of(name: str) -> Path | None:
    """The copy with this name, or None if there is none."""
    path = folder() / name
    return path if NAME.fullmatch(name) and path.is_file() else None


def named(definition: Definition) -> Definition:
    """The definition as it would be frozen: each picture and film by its content; what cannot be found left out."""
    return _renamed(definition, _name)


def keep(definition: Definition) -> Definition:
    """The definition as it is frozen, with a copy of each of its files made."""
    return _renamed(definition, _kept)


def faults(definition: Definition) -> list[str]:
    """Pictures and films that are gone or of the wrong kind, in sentences that say what to do."""
    return [
        f"Question {number}: {fault}"
        for number, question in enumerate(definition.questions, start=1)
        for fault in _faults(question)
    ]


def _faults(question: Question) -> Iterator[str]:
    for reference in (question.easy.picture, *(option.picture for option in question.options)):
        if reference and _name(reference) == "":
            yield "one of its pictures is no longer in the library. Choose another one."
    for reference, suffixes, what in (
        (question.signed.video, VIDEOS, "film must be an .mp4 or .webm file"),
        (question.signed.captions, CAPTIONS, "captions must be a .vtt file"),
    ):
        file = _file(reference)
        if reference and (file is None or file.suffix not in suffixes):
            yield f"its {what} in the library. Choose another one."


def _renamed(definition: Definition, name: Callable[[str], str]) -> Definition:
    return replace(definition, questions=tuple(_question(question, name) for question in definition.questions))


def _question(question: Question, name: Callable[[str], str]) -> Question:
    signed = question.signed
    return replace(
        question,
        easy=replace(question.easy, picture=name(question.easy.picture)),
        signed=replace(signed, video=name(signed.video), captions=name(signed.captions)),
        options=tuple(_option(option, name) for option in question.options),
    )


def _option(option: Option, name: Callable[[str], str]) -> Option:
    return replace(option, picture=name(option.picture))


def _name(reference: str) -> str:
    file = _file(reference)
    if file is None:
        return reference if path_of(reference) else ""
    return file.name


def _kept(reference: str) -> str:
    file = _file(reference)
    if file is not None and path_of(file.name) is None:
        _write(file)
    return _name(reference)


def _write(file: File) -> None:
    """Put the copy in place in one step, so that nobody ever reads half of it."""
    folder().mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder(), delete=False) as scratch:
        scratch.write(file.content)
    Path(scratch.name).chmod(0o644)
    Path(scratch.name).replace(folder() / file.name)


def _file(reference: str) -> File | None:
    for start, read in ((HOUSE, _drawing), (IMAGE, _image), (DOCUMENT, _document)):
        if reference.startswith(start):
            return read(reference.removeprefix(start))
    return None


def _drawing(name: str) -> File | None:
    return File(".svg", pictures.drawing(name)) if name in pictures.names() else None


def _image(number: str) -> File | None:
    image: Any = get_image_model().objects.filter(pk=number).first()
    try:
        return File(".webp", _bytes(image.get_rendition(RENDITION).file)) if image else None
    except OSError:
        return None


def _document(number: str) -> File | None:
    document: Any = get_document_model().objects.filter(pk=number).first()
    try:
        return File(Path(document.file.name).suffix.lower(), _bytes(document.file)) if document else None
    except OSError:
        return None


def _bytes(file: Any) -> bytes:
    with file.open("rb") as opened:
        return bytes(opened.read())
