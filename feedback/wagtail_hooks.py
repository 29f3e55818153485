"""Puts the reading screens and the directory into the Wagtail admin. Sealed models are never snippets."""

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from accounts.roles import Capability
from feedback.staff import review, safeguarding
from feedback.staff.access import RoleMenuItem
from feedback.staff.directory import DirectoryGroup

register_snippet(DirectoryGroup)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def reading_addresses() -> list[URLPattern]:
    """The review queue and the safeguarding list, each with its items."""
    item, marked = "review/<uuid:pk>/", "safeguarding/<uuid:pk>/"
    opened = f"{marked}open/<uuid:text_pk>/"
    return [
        path("review/", review.ReviewQueue.as_view(), name="feedback_review"),
        path("review/results/", review.ReviewQueue.as_view(results_only=True), name="feedback_review_results"),
        path("review/break/", review.Break.as_view(), name="feedback_break"),
        path(item, review.ReviewItem.as_view(), name="feedback_review_item"),
        path(f"{item}open/", review.OpenItem.as_view(), name="feedback_review_open"),
        path(f"{item}decide/", review.DecideItem.as_view(), name="feedback_review_decide"),
        path("safeguarding/", safeguarding.SafeguardingList.as_view(), name="feedback_safeguarding"),
        path(marked, safeguarding.SafeguardingItem.as_view(), name="feedback_safeguarding_item"),
        path(opened, safeguarding.OpenText.as_view(), name="feedback_safeguarding_open"),
        path(f"{marked}record/", safeguarding.RecordOutcome.as_view(), name="feedback_safeguarding_record"),
    ]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def safeguarding_menu_item() -> MenuItem:
    """The safeguarding list, above everything else for those who hold the role."""
    where = reverse("feedback_safeguarding")
    return RoleMenuItem("Safeguarding", where, capability=Capability.SAFEGUARD, icon_name="warning", order=20)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def review_menu_item() -> MenuItem:
    """The review queue."""
    return RoleMenuItem(
        "Review", reverse("feedback_review"), capability=Capability.REVIEW, icon_name="glasses", order=30
    )
