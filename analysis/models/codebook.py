"""Codebooks as staff wrote them: published versions, which never change, and the one draft of the next."""

import uuid

from django.conf import settings
from django.db import models

from surveys.frozen import NeverUpdated


class CodebookVersion(models.Model):
    """A published codebook. Before the first one, the codebook shipped with the project is in use."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    version = models.CharField(max_length=16, help_text="As readers meet it, such as 1.1.")
    documents = models.TextField(help_text="The whole codebook as JSON text, in the order it was written.")
    sha256 = models.CharField(max_length=64, unique=True)
    note = models.TextField(help_text="What changed and why, in plain sentences.")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="codebooks")
    published_on = models.DateField()

    class Meta:
        ordering = ["-number"]
        constraints = [NeverUpdated(name="codebook_version_never_updated")]

    def __str__(self) -> str:
        return f"Codebook {self.version}"


class CodebookDraft(models.Model):
    """The next version while it is being written; there is at most one, and everybody who may edit works on it."""

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    only = models.BooleanField(default=True, unique=True, editable=False, help_text="Keeps a second draft out.")
    documents = models.TextField(help_text="As in a version.")
    step = models.PositiveIntegerField(default=0, help_text="Counts changes; a form from an earlier step is refused.")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="at_most_one_codebook_draft")]

    def __str__(self) -> str:
        return "Draft of the next codebook"
