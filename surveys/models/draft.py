"""Drafts while somebody answers, and what six words find until they are sent."""

import uuid

from django.db import models

from feedback.models import Channel
from surveys.facets import Mode
from surveys.models.survey import SurveyVersion


class Draft(models.Model):
    """Answers while somebody is answering; deleted at submit, and nothing links it to the response."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="drafts")
    channel = models.CharField(max_length=16, choices=Channel.choices, default=Channel.ONLINE)
    language = models.CharField(max_length=12, default="en")
    position = models.CharField(max_length=64, blank=True, help_text="The question shown last.")
    step = models.PositiveIntegerField(
        default=0, help_text="Counts accepted posts; a form from an earlier step is stale."
    )
    touched_on = models.DateField(help_text="The day of the last post; unfinished drafts are deleted after it.")
    mode = models.CharField(
        max_length=8,
        choices=[(mode.value, mode.value) for mode in Mode],
        default=Mode.STANDARD,
        help_text="How the questions are shown. It is not kept with the answers.",
    )
    help = models.CharField(max_length=8, blank=True, help_text="Whether somebody helps, as surveys.helping.Help.")
    alone_part = models.CharField(max_length=8, blank=True, help_text="As surveys.helping.AlonePart.")
    outreach = models.CharField(max_length=20, blank=True, help_text="Which kind of link they followed, if any.")
    words_offered = models.BooleanField(default=False, help_text="Return words were taken, or refused with thanks.")

    def __str__(self) -> str:
        return f"Draft {self.id}"


class DraftAnswer(models.Model):
    """One answer in a draft: a closed one as its values, words only sealed."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="answers")
    question_id = models.CharField(max_length=64)
    value = models.JSONField(null=True, blank=True)
    given_alone = models.CharField(max_length=8, blank=True, help_text="As surveys.helping.GivenAlone.")
    sitting_box = models.BinaryField(null=True, blank=True, help_text="Words, under the key in the sitting's cookie.")
    period_box = models.BinaryField(null=True, blank=True, help_text="The same words, to the period's public key.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "question_id"], name="one_draft_answer_per_question")]

    def __str__(self) -> str:
        return f"Draft answer {self.id}"


class KeptText(models.Model):
    """A text of an earlier sitting, sealed: to be received with the draft as it is, or to be replaced or deleted."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.ForeignKey(DraftAnswer, on_delete=models.CASCADE, related_name="kept_texts")
    box = models.BinaryField(help_text="The sealed text, under the draft's carrying key.")

    def __str__(self) -> str:
        return f"Kept text {self.id}"


class DraftWords(models.Model):
    """What six words find while somebody is answering. A draft without this row cannot be come back to."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.OneToOneField(Draft, on_delete=models.CASCADE, related_name="words")
    locator = models.BinaryField(max_length=32, unique=True)
    proof = models.BinaryField(max_length=32)
    carry_box = models.BinaryField(help_text="The draft's carrying key, under a key that only the words make.")
    receipt_box = models.BinaryField(help_text="Locator and proof for after it is sent, under the carrying key.")

    def __str__(self) -> str:
        return f"Words of a draft {self.id}"
