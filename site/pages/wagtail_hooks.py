"""Puts links and posters into the Wagtail admin."""

from django.urls import URLPattern, path, re_path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.roles import Capability
from feedback.staff.access import RoleMenuItem
from pages import outreach


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def outreach_addresses() -> list[URLPattern]:
    """The links of each consultation page, their codes and the sheets to print."""
    one = r"^outreach/(?P<pk>[0-9]{1,9})/(?P<code>[a-z])"
    return [
        path("outreach/", outreach.ChoosePage.as_view(), name="pages_outreach"),
        path("outreach/<int:pk>/", outreach.Links.as_view(), name="pages_outreach_links"),
        re_path(rf"{one}\.(?P<kind>svg|png)$", outreach.Code.as_view(), name="pages_outreach_code"),
        re_path(rf"{one}/(?P<size>a4|a6)/$", outreach.Card.as_view(), name="pages_outreach_card"),
    ]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def outreach_menu_item() -> MenuItem:
    """Links and posters, for editors."""
    where = reverse("pages_outreach")
    return RoleMenuItem("Links and posters", where, capability=Capability.EDIT_CONTENT, icon_name="link", order=210)
