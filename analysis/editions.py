"""Which codebook is in use, and how the next one comes about: begun, changed, published or thrown away."""

from functools import lru_cache
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import Capability, require
from analysis.codebook import Codebook, load
from analysis.codebook.documents import Documents, from_text
from analysis.codebook.editing import changes, other_parts
from analysis.codebook.read import CodebookInvalid, shipped
from analysis.models import CodebookDraft, CodebookVersion


class ChangedMeanwhile(Exception):
    """Somebody else changed, published or discarded the draft since this form was shown."""


def current() -> Codebook:
    """The codebook in use: the newest published version, or the one shipped with the project."""
    newest = CodebookVersion.objects.order_by("-number").values_list("id", "sha256").first()
    return _published(*newest) if newest else load()


def current_documents() -> Documents:
    """The same as the documents it is written in."""
    newest = CodebookVersion.objects.order_by("-number").first()
    return from_text(newest.documents) if newest else Documents(**shipped())


def begin(*, by: User, documents: Documents | None = None) -> CodebookDraft:
    """A draft of the next version, from what is in use or, imported, from these documents.

    Raises:
        PermissionDenied: without the right to edit the codebook.
        ChangedMeanwhile: if there is a draft already.
    """
    require(by, Capability.EDIT_CODEBOOK)
    written = (documents or current_documents()).as_text()
    try:
        with transaction.atomic():
            return CodebookDraft.objects.create(documents=written, begun_by=by, begun_on=timezone.localdate())
    except IntegrityError:
        raise ChangedMeanwhile from None


def change(draft: CodebookDraft, documents: Documents, *, by: User) -> None:
    """Keep changed documents in the draft, if nobody else has changed it since it was read.

    Raises:
        PermissionDenied: without the right to edit the codebook.
        ChangedMeanwhile: if somebody has; nothing is kept.
    """
    require(by, Capability.EDIT_CODEBOOK)
    same = CodebookDraft.objects.filter(pk=draft.pk, step=draft.step)
    if not same.update(documents=documents.as_text(), step=F("step") + 1):
        raise ChangedMeanwhile


def discard(draft: CodebookDraft, *, by: User) -> None:
    """Throw the draft away. Raises PermissionDenied without the right to edit the codebook."""
    require(by, Capability.EDIT_CODEBOOK)
    draft.delete()


@transaction.atomic
def publish(draft: CodebookDraft, *, note: str, by: User) -> CodebookVersion:
    """Make the draft the codebook in use from now on. What was read with an earlier one is read again by the worker.

    Raises:
        PermissionDenied: without the right to publish a codebook.
        ChangedMeanwhile: if somebody has changed the draft since it was read.
        CodebookInvalid: if it is wrong, or says nothing that the one in use does not say.
    """
    require(by, Capability.PUBLISH_CODEBOOK)
    if not CodebookDraft.objects.filter(pk=draft.pk, step=draft.step).delete()[0]:
        raise ChangedMeanwhile
    before, after = current_documents(), from_text(draft.documents)
    if not any(changes(before, after)) and not other_parts(before, after):
        raise CodebookInvalid("The draft says what the codebook in use says. Change it first, or throw it away.")
    after = after.with_version(_next(str(before.head["version"])))
    codebook = after.read()
    _compiles(codebook)
    newest = CodebookVersion.objects.order_by("-number").first()
    version = CodebookVersion.objects.create(
        number=newest.number + 1 if newest else 1,
        version=codebook.version,
        documents=after.as_text(),
        sha256=codebook.sha256,
        note=note,
        published_by=by,
        published_on=timezone.localdate(),
    )
    log(instance=version, action="wagtail.publish", user=by)
    return version


def checked(documents: Documents) -> Documents:
    """The same documents, if every pattern in them can be used; else CodebookInvalid, showing the pattern."""
    _compiles(documents.read())
    return documents


def _compiles(codebook: Codebook) -> None:
    # Imported here, because the web process needs the word lists of the rules only when somebody edits a codebook.
    from analysis.pipeline.phrases import PatternInvalid  # noqa: PLC0415
    from analysis.pipeline.rules import compile_rules  # noqa: PLC0415

    try:
        compile_rules(codebook)
    except PatternInvalid as problem:
        raise CodebookInvalid(f"A pattern cannot be read. {problem}") from None


def _next(version: str) -> str:
    major, _, minor = version.partition(".")
    return f"{major}.{int(minor or 0) + 1}"


@lru_cache(maxsize=4)
def _published(pk: Any, sha256: str) -> Codebook:
    codebook = from_text(CodebookVersion.objects.values_list("documents", flat=True).get(pk=pk)).read()
    assert codebook.sha256 == sha256, "a published codebook is no longer what was published"  # noqa: S101 - a version never changes
    return codebook
