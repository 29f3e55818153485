"""What people decided about sealed words, the readable passages that came of it, and who opened what and why."""

import uuid

from django.conf import settings
from django.db import models

from feedback.models.contribution import Contribution, Use, in_use
from feedback.models.sealed import SealedText


class Purpose(models.TextChoices):
    """Why a person opened a sealed text."""

    REVIEW = "review", "To redact and decide"
    SAFEGUARDING = "safeguarding", "To see whether someone needs help"


class Opening(models.Model):
    """One opening of one sealed text by one person: written before the words are shown, never changed."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed_text_id = models.UUIDField(db_index=True, help_text="Kept after a withdrawal: the log outlives the words.")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="openings")
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    opened_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} on {self.opened_on}"


class Outcome(models.TextChoices):
    """What a moderator decided."""

    APPROVED = "approved", "Approved with the suggested redactions"
    AMENDED = "amended", "Approved with changes"
    WITHHELD = "withheld", "Withheld"


class WithheldFor(models.TextChoices):
    """Why a text stays sealed: a code, so that no moderator retells in a reason what was withheld."""

    IDENTIFYING = "identifying", "Could identify someone even when redacted"
    LIVE_CASE = "live-case", "About a case before a court"
    HARMFUL = "harmful", "Would harm someone if read more widely"
    NOT_AN_ANSWER = "not-an-answer", "Not an answer: a test, advertising or abuse"


class Decision(models.Model):
    """A moderator's decision on one sealed text; a machine never writes here."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sealed_text = models.OneToOneField(SealedText, on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    reason = models.CharField(
        max_length=16, choices=WithheldFor.choices, blank=True, help_text="Why it was withheld: a code, never words."
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    decided_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.WITHHELD) ^ models.Q(reason=""), name="a_reason_if_withheld"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {self.decided_on}"


class PassageQuerySet(models.QuerySet["Passage"]):
    """The questions other modules ask of reviewed passages."""

    def for_use(self, use: Use) -> "PassageQuerySet":
        """Those whose contributor agreed to this use, as long as they may be used for anything."""
        return self.filter(in_use("contribution__"), **{f"contribution__may_{use.value}": True})

    def for_reading(self) -> "PassageQuerySet":
        """Those an analyst may read: their contributor agreed to be described, or to be quoted."""
        return self.for_use(Use.PARAPHRASE) | self.for_use(Use.QUOTE)


class Passage(models.Model):
    """The first readable form of a contributor's words: reviewed, redacted, approved by a person."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="passage")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="passages")
    question_id = models.CharField(max_length=64)
    text = models.TextField()
    length = models.PositiveIntegerField(help_text="Of the text, in Unicode code points.")

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["id", "length"], name="passage_length_is_a_key")]

    def __str__(self) -> str:
        return f"Passage {self.id}"


class SafeguardingOutcome(models.TextChoices):
    """What the safeguarding lead did; the words of it live in the office's safeguarding record, not here."""

    NO_ACTION = "no-action", "Read: no action needed"
    ADVICE = "advice", "Took advice"
    REFERRED = "referred", "Referred to a safeguarding partner"
    CONDUCT = "conduct", "Passed to the monitoring officer"


class SafeguardingAction(models.Model):
    """What was done about one urgent contribution."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="safeguarding_actions")
    outcome = models.CharField(max_length=16, choices=SafeguardingOutcome.choices)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="safeguarding_actions"
    )
    taken_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {self.taken_on}"
