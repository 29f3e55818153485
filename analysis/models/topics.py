"""Topics that reviewed statements have in common and the codebook does not know, and what people decided about them.

What a topic is made of hangs on the passages: a withdrawal takes the statements, and with them what its words rest on.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q

from feedback.models import Passage

# A word said in fewer contributions is not kept; one said in fewer than the second number is for analysts only.
FEWEST_FOR_ANALYSTS = 3
FEWEST_FOR_OTHERS = 10


class TopicRun(models.Model):
    """One look for topics: how it was done, and how much it rests on. Only the newest is kept, and what was decided."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    ran_on = models.DateField()
    mode = models.CharField(max_length=16, help_text="How topics were looked for, as analysis.topics.Mode has it.")
    is_tentative = models.BooleanField(default=False)
    encoder = models.CharField(max_length=64, help_text="What made vectors of the statements.")
    seed = models.PositiveIntegerField()
    statements = models.PositiveIntegerField(help_text="Different statements that the codebook does not cover.")
    agreement = models.FloatField(null=True, help_text="Mean adjusted Rand index between the runs.")
    outside = models.FloatField(null=True, help_text="Share of statements in no topic.")
    dropped = models.PositiveIntegerField(default=0, help_text="Topics that were not found again.")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Topics of {self.ran_on}"


class TopicStatus(models.TextChoices):
    """What people decided about a topic."""

    NEW = "new", "Not decided"
    PROMOTED = "promoted", "Made a theme"
    MERGED = "merged", "Merged into another topic"
    DISMISSED = "dismissed", "Dismissed"


class Topic(models.Model):
    """What some statements have in common."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(TopicRun, on_delete=models.CASCADE, related_name="topics")
    number = models.PositiveIntegerField(help_text="Within its run, the largest first.")
    stability = models.FloatField(help_text="How much of it every run found again, 0-1.")
    x = models.FloatField(help_text="Place on the map, 0-1.")
    y = models.FloatField(help_text="Place on the map, 0-1.")
    status = models.CharField(max_length=16, choices=TopicStatus.choices, default=TopicStatus.NEW)
    theme = models.CharField(max_length=64, blank=True, help_text="The theme of the codebook it became.")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="merged")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="topics_decided"
    )
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="one_topic_per_number"),
            models.CheckConstraint(
                condition=Q(status=TopicStatus.NEW) ^ Q(decided_on__isnull=False),
                name="a_topic_decided_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status=TopicStatus.MERGED) ^ Q(merged_into__isnull=True),
                name="a_merged_topic_says_where",
            ),
            models.CheckConstraint(
                condition=Q(status=TopicStatus.PROMOTED) ^ Q(theme=""), name="a_promoted_topic_names_its_theme"
            ),
        ]

    def __str__(self) -> str:
        return f"Topic {self.number}"


class TopicStatement(models.Model):
    """That a statement of a reviewed passage is in a topic; it goes when the passage goes."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="statements")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="topic_statements")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    nearness = models.PositiveIntegerField(help_text="1 for the statement nearest the middle of the topic, and so on.")

    class Meta:
        ordering = ["nearness"]
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="topic_statement_span_inside"),
            models.UniqueConstraint(fields=["topic", "passage", "start"], name="a_statement_once_in_a_topic"),
        ]

    def __str__(self) -> str:
        return f"Statement {self.id}"


class TopicWordQuerySet(models.QuerySet["TopicWord"]):
    """The questions screens ask of words."""

    def said_by(self, fewest: int) -> "TopicWordQuerySet":
        """Those that at least so many contributions still say, in their order."""
        speakers = Count("sayings__statement__passage__contribution", distinct=True)
        return self.annotate(speakers=speakers).filter(speakers__gte=fewest).order_by("topic", "place")


class TopicWord(models.Model):
    """A word that several contributions say in a topic, more than elsewhere."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=64)
    place = models.PositiveIntegerField(help_text="1 for the most distinctive.")

    objects = TopicWordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "word"], name="a_word_once_in_a_topic")]

    def __str__(self) -> str:
        return f"Word {self.place}"


class TopicSaying(models.Model):
    """That a statement says a word: what the word rests on."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    word = models.ForeignKey(TopicWord, on_delete=models.CASCADE, related_name="sayings")
    statement = models.ForeignKey(TopicStatement, on_delete=models.CASCADE, related_name="sayings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "statement"], name="a_saying_once")]

    def __str__(self) -> str:
        return f"Saying {self.id}"


class WatchOutcome(models.TextChoices):
    """What the watch saw in a week."""

    TOO_FEW = "too-few", "Too few statements to tell"
    NOTHING = "nothing", "Nothing new"
    KNOWN = "known", "What an earlier alert was about"
    ALERT = "alert", "Something new"


class TopicWatch(models.Model):
    """One weekly look at whether recent statements lie closer together than chance has it: no words."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    week = models.DateField(unique=True, help_text="The Monday after the weeks that were looked at.")
    encoder = models.CharField(max_length=64, blank=True, help_text="What made vectors of the statements.")
    outcome = models.CharField(max_length=16, choices=WatchOutcome.choices)
    chance = models.FloatField(null=True, help_text="How often chance does as much, 0-1, where there is an alert.")

    class Meta:
        ordering = ["-week"]

    def __str__(self) -> str:
        return f"Watch of {self.week}"


class WatchStatement(models.Model):
    """That an alert is about a statement of a reviewed passage; it goes when the passage goes."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    watch = models.ForeignKey(TopicWatch, on_delete=models.CASCADE, related_name="statements")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="watch_statements")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="watch_statement_span_inside"),
            models.UniqueConstraint(fields=["watch", "passage", "start"], name="a_statement_once_in_an_alert"),
        ]

    def __str__(self) -> str:
        return f"Statement {self.id}"
