"""What stands beside a contribution: its closed answers and its six words; and how many replies were keyed."""

import uuid

from django.conf import settings
from django.db import models

from feedback.models import Contribution
from surveys.models.survey import Survey, SurveyVersion


class Response(models.Model):
    """The closed answers that came with one contribution."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="response")
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="responses")

    def __str__(self) -> str:
        return f"Response {self.id}"


class Answer(models.Model):
    """One closed answer: a value, or a list of values. Free text is never here."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question_id = models.CharField(max_length=64)
    value = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "question_id"], name="one_answer_per_question")]
        indexes = [models.Index(fields=["question_id"])]

    def __str__(self) -> str:
        return f"Answer {self.id}"


class ReceiptWords(models.Model):
    """What the same words find after sending. It goes with the contribution: withdrawn words are unknown words."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="words")
    locator = models.BinaryField(max_length=32, unique=True)
    proof = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"Words of a contribution {self.id}"


class KeyedCount(models.Model):
    """How many replies to one survey one member of staff keyed in on one day: a number, never which."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="keyed_counts")
    keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    keyed_on = models.DateField()
    replies = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "keyed_by", "keyed_on"], name="one_count_per_keyer_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.replies} keyed on {self.keyed_on}"
