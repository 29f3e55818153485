"""Roundtables: who met when, and, for published historic records, what the published text says."""

import uuid

from django.db import models

from feedback.models.consultation import Consultation
from feedback.models.contribution import Contribution


class Roundtable(models.Model):
    """A meeting at which people spoke about their experience."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="roundtables", null=True, blank=True
    )
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    is_historic = models.BooleanField(
        default=False,
        help_text="A published record from the past: shown as evidence, never counted with live voices.",
    )
    contribution = models.OneToOneField(
        Contribution,
        on_delete=models.SET_NULL,
        related_name="roundtable",
        null=True,
        blank=True,
        help_text="What was said there, sealed; empty for a published historic record and after a withdrawal.",
    )
    source_sha256 = models.CharField(
        max_length=64, unique=True, help_text="Refuses the same record twice; keyed where the words are not published."
    )

    class Meta:
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return self.title


class PartKind(models.TextChoices):
    """What a part of a published record is; only body and quotation are tagged."""

    BODY = "body", "Text"
    QUOTATION = "quotation", "Quotation"
    HEADING = "heading", "Heading"
    RECOMMENDATION = "recommendation", "Recommendation"
    ANNEX = "annex", "Annex"
    FURNITURE = "furniture", "Page furniture"


class RoundtablePart(models.Model):
    """One paragraph of a published historic record, in reading order."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roundtable = models.ForeignKey(Roundtable, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=PartKind.choices)
    section = models.CharField(max_length=300, blank=True, help_text="The heading it stands under.")
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["roundtable", "position"], name="one_part_per_position")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position}"
