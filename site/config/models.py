"""What an installation remembers about its own running; nothing in it concerns anybody who answers."""

from typing import Any

from django.db import models
from django.utils import timezone


class LastTime(models.Model):
    """When something an operator must not miss was last done, with figures of how it went."""

    class Deed(models.TextChoices):
        """What is remembered."""

        BACKUP = "backup", "A backup was made"
        REHEARSAL = "rehearsal", "A restore was rehearsed"
        ROUND = "round", "The worker did a task of its schedule"

    wagtail_reference_index_ignore = True
    deed = models.CharField(primary_key=True, max_length=16, choices=Deed.choices)
    at = models.DateTimeField()
    figures = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.deed} at {self.at:%Y-%m-%d %H:%M}"


def remember(deed: LastTime.Deed, **figures: Any) -> None:
    """Write down that it was done just now."""
    LastTime.objects.update_or_create(deed=deed, defaults={"at": timezone.now(), "figures": figures})
