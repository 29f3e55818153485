"""What the pipeline found. Tags of unreviewed text have no offsets; tags of passages have spans the database checks."""

import uuid

from django.db import models
from django.db.models import F, Q

from feedback.models import Passage, RoundtablePart, SealedText


class Valence(models.TextChoices):
    """How the experience with a theme was."""

    PROBLEM = "problem", "Problem"
    PRAISE = "praise", "Praise"
    MIXED = "mixed", "Mixed"
    SUGGESTION = "suggestion", "Suggestion"
    NEUTRAL = "neutral", "Neutral"


class Source(models.TextChoices):
    """Who or what made a tag. A rule's tag has no score: it matched or it did not."""

    RULE = "rule", "Rule match"
    MODEL = "model", "Model"


class Run(models.Model):
    """One run of the pipeline: what it read, with what, and how many it left out and why.

    `pipeline_id` names rules and models, the models by a hash of everything they know.
    """

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(default=0, help_text="1 for the first; 0 for all before runs had one.")
    ran_on = models.DateField()
    pipeline_id = models.CharField(max_length=64, help_text="Method and versions, such as blank-rules-v1.")
    codebook_sha256 = models.CharField(max_length=64)
    codebook_version = models.CharField(max_length=32, blank=True)
    seed = models.BigIntegerField(default=0, help_text="Of the lot that put the texts in order.")
    executor = models.CharField(max_length=32, blank=True, help_text="Where texts were tagged, such as serial.")
    texts_waiting = models.PositiveIntegerField(default=0, help_text="Sealed texts not read when the run began.")
    passages_waiting = models.PositiveIntegerField(default=0, help_text="Passages not read when the run began.")
    done = models.PositiveIntegerField(default=0, help_text="Of those waiting: read, left out, or read by another run.")
    read = models.PositiveIntegerField(default=0, help_text="Texts read.")
    left_out = models.JSONField(default=dict, help_text="Counts by reason.")
    is_finished = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Run {self.number}"

    @property
    def waiting(self) -> int:
        """Everything the run set out to read: its input cut is what no run had read on the day it began."""
        return self.texts_waiting + self.passages_waiting


class TagFields(models.Model):
    """What every machine tag says."""

    wagtail_reference_index_ignore = True
    theme = models.CharField(max_length=64)
    valence = models.CharField(max_length=16, choices=Valence.choices)
    score = models.FloatField(null=True, blank=True, help_text="Calibrated probability 0-1; empty for a rule match.")
    source = models.CharField(max_length=8, choices=Source.choices)

    class Meta:
        abstract = True


class MachineReading(models.Model):
    """That the worker has read one sealed text, and how many statements it held."""

    wagtail_reference_index_ignore = True
    sealed_text = models.OneToOneField(SealedText, primary_key=True, on_delete=models.CASCADE, related_name="reading")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="readings")
    statements = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"Reading of {self.sealed_text_id}"


class MachineTag(TagFields):
    """A theme the machine saw in an unreviewed text: no words and no offsets."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reading = models.ForeignKey(MachineReading, on_delete=models.CASCADE, related_name="tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading", "theme"], name="one_machine_tag_per_theme")]

    def __str__(self) -> str:
        return f"{self.theme} ({self.valence})"


class PassageReading(models.Model):
    """That the worker has read one reviewed passage, and how many statements it held."""

    wagtail_reference_index_ignore = True
    passage = models.OneToOneField(Passage, primary_key=True, on_delete=models.CASCADE, related_name="reading")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="passage_readings")
    statements = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"Reading of {self.passage_id}"


class PassageTag(TagFields):
    """A theme in a reviewed passage, with the span of its evidence in Unicode code points."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reading = models.ForeignKey(PassageReading, on_delete=models.CASCADE, related_name="tags")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    passage_length = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(start__gte=0) & Q(start__lt=F("end")) & Q(end__lte=F("passage_length")),
                name="passage_tag_span_inside",
            )
        ]

    def __str__(self) -> str:
        return f"{self.theme} ({self.valence})"


class HistoricTag(TagFields):
    """A theme in a published historic record; never part of a live count."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    part = models.ForeignKey(RoundtablePart, on_delete=models.CASCADE, related_name="tags")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(start__lt=F("end")), name="historic_tag_span_inside")]

    def __str__(self) -> str:
        return f"{self.theme} ({self.valence})"
