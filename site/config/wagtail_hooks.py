"""Puts into the Wagtail admin what lets it live under a policy without inline scripts."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_js")  # type: ignore[untyped-decorator]
def widgets_script() -> SafeString:
    """The script that starts date pickers, choosers and panels."""
    return format_html('<script src="{}" defer></script>', static("config/widgets.js"))
