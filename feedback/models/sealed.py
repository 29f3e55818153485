"""Sealed words: ciphertext, the wrapped key beside it in its own table, and the period whose private key opens both."""

import uuid

from django.db import models
from django.db.models import Q

from feedback.models.contribution import READING, Contribution, in_use


class Period(models.Model):
    """A stretch of time with its own key pair; destroying the private key ends every text sealed in it."""

    wagtail_reference_index_ignore = True
    id = models.CharField(primary_key=True, max_length=16, help_text='Such as "2026-11".')
    public_key = models.BinaryField(max_length=32)
    opened_on = models.DateField()
    key_destroyed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.id


class SealedTextQuerySet(models.QuerySet["SealedText"]):
    """The questions other modules ask of sealed texts."""

    def awaiting_review(self) -> "SealedTextQuerySet":
        """Those no person has decided on and may: urgent contributions first, then the audit sample, then the oldest.

        What was drawn by lot is read before the rest, because figures about the machine rest on it; nobody in danger
        waits for it.
        Review makes words readable, so a contributor who agreed to no use of them is not read for it either. A text
        without its envelope, or of a period without its key, can never be opened and waits for nobody.
        """
        return (
            self.filter(decision__isnull=True, envelope__isnull=False, period__key_destroyed_on__isnull=True)
            .filter(Q(*((f"contribution__may_{use.value}", True) for use in READING), _connector=Q.OR))
            .filter(in_use("contribution__"))
            .order_by("-contribution__urgency", "-is_audited", "contribution__received_on", "id")
        )


class SealedText(models.Model):
    """One free-text answer, padded to a size class and sealed. Useless without its envelope.

    A question may have several: what somebody adds after coming back with return words is sealed beside the earlier
    text, which only the worker can open.
    """

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="sealed_texts")
    question_id = models.CharField(max_length=64)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="sealed_texts")
    ciphertext = models.BinaryField()
    is_audited = models.BooleanField(default=False, help_text="Drawn by lot when it came in: reviewed first.")

    objects = SealedTextQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Sealed text {self.id}"


class Envelope(models.Model):
    """A sealed text's data key, wrapped to its period's public key; deleting it kills the text in old backups too."""

    wagtail_reference_index_ignore = True
    sealed_text = models.OneToOneField(SealedText, primary_key=True, on_delete=models.CASCADE, related_name="envelope")
    wrapped_key = models.BinaryField()

    def __str__(self) -> str:
        return f"Envelope of {self.sealed_text_id}"
