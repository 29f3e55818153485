"""Frozen releases: the only place a published figure is ever read from."""

import uuid

from django.conf import settings
from django.db import models

from feedback.models import Consultation, Passage


class Release(models.Model):
    """A theme report as it was frozen: what was asked of the data, and every figure, already through the gate."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    spec = models.JSONField(help_text="Period, breakdown, codebook and pipeline.")
    output = models.JSONField(help_text="Every protected figure and sentence of the report; never a person's words.")
    sha256 = models.CharField(max_length=64)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="releases")
    released_on = models.DateField()

    class Meta:
        ordering = ["-released_on", "-number"]
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="one_release_per_number")]

    def __str__(self) -> str:
        return f"{self.title}, release {self.number}"


class ReleasedQuote(models.Model):
    """A reviewed passage shown as evidence in a release; it goes when its passage goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="quotes")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="released_quotes")
    theme = models.CharField(max_length=64)
    valence = models.CharField(max_length=16)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "passage", "theme"], name="one_quote_per_theme")]

    def __str__(self) -> str:
        return f"Quote on {self.theme}"
