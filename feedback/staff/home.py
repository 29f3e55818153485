"""What a reader sees first in the admin: the next thing to do, never how much there is of it."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.admin.ui.components import Component

from accounts.models import User
from accounts.roles import Capability, may
from feedback.models import Contribution, SealedText
from feedback.staff.describing import age_in_words


class Waiting(Component):
    """The oldest that waits for this person, in each of their roles."""

    name = "feedback-waiting"
    template_name = "feedback/staff/home.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The age of the oldest unopened marked contribution and of the oldest undecided text, where they may act."""
        user: User | AnonymousUser = parent_context["request"].user
        context: dict[str, Any] = {
            "may_safeguard": may(user, Capability.SAFEGUARD),
            "may_review": may(user, Capability.REVIEW),
        }
        if context["may_safeguard"]:
            context["unopened"] = oldest(Contribution.objects.urgent_unopened(), "received_on")
        if context["may_review"]:
            context["undecided"] = oldest(SealedText.objects.awaiting_review(), "contribution__received_on")
        return context


def oldest(rows: Any, received_on: str) -> str:
    """How long the oldest of them has waited, or "" where there is none."""
    day = rows.order_by(received_on).values_list(received_on, flat=True).first()
    return age_in_words(day).lower() if day else ""
