"""Asking for a release from a page: the web process writes the request down, the worker counts and freezes."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Capability, require
from analysis.models import ReleaseRequest
from analysis.report.tasks import freeze_report
from feedback.models import Consultation


def request_release(
    consultation: Consultation, *, title: str, quarters: Sequence[str], breakdown: str, by: User
) -> ReleaseRequest:
    """Write a publisher’s request down and queue it. Raises PermissionDenied without the right to release."""
    require(by, Capability.RELEASE)
    request = ReleaseRequest.objects.create(
        consultation=consultation,
        title=title,
        quarters=sorted(quarters),
        breakdown=breakdown,
        asked_by=by,
        asked_on=timezone.localdate(),
    )
    transaction.on_commit(lambda: freeze_report.enqueue(str(request.pk)))
    return request
