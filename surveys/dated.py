"""What changes with the years: the lists that questions start from, and questions about people with their counts."""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from feedback.models import Organisation
from surveys.blocks import OptionsBlock, QuestionsField
from surveys.definition import Kind


class ListedOptionQuerySet(models.QuerySet["ListedOption"]):
    """The question other modules ask of the lists."""

    def in_force(self, kind: Kind, *, on: date | None = None) -> "ListedOptionQuerySet":
        """What the list of this kind offers on that day, today unless said, in order."""
        return _in_force(self.filter(kind=kind), on)


class ListedOption(models.Model):
    """One entry of a list that questions start from: a kind of crime, or an area. A published version keeps its own."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(
        "list", max_length=16, choices=[(Kind.CRIME_TYPE.value, "Crime types"), (Kind.AREA.value, "Areas")]
    )
    value = models.SlugField(
        max_length=40, help_text="The permanent name. Answers and support services are kept under it."
    )
    label = models.CharField("words", max_length=200)
    hint = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=100)
    from_date = models.DateField("from", default=timezone.localdate)
    to_date = models.DateField("until", null=True, blank=True)

    objects = ListedOptionQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "label"]
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="one_listed_option_per_value")]

    def __str__(self) -> str:
        return self.label


class EqualityQuestionQuerySet(models.QuerySet["EqualityQuestion"]):
    """The question other modules ask of the bank."""

    def in_force(self, organisation: Organisation, *, on: date | None = None) -> "EqualityQuestionQuerySet":
        """What this office asks about people on that day, today unless said, in order."""
        return _in_force(self.filter(organisation=organisation), on)


class EqualityQuestion(models.Model):
    """A question about the people who answer; asked after sending, counted apart."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="equality_questions", verbose_name="office"
    )
    key = models.SlugField(max_length=40, help_text="The permanent name. Counts are kept under it for good.")
    label = models.CharField("question", max_length=300)
    hint = models.CharField(max_length=300, blank=True)
    options = QuestionsField(OptionsBlock())
    position = models.PositiveSmallIntegerField(default=100)
    from_date = models.DateField("from", default=timezone.localdate)
    to_date = models.DateField("until", null=True, blank=True)

    objects = EqualityQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "position", "label"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_equality_question_per_key"),
        ]

    def __str__(self) -> str:
        return self.label


class EqualityCount(models.Model):
    """How often a value was chosen in a half-year. There is no row for a person, so no two answers can be joined."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="equality_counts")
    half = models.CharField(max_length=7, help_text="The half-year, such as 2026-H2.")
    question = models.SlugField(max_length=40)
    value = models.SlugField(max_length=40)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "half", "question", "value"], name="one_count_per_value")
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.value}, {self.half}"


class UsedSlip(models.Model):
    """The mark of a form that was counted, so that it is not counted twice; deleted after two days."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, editable=False)
    used_on = models.DateField()

    def __str__(self) -> str:
        return f"Used slip {self.id}"


def _in_force(rows: Any, on: date | None) -> Any:
    day = on or timezone.localdate()
    return rows.filter(from_date__lte=day).exclude(to_date__lt=day)
