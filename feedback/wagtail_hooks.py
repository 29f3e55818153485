"""Puts the reading screens and the directory into the Wagtail admin. Sealed models are never snippets."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from accounts.roles import Capability
from feedback.staff import review, safeguarding
from feedback.staff.access import RoleMenuItem
from feedback.staff.directory import DirectoryGroup
from feedback.staff.home import Waiting

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


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def show_what_waits(_request: HttpRequest, panels: list[Any]) -> None:
    """The next thing to do, first on the admin's front page."""
    panels.append(Waiting())


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def reading_styles() -> SafeString:
    """The few styles of our own, on every admin page, because the front page and the directory use them too."""
    return format_html('<link rel="stylesheet" href="{}">', static("feedback/reading.css"))
