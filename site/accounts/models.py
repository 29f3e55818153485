"""Staff accounts and the roles granted to them."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """What a person does here; `accounts.roles` says what each may do."""

    EDITOR = "editor", "Editor"
    MODERATOR = "moderator", "Moderator"
    SAFEGUARDING_LEAD = "safeguarding-lead", "Safeguarding lead"
    ANALYST = "analyst", "Analyst"
    PUBLISHER = "publisher", "Publisher"
    COMMISSION_MEMBER = "commission-member", "Victims Commission member"
    BOARD_MEMBER = "board-member", "Board member"
    ADMINISTRATOR = "administrator", "Administrator"


class User(AbstractUser):
    """A member of staff or of the Victims Commission; respondents never have an account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    is_demo = models.BooleanField(
        default=False, editable=False, help_text="Made by the demonstration; cannot sign in to a real installation."
    )


class Grant(models.Model):
    """One role held by one person, and who gave it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=32, choices=Role.choices)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    granted_on = models.DateField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="one_grant_per_role")]

    def __str__(self) -> str:
        return f"{self.user.get_username()}: {self.get_role_display()}"
