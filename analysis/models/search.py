"""Who searched reviewed passages, for what and why; and which passages are alike.

Nothing here holds words of a passage: a search reads the passages themselves. What says that two are alike hangs on
both, and goes when either goes.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from feedback.models import Passage

LONGEST_QUERY = 200


class Why(models.TextChoices):
    """Why somebody searches."""

    FIGURE = "figure", "To understand a figure of a released report"
    THEME = "theme", "To check or define a theme"
    FINDING = "finding", "To write a finding or a recommendation"
    QUESTION = "question", "To answer a question of the Victims Commission"
    OTHER = "other", "Another reason"


class Search(models.Model):
    """One search by one person: written before anything is shown, never changed.

    The words that were looked for may hold a name, which is why they are kept, and why few may read them and not for
    long; see `analysis.search.asking`.
    """

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="searches")
    asked_on = models.DateField(db_index=True)
    words = models.CharField(max_length=LONGEST_QUERY, blank=True)
    like_passage_id = models.UUIDField(null=True, help_text="Of which passage more was asked for: it may be gone.")
    why = models.CharField(max_length=16, choices=Why.choices)
    why_words = models.CharField(max_length=LONGEST_QUERY, blank=True)

    class Meta:
        ordering = ["-asked_on", "asked_by", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(words="") ^ Q(like_passage_id__isnull=True), name="a_search_is_for_words_or_for_likeness"
            ),
            models.CheckConstraint(condition=~Q(why=Why.OTHER) | ~Q(why_words=""), name="another_reason_is_told"),
        ]

    def __str__(self) -> str:
        return f"Search of {self.asked_on}"


class PassageVector(models.Model):
    """Where a reviewed passage lies among the others: numbers from which no words can be read."""

    wagtail_reference_index_ignore = True
    passage = models.OneToOneField(Passage, primary_key=True, on_delete=models.CASCADE, related_name="vector")
    encoder = models.CharField(max_length=64, help_text="What made it.")
    key = models.CharField(max_length=64, db_index=True, help_text="HMAC of the encoder and the text.")
    vector = models.BinaryField(help_text="Unit vector, little-endian float16.")
    alike = models.PositiveSmallIntegerField(null=True, help_text="How many were found alike when it was last looked.")

    def __str__(self) -> str:
        return f"Vector of {self.passage_id}"


class Alike(models.Model):
    """That one passage is among the nearest to another; it goes when either goes."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    passage = models.ForeignKey(PassageVector, on_delete=models.CASCADE, related_name="nearest")
    other = models.ForeignKey(PassageVector, on_delete=models.CASCADE, related_name="nearest_to")
    likeness = models.FloatField(help_text="Cosine of the two, up to 1.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["passage", "other"], name="two_passages_are_alike_once"),
            models.CheckConstraint(condition=~Q(passage=F("other")), name="no_passage_is_like_itself"),
        ]

    def __str__(self) -> str:
        return f"Likeness {self.id}"
