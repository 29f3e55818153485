"""Puts the warning before a session ends, and the way to one's own second factors, into the Wagtail admin."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_js")  # type: ignore[untyped-decorator]
def time_left_script() -> SafeString:
    """The script that says when the session will end."""
    return format_html(
        '<script src="{}" defer data-ask="{}" data-stay="{}"></script>',
        static("accounts/time-left.js"),
        reverse("accounts:time-left"),
        reverse("accounts:stay"),
    )


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def time_left_style() -> SafeString:
    """How its warning looks."""
    return format_html('<link rel="stylesheet" href="{}">', static("accounts/ending.css"))
