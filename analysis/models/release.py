"""Frozen releases: the only place a published figure is ever read from."""

import hashlib
import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models

from feedback.models import Consultation, Contribution, Passage, Use, Voice
from feedback.models.contribution import in_use
from surveys.frozen import NeverUpdated


class Altered(Exception):
    """A release is no longer what was frozen: its figures do not have its hash."""


def fingerprint(spec: dict[str, Any], output: dict[str, Any]) -> str:
    """The SHA-256 of what was asked and what came out, written in the one canonical way."""
    written = json.dumps({"spec": spec, "output": output}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


class ReleaseQuerySet(models.QuerySet["Release"]):
    """The questions other modules ask of releases."""

    def for_reading(self) -> "ReleaseQuerySet":
        """All of them with what a list shows, the newest first."""
        return self.select_related("consultation", "consultation__organisation").order_by("-released_on", "-number")

    def of(self, consultation: Consultation) -> "ReleaseQuerySet":
        """Those of one consultation, the newest first."""
        return self.filter(consultation=consultation).order_by("-number")


class Release(models.Model):
    """A theme report as it was frozen: what was asked of the data, and every figure, already through the gate."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    spec = models.JSONField(help_text="Period, breakdown, codebook and pipeline.")
    output = models.JSONField(help_text="Every protected figure and sentence of the report; never a person's words.")
    received = models.JSONField(
        default=dict, help_text="How many contributions each quarter had, to see how many have left since; not shown."
    )
    quotes_chosen = models.PositiveSmallIntegerField(
        null=True, help_text="How many quotes it had when frozen, to see whether words were taken back; not shown."
    )
    sha256 = models.CharField(max_length=64)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="releases")
    released_on = models.DateField()

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-released_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="one_release_per_number"),
            NeverUpdated(name="a_release_never_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, release {self.number}"

    @property
    def has_lost_quotes(self) -> bool:
        """Whether words that stood here when it was frozen were taken back, or may not be shown any more."""
        return (
            self.quotes_chosen is not None
            and ReleasedQuote.objects.filter(release=self).showable().count() < self.quotes_chosen
        )

    def frozen_output(self) -> dict[str, Any]:
        """The figures, once they have proved to be those that were frozen. Raises Altered if they are not."""
        if fingerprint(self.spec, self.output) != self.sha256:
            raise Altered(f"Release {self.number} does not have its hash. Restore it from a backup.")
        output: dict[str, Any] = self.output
        return output


class ReleasedContribution(models.Model):
    """That a release counted a contribution, so that a later one knows how much has changed; it goes when that goes."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="counted")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="releases_counted_in")
    quarter = models.CharField(max_length=7)
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="Keyed hash of what it added to the counts; empty once that is taken back."
    )
    left_out = models.CharField(max_length=64, blank=True, help_text="Why it was received and not counted, if so.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "contribution"], name="counted_once_per_release")]

    def __str__(self) -> str:
        return f"Counted in {self.release_id}"


class ReleasedQuoteQuerySet(models.QuerySet["ReleasedQuote"]):
    """The questions other modules ask of quotes."""

    def showable(self) -> "ReleasedQuoteQuerySet":
        """Those whose contributor agrees today to be quoted and counted, as long as they may be used at all."""
        path = "passage__contribution__may"
        return self.filter(
            in_use("passage__contribution__"),
            **{f"{path}_{Use.QUOTE.value}": True, f"{path}_{Use.STATISTICS.value}": True},
        )


class ReleasedQuote(models.Model):
    """A reviewed passage shown as evidence in a release; it goes when its passage goes."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="quotes")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="released_quotes")
    theme = models.CharField(max_length=64)
    valence = models.CharField(max_length=16)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    voice = models.CharField(max_length=16, choices=Voice.choices, help_text="Whose experience it is.")
    crime_type = models.CharField(max_length=200, blank=True, help_text="Empty unless the release says how many.")

    objects = ReleasedQuoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "passage", "theme"], name="one_quote_per_theme"),
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="quote_span_has_words"),
        ]

    def __str__(self) -> str:
        return f"Quote on {self.theme}"

    @property
    def words(self) -> str:
        """The reviewed words."""
        return self.passage.text[self.start : self.end]


class RequestState(models.TextChoices):
    """How far a request for a release has come."""

    WAITING = "waiting", "Waiting for the worker"
    DONE = "done", "Released"
    REFUSED = "refused", "Refused"


class ReleaseRequest(models.Model):
    """A publisher's request for a new release; the worker counts and freezes."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="release_requests")
    title = models.CharField(max_length=200)
    quarters = models.JSONField(default=list)
    breakdown = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="release_requests")
    asked_on = models.DateField()
    state = models.CharField(max_length=16, choices=RequestState.choices, default=RequestState.WAITING)
    why_refused = models.CharField(max_length=300, blank=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="requests")

    class Meta:
        ordering = ["-asked_on", "title"]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_state_display()})"
