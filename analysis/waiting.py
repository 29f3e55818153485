"""How long the machine has left something unread."""

from datetime import date

from django.db.models import Exists, OuterRef

from analysis.models import MachineReading
from feedback.languages import ENGLISH
from feedback.models import SealedText
from feedback.models.contribution import in_use


def oldest_unread() -> date | None:
    """The day the oldest text came in that the sweep should have read and has not; None if it has read them all.

    A text nobody agreed to have counted, one in another language and one that can never be opened wait for nobody.
    """
    waiting = SealedText.objects.filter(
        in_use("contribution__"),
        contribution__may_statistics=True,
        contribution__language__istartswith=ENGLISH,
        envelope__isnull=False,
        period__key_destroyed_on__isnull=True,
    ).exclude(Exists(MachineReading.objects.filter(pk=OuterRef("pk"))))
    days = waiting.order_by("contribution__received_on").values_list("contribution__received_on", flat=True)
    return days.first()
