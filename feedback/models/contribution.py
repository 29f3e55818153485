"""One person's (or group's) contribution: what it is and may be used for, never what it says."""

import uuid
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from feedback.models.consultation import Consultation, still_used


class Channel(models.TextChoices):
    """How the words reached us."""

    ONLINE = "online", "Online"
    PAPER = "paper", "Paper"
    PHONE = "phone", "Phone"
    IN_PERSON = "in-person", "In person"
    IMPORT = "import", "Imported file"


class Voice(models.TextChoices):
    """Whose experience it is; the three are counted apart and never added."""

    FIRST_HAND = "first-hand", "First-hand"
    PROXY = "proxy", "Told for someone else"
    GROUP = "group", "A group"


class Use(models.TextChoices):
    """What a contributor can agree to; no tick is no."""

    STATISTICS = "statistics", "Counting themes"
    PARAPHRASE = "paraphrase", "Describing in our own words"
    QUOTE = "quote", "Quoting without a name"
    FUTURE = "future", "Using in later consultations"


# The uses that words are read for. `FUTURE` only says for how long the others hold, so alone it opens nothing.
READING = (Use.STATISTICS, Use.PARAPHRASE, Use.QUOTE)


def in_use(path: str = "") -> models.Q:
    """Contributions that may be used today: before their consultation's last day, or kept for later work."""
    is_kept = models.Q(**{f"{path}may_{Use.FUTURE.value}": True})
    return models.Q(**{f"{path}removed_on__isnull": True}) & (is_kept | still_used(f"{path}consultation__"))


class Urgency(models.IntegerChoices):
    """How soon a person must look, as triage judged it before sealing."""

    NONE = 0, "None seen"
    SOON = 1, "Read soon"
    NOW = 2, "Read now"


class Batch(models.Model):
    """One imported file, so that it can be undone as a whole."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, help_text="Of the file, to refuse the same one twice.")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    imported_on = models.DateField(auto_now_add=True)

    def __str__(self) -> str:
        return self.label


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """The questions other modules ask of contributions."""

    def agreed_to(self, use: Use) -> "ContributionQuerySet":
        """Those whose contributor agreed to this use, as long as it may be used for anything."""
        return self.filter(in_use(), **{f"may_{use.value}": True})

    def to_remove(self, *, on: date | None = None) -> "ContributionQuerySet":
        """Those that may not be used any more on that day; whoever may be in danger is looked after first."""
        waiting = self.model.objects.awaiting_safeguarding().order_by().values("pk")
        return self.past_use(on=on).exclude(pk__in=waiting)

    def past_use(self, *, on: date | None = None) -> "ContributionQuerySet":
        """Those whose consultation's last day of use has passed on that day, not kept for later work, not removed."""
        return self.filter(removed_on__isnull=True, may_future=False).exclude(still_used("consultation__", on=on))

    def awaiting_safeguarding(self) -> "ContributionQuerySet":
        """Those triage marked and nobody has dealt with, most urgent and then oldest first, each with `was_opened`."""
        return (
            self.filter(urgency__gt=Urgency.NONE, safeguarding_actions__isnull=True)
            .annotate(was_opened=Exists(_safeguarding_openings()))
            .order_by("-urgency", "received_on", "pk")
        )

    def urgent_unopened(self) -> "ContributionQuerySet":
        """Those awaiting safeguarding that no safeguarding lead has even opened."""
        return self.awaiting_safeguarding().filter(~Exists(_safeguarding_openings()))


def _safeguarding_openings() -> models.QuerySet[Any]:
    # By name, because both models are defined in modules that import this one.
    texts = apps.get_model("feedback", "SealedText").objects.filter(contribution=OuterRef(OuterRef("pk")))
    openings = apps.get_model("feedback", "Opening").objects.filter(purpose="safeguarding")
    return openings.filter(sealed_text_id__in=texts.values("pk"))


class Contribution(models.Model):
    """What one contributor sent in one go. No address, no device, no time finer than a day."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="contributions")
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, null=True, blank=True, related_name="contributions")
    channel = models.CharField(max_length=16, choices=Channel.choices)
    voice = models.CharField(max_length=16, choices=Voice.choices)
    people = models.PositiveSmallIntegerField(default=1, help_text="How many people's experience it tells.")
    language = models.CharField(max_length=12, default="en", help_text="BCP 47 tag of the language it was written in.")
    received_on = models.DateField()
    with_help = models.BooleanField(default=False, help_text="Somebody helped the person to answer.")
    outreach = models.CharField(max_length=20, blank=True, help_text="Which kind of link was followed, if any.")
    may_statistics = models.BooleanField(default=False)
    may_paraphrase = models.BooleanField(default=False)
    may_quote = models.BooleanField(default=False)
    may_future = models.BooleanField(default=False)
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, default=Urgency.NONE)
    flags = models.JSONField(default=list, blank=True, help_text="Names of triage flags, never words.")
    removed_on = models.DateField(
        null=True, blank=True, help_text="The day its words and answers were removed, after the last day of use."
    )

    objects = ContributionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["consultation", "received_on"]),
            models.Index(fields=["-urgency", "received_on"]),
        ]

    def __str__(self) -> str:
        return f"Contribution {self.id}"

    @property
    def uses(self) -> frozenset[Use]:
        """What the contributor agreed to."""
        return frozenset(use for use in Use if getattr(self, f"may_{use.value}"))

    @property
    def may_be_read(self) -> bool:
        """Whether any use is left for which words are read."""
        return self.is_in_use and not self.uses.isdisjoint(READING)

    @property
    def is_in_use(self) -> bool:
        """Whether it may be used for anything today: before the last day of use, or kept for later work."""
        return self.removed_on is None and (self.may_future or not self.consultation.is_past_use)
