"""Surveys as editors write them, their translations and checks, and versions as they were published."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from feedback.models import Consultation
from surveys.blocks import QuestionsBlock, QuestionsField
from surveys.frozen import NeverUpdated
from surveys.outline import outline
from surveys.publishing import FrozenOnPublish


class Survey(
    FrozenOnPublish,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    models.Model,
):
    """A survey as editors build it. Respondents only ever meet a frozen `SurveyVersion`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="surveys")
    title = models.CharField(max_length=200)
    code = models.SlugField(
        max_length=12, unique=True, help_text="A few letters and digits that say nothing about the topic."
    )
    questions = QuestionsField(QuestionsBlock(), blank=True)
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="content_type",
        object_id_field="object_id",
        related_query_name="survey",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="survey",
        for_concrete_model=False,
    )

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:  # noqa: ARG002
        """The questions as one list, for reading through; the journey itself asks them one by one."""
        return "surveys/desk/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:  # noqa: ARG002
        """What the survey asks as it is being written."""
        return {"survey": self, "outline": outline(self.definition())}


class SurveyVersionQuerySet(models.QuerySet["SurveyVersion"]):
    """The questions other modules ask of published versions."""

    def live(self, code: str, *, on: date | None = None) -> "SurveyVersion | None":
        """The newest version of the survey with this code, if it may be answered on that day (today unless said).

        That is while the survey is published, its consultation is open and someone is named to read what is urgent.
        """
        day = on or timezone.localdate()
        return (
            self.filter(survey__code=code, survey__live=True, survey__consultation__duty_holder__isnull=False)
            .filter(survey__consultation__opens_on__lte=day, survey__consultation__closes_on__gte=day)
            .select_related("survey__consultation__organisation")
            .order_by("-number")
            .first()
        )


class SurveyVersion(models.Model):
    """A survey exactly as it was published: never changed, and every answer points at one."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    published_on = models.DateField()

    objects = SurveyVersionQuerySet.as_manager()

    class Meta:
        ordering = ["survey", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_version_per_number"),
            NeverUpdated(name="survey_version_never_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.survey.title}, version {self.number}"


class SurveyTranslation(models.Model):
    """A survey's texts in another language, as staff write them; publishing freezes the ones that are offered."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    texts = models.JSONField(default=dict, blank=True, help_text="Text by key; surveys.texts says which keys.")
    is_offered = models.BooleanField(default=False, help_text="Offered to respondents from the next publication on.")

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["survey", "language"], name="one_translation_per_language")]

    def __str__(self) -> str:
        return f"{self.survey} in {self.language}"


class LanguageCheckQuerySet(models.QuerySet["LanguageCheck"]):
    """The questions other modules ask of checks."""

    def cover(self, language: str, sha256: str, survey: Survey | None = None) -> bool:
        """Whether somebody has checked exactly this text: a survey's, or the fixed words if no survey is named."""
        return self.filter(language=language, sha256=sha256, survey=survey).exists()


class LanguageCheck(models.Model):
    """That a named person found one text in one language right, on a day. Another text needs another check."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    language = models.CharField(max_length=12)
    survey = models.ForeignKey(
        Survey,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="language_checks",
        help_text="Whose text it is; empty for the fixed words of every page.",
    )
    sha256 = models.CharField(max_length=64)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField()

    objects = LanguageCheckQuerySet.as_manager()

    class Meta:
        ordering = ["language", "-checked_on"]

    def __str__(self) -> str:
        return f"{self.language}, checked on {self.checked_on}"
