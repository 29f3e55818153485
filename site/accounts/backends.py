"""Who may sign in at all: active staff, and demonstration people only where a demonstration runs."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser

from accounts.models import User


class StaffBackend(ModelBackend):
    """Django's own check of name and password, closed to demonstration people on a real installation.

    The check also runs on every request of a session that is already open.
    """

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        """Whether this person may sign in or stay signed in here."""
        if isinstance(user, User) and user.is_demo and not settings.HEARD_DEMO:
            return False
        return super().user_can_authenticate(user)
