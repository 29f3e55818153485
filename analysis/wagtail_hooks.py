"""Puts the evidence screen into the Wagtail admin."""

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.roles import Capability
from analysis.staff.evidence import Evidence
from feedback.staff.access import RoleMenuItem


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def evidence_address() -> list[URLPattern]:
    """Published and reviewed evidence by theme."""
    return [path("evidence/", Evidence.as_view(), name="analysis_evidence")]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def evidence_menu_item() -> MenuItem:
    """The evidence screen, for those who may read reviewed words."""
    where = reverse("analysis_evidence")
    return RoleMenuItem("Evidence", where, capability=Capability.READ_EVIDENCE, icon_name="openquote", order=40)
