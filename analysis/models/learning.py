"""What the machine learned from people: one row for each time it did, with what it learned from and how good it became.

The models themselves are files; see `analysis.relearning.keeping`. Whom it learned from is a row of its own that goes
with the contribution, so a model that still knows of somebody who has left can be told.
"""

import uuid

from django.db import models
from django.db.models import Q

from feedback.models import Contribution


class LearningState(models.TextChoices):
    """What became of one time of learning."""

    LEARNING = "learning", "Learning now"
    IN_USE = "in-use", "In use"
    FORMER = "former", "The former model"
    WORSE = "worse", "Not kept: worse than the one in use"
    REFUSED = "refused", "Not learned: too little to judge by"
    UNDONE = "undone", "Taken out of use by a person"
    RETIRED = "retired", "Replaced, and deleted"
    FAILED = "failed", "Stopped by a fault"


class LearningQuerySet(models.QuerySet["Learning"]):
    """The questions other modules ask."""

    def in_use(self) -> "Learning | None":
        """The one whose models tag, or None while those of set-up do."""
        return self.filter(state=LearningState.IN_USE).first()

    def former(self) -> "Learning | None":
        """The one that was in use before and can be again."""
        return self.filter(state=LearningState.FORMER).order_by("-number").first()


class Learning(models.Model):
    """One time of learning themes from what people coded. Figures are JSON of `analysis.relearning.judging.Figures`."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    begun_on = models.DateField()
    state = models.CharField(max_length=16, choices=LearningState.choices, default=LearningState.LEARNING)
    step = models.CharField(max_length=64, blank=True, help_text="What is being done, while it is learning.")
    done = models.PositiveIntegerField(default=0, help_text="Steps done.")
    steps = models.PositiveIntegerField(help_text="Of how many.")
    codebook_version = models.CharField(max_length=16)
    codebook_sha256 = models.CharField(max_length=64)
    encoder = models.CharField(max_length=64, blank=True)
    seed = models.PositiveIntegerField()
    set_up = models.CharField(max_length=64, help_text="Hash of what was learned at set-up and is built upon.")
    written = models.PositiveIntegerField(default=0, help_text="Written texts learned from.")
    statements = models.PositiveIntegerField(default=0, help_text="Coded statements learned from.")
    contributions = models.PositiveIntegerField(default=0, help_text="Contributions that these are from.")
    held_out = models.PositiveIntegerField(default=0, help_text="Statements of the audit sample that judge.")
    before = models.JSONField(null=True, help_text="How right the machine was on these before.")
    after = models.JSONField(null=True, help_text="How right it would be with what was learned.")
    spoken_for = models.JSONField(default=list, help_text="Slugs of the themes that a model speaks for.")
    model_id = models.CharField(max_length=64, blank=True, help_text="Name of the models with their hash.")

    objects = LearningQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="in-use"), name="one_learning_in_use"),
            models.UniqueConstraint(fields=["state"], condition=Q(state="learning"), name="one_learning_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"Learning {self.number}"

    @property
    def is_stale(self) -> bool:
        """Whether somebody it learned from has left, or said no to counting, since."""
        return self.learned_from.count() < self.contributions


class LearnedFrom(models.Model):
    """That models learned from a contribution; it goes with the contribution, and with its consent to be counted."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learning = models.ForeignKey(Learning, on_delete=models.CASCADE, related_name="learned_from")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="learnings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["learning", "contribution"], name="learned_from_once")]

    def __str__(self) -> str:
        return f"Source {self.id}"
