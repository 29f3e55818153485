"""Puts the evidence, coding, codebook and search screens into the Wagtail admin and its menu."""

from functools import partial

from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.roles import Capability
from analysis.staff.urls import urlpatterns
from feedback.staff.access import RoleMenuItem

# Label, name of the address, icon, what lets a person see it, and what else does.
MENU: tuple[tuple[str, str, str, Capability, Capability | None], ...] = (
    ("Evidence", "analysis_evidence", "openquote", Capability.READ_EVIDENCE, None),
    ("Search passages", "analysis_search", "search", Capability.SEARCH, None),
    ("Coding", "analysis_coding", "tag", Capability.CODE, None),
    ("Topics", "analysis_topics", "glasses", Capability.READ_EVIDENCE, None),
    ("Learning", "analysis_learning", "history", Capability.TEACH, None),
    ("Codebook", "analysis_codebook", "list-ul", Capability.EDIT_CODEBOOK, Capability.PUBLISH_CODEBOOK),
    ("Runs", "analysis_runs", "cogs", Capability.READ_EVIDENCE, None),
)
FIRST = 40


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def addresses() -> list[URLPattern]:
    """Every screen of analysis's own."""
    return urlpatterns


def menu_item(order: int, label: str, name: str, icon: str, needs: Capability, or_else: Capability | None) -> MenuItem:
    """One line of the menu, for those who may."""
    return RoleMenuItem(label, reverse(name), capability=needs, or_else=or_else, icon_name=icon, order=order)


for place, entry in enumerate(MENU, FIRST):
    hooks.register("register_admin_menu_item", partial(menu_item, place, *entry))
