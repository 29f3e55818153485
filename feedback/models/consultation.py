"""Who asks, what is asked and why, and where help is: data with dates, because offices and services change."""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

# Whoever has begun by the last day has the whole of the next one: 24 hours, told in days because no time is kept.
GOING_ON = timedelta(days=1)
# Long enough to report, to hear what agencies reply and to see what changed, where nobody has named a day.
USED_FOR = timedelta(days=365)


def still_used(path: str = "", *, on: date | None = None) -> models.Q:
    """Consultations whose last day of use has not passed on that day, today unless said; `path` leads to them."""
    day = on or timezone.localdate()
    return models.Q(**{f"{path}used_until__gte": day}) | models.Q(
        **{f"{path}used_until__isnull": True, f"{path}closes_on__gte": day - USED_FOR}
    )


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """The questions other modules ask of offices."""

    def in_charge(self, *, on: date | None = None) -> "Organisation | None":
        """The office in charge on that day, today unless said."""
        day = on or timezone.localdate()
        return self.filter(from_date__lte=day).exclude(to_date__lt=day).order_by("-from_date").first()


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

    objects = OrganisationQuerySet.as_manager()

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
    used_until = models.DateField(
        null=True,
        blank=True,
        verbose_name="last day of use",
        help_text="The last day on which what people said is used. People are told this day. After it everything is "
        "deleted that its contributor did not keep for later work. Empty means a year after it closes.",
    )
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
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="closes_after_opening"
            ),
            # Whoever sends on the day after it closed is still heard.
            models.CheckConstraint(
                condition=models.Q(used_until__isnull=True) | models.Q(used_until__gt=models.F("closes_on")),
                name="used_after_closing",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day_to_send(self) -> date:
        """The last day on which somebody who has begun may go on and send; nobody begins after `closes_on`."""
        return self.closes_on + GOING_ON

    @property
    def last_day_of_use(self) -> date:
        """The last day on which what people said is used, unless they agreed to later work."""
        return self.used_until or self.closes_on + USED_FOR

    @property
    def is_past_use(self) -> bool:
        """Whether the last day of use lies before today."""
        return self.last_day_of_use < timezone.localdate()


class Removal(models.Model):
    """How much was removed on one day because a consultation's last day of use had passed: counts, nothing else."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="removals")
    removed_on = models.DateField()
    contributions = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=dict, help_text="How many rows of each table went with them.")

    class Meta:
        ordering = ["removed_on"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "removed_on"], name="one_removal_per_consultation_and_day")
        ]

    def __str__(self) -> str:
        return f"Removed on {self.removed_on}"


class SupportServiceQuerySet(models.QuerySet["SupportService"]):
    """The questions other modules ask of the directory."""

    def for_person(self, crime_type: str = "", area: str = "") -> list["SupportService"]:
        """Services that take new people and are for this crime type and area, those made for them first.

        An empty slug means that the person has not said. The emergency numbers are not among them: every page that
        shows this list says those first, in words of its own.
        """
        taking = self.filter(is_accepting=True, is_emergency=False)
        fitting = [service for service in taking if service.is_for(crime_type, area)]
        return sorted(fitting, key=lambda service: not service.is_made_for(crime_type, area))

    def for_children(self) -> list["SupportService"]:
        """Services for children and young people that take new people."""
        return list(self.filter(is_accepting=True, is_for_children=True))


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
    is_for_children = models.BooleanField(
        default=False, verbose_name="for children", help_text="Shown to people under 16 and whoever helps them."
    )
    is_accepting = models.BooleanField(default=True, verbose_name="taking new people")
    source = models.CharField(max_length=200, help_text="Where the details were checked.")
    verified_on = models.DateField()
    review_by = models.DateField()
    position = models.PositiveSmallIntegerField(default=100)

    objects = SupportServiceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_overdue(self) -> bool:
        """Whether the day by which somebody had to check it again has passed."""
        return self.review_by < timezone.localdate()

    def is_for(self, crime_type: str, area: str) -> bool:
        """Whether it is for people who name this crime type and area; an empty slug shuts nothing out."""
        return _takes(self.crime_types, crime_type) and _takes(self.areas, area)

    def is_made_for(self, crime_type: str, area: str) -> bool:
        """Whether it names the crime type or the area itself, rather than taking everybody."""
        return crime_type in self.crime_types or area in self.areas


def _takes(named: list[str], wanted: str) -> bool:
    return not wanted or not named or wanted in named
