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


class Link(models.Model):
    """A link that lets one person set a password once: somebody new, or somebody whose device is lost.

    Only a hash of it is kept. For a lost device one administrator asks and another confirms; till then `mark` is empty.
    """

    class Why(models.TextChoices):
        """What the link is for."""

        NEW = "new", "A new person"
        LOST = "lost", "A lost device"

    wagtail_reference_index_ignore = True
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links")
    why = models.CharField(max_length=8, choices=Why.choices)
    mark = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    last_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], name="one_link_per_person"),
            models.UniqueConstraint(fields=["mark"], condition=~models.Q(mark=""), name="one_link_per_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.get_why_display()}: {self.user.get_username()}"


class AccountEvent(models.Model):
    """Something that was done to somebody's account; written once, never changed."""

    class What(models.TextChoices):
        """What was done."""

        INVITED = "invited", "Invited"
        ACCEPTED = "accepted", "Set a password with a one-time link"
        GRANTED = "granted", "Given a role"
        WITHDRAWN = "withdrawn", "Role taken away"
        LOST_ASKED = "lost-asked", "Lost device reported"
        LOST_CONFIRMED = "lost-confirmed", "Lost device confirmed, second factors removed"
        LEFT = "left", "Left"

    wagtail_reference_index_ignore = True
    what = models.CharField(max_length=16, choices=What.choices)
    about = models.ForeignKey(User, on_delete=models.PROTECT, related_name="account_events")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    role = models.CharField(max_length=32, choices=Role.choices, blank=True)
    on = models.DateField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_what_display()} on {self.on}"
