"""Who asks, what is asked and why, and where help is: data with dates, because offices and services change."""

import uuid

from django.conf import settings
from django.db import models


class Organisation(models.Model):
    """An office that asks; its name and hours are data, never code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    contact = models.TextField(help_text="Postal address and telephone number, as printed on every page.")
    reading_hours = models.CharField(
        max_length=200, help_text='When someone reads what comes in, such as "Monday to Friday, 9am to 5pm".'
    )
    complaints_url = models.URLField(blank=True)
    staff_support = models.TextField(
        blank=True, help_text="Who the people that read contributions can talk to. Shown beside every text they open."
    )
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Consultation(models.Model):
    """One occasion of asking: surveys, roundtables and pages all point at it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="consultations")
    title = models.CharField(max_length=200)
    purpose = models.TextField(help_text="Why you are asking, in two or three plain sentences.")
    use_of_answers = models.TextField(help_text="What will happen with what people say, and by when.")
    opens_on = models.DateField()
    closes_on = models.DateField()
    duty_holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        help_text="The named person who reads urgent contributions. No survey goes live without one.",
    )
    is_victim_facing = models.BooleanField(
        default=True, help_text="Turns on quiet titles, the exit button and the care around questions."
    )

    class Meta:
        ordering = ["-opens_on", "title"]
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_on__gte=models.F("opens_on")), name="closes_after_opening")
        ]

    def __str__(self) -> str:
        return self.title


class SupportService(models.Model):
    """A place that helps, with the date somebody last checked that it does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    who_for = models.CharField(max_length=300)
    phone = models.CharField(max_length=40, blank=True)
    url = models.URLField(blank=True)
    hours = models.CharField(max_length=200, blank=True)
    crime_types = models.JSONField(default=list, blank=True, help_text="Slugs; empty means every crime type.")
    areas = models.JSONField(default=list, blank=True, help_text="Slugs; empty means everywhere.")
    is_emergency = models.BooleanField(default=False)
    is_accepting = models.BooleanField(default=True, verbose_name="taking new people")
    source = models.CharField(max_length=200, help_text="Where the details were checked.")
    verified_on = models.DateField()
    review_by = models.DateField()
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
