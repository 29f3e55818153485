"""What people found in reviewed passages. A machine never writes here, and a person never writes over a machine."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from analysis.models.pairs import SameAs
from analysis.models.tagging import Valence
from feedback.models import Passage


class Standing(models.TextChoices):
    """How a coding came about."""

    READING = "reading", "One person's reading"
    THIRD = "third", "Settled by a third person"
    AGREED = "agreed", "Settled by the two together"


class Coding(models.Model):
    """One person's reading of one statement of a reviewed passage. Without tags it says: none of the themes."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="codings")
    passage_length = models.PositiveIntegerField(help_text="Of the passage, in Unicode code points.")
    start = models.PositiveIntegerField(help_text="Where the statement begins in the passage.")
    end = models.PositiveIntegerField(help_text="Where it ends.")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="codings")
    coded_on = models.DateField()
    codebook_sha256 = models.CharField(max_length=64)
    was_blind = models.BooleanField(help_text="The machine's suggestions were hidden.")
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.READING)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(start__gte=0) & Q(start__lt=F("end")) & Q(end__lte=F("passage_length")),
                name="coding_span_inside",
            ),
            SameAs(
                name="coding_length_is_the_passages",
                fields=("passage", "passage_length"),
                to="feedback.Passage",
                to_fields=("id", "length"),
            ),
            models.UniqueConstraint(fields=["id", "start", "end"], name="coding_span_is_a_key"),
            models.UniqueConstraint(
                fields=["passage", "start", "end", "coder"],
                condition=Q(standing=Standing.READING),
                name="one_reading_per_person",
            ),
            models.UniqueConstraint(
                fields=["passage", "start", "end"],
                condition=~Q(standing=Standing.READING),
                name="settled_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_standing_display()} on {self.coded_on}"


class How(models.TextChoices):
    """What a person's tag does to the machine's."""

    ACCEPTED = "accepted", "Accepts the suggestion"
    CORRECTED = "corrected", "Corrects the suggestion"
    ADDED = "added", "Added by the person"


class CodedTag(models.Model):
    """A theme a person found in a statement, with the span of its evidence in the passage."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    coding = models.ForeignKey(Coding, on_delete=models.CASCADE, related_name="tags")
    statement_start = models.PositiveIntegerField()
    statement_end = models.PositiveIntegerField()
    theme = models.CharField(max_length=64)
    valence = models.CharField(max_length=16, choices=Valence.choices)
    start = models.PositiveIntegerField(help_text="Where the evidence begins in the passage.")
    end = models.PositiveIntegerField(help_text="Where it ends.")
    how = models.CharField(max_length=16, choices=How.choices)
    suggested = models.CharField(max_length=64, blank=True, help_text="The machine's theme it accepts or corrects.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(statement_start__lte=F("start")) & Q(start__lt=F("end")) & Q(end__lte=F("statement_end")),
                name="coded_evidence_inside",
            ),
            SameAs(
                name="coded_tag_has_its_statement",
                fields=("coding", "statement_start", "statement_end"),
                to="analysis.Coding",
                to_fields=("id", "start", "end"),
            ),
            models.CheckConstraint(condition=Q(how=How.ADDED) ^ ~Q(suggested=""), name="added_or_suggested"),
            models.UniqueConstraint(fields=["coding", "theme"], name="one_coded_tag_per_theme"),
        ]

    def __str__(self) -> str:
        return f"{self.theme} ({self.valence})"
