"""From entries to contributions: one batch, in one transaction, through the same door as everything else."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from accounts.roles import Capability, require
from feedback.intake import Submission, receive
from feedback.models import Batch
from surveys.importing.checking import Entry
from surveys.models import Answer, Response, SurveyVersion


class AlreadyImported(Exception):
    """The same file was imported before; the message names its batch."""


@transaction.atomic
def load(entries: Iterable[Entry], version: SurveyVersion, *, label: str, sha256: str, by: User | None = None) -> Batch:
    """Receive every entry as one batch that can be undone; `by` is None for the operator at the command line.

    The file's `sha256` refuses it a second time; `entries` may be an iterable that reports its progress.

    Raises:
        PermissionDenied: if the person may not edit content.
        AlreadyImported: if a batch came from a file with the same bytes.
        NoOpenPeriod: if nothing can be sealed this month.
    """
    if by is not None:
        require(by, Capability.EDIT_CONTENT)
    earlier = Batch.objects.filter(sha256=sha256).first()
    if earlier is not None:
        raise AlreadyImported(f"This file is already here as batch {earlier.pk}. Undo that batch to import it again.")
    batch = Batch.objects.create(label=label, sha256=sha256, imported_by=by)
    for entry in entries:
        _receive(entry, version, batch)
    return batch


def _receive(entry: Entry, version: SurveyVersion, batch: Batch) -> None:
    contribution = receive(
        Submission(
            consultation=version.survey.consultation,
            channel=entry.channel,
            voice=entry.voice,
            texts=entry.texts,
            language=entry.language,
            people=entry.people,
            consents=entry.consents,
            received_on=entry.received_on,
            batch=batch,
        )
    )
    response = Response.objects.create(contribution=contribution, version=version)
    Answer.objects.bulk_create(
        Answer(response=response, question_id=name, value=value) for name, value in entry.closed.items()
    )
