"""Wagtail's choosers without their inline scripts: what they would start is said in data attributes.

`site/static/config/widgets.js` starts them; see docs/decisions/nothing-inline.md.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser


def render_without_script(
    self: BaseChooser,
    name: str,
    value: object,
    attrs: dict[str, Any] | None = None,
    renderer: object = None,  # noqa: ARG001 - the signature of a widget
) -> SafeString:
    """A chooser as Wagtail draws it, and what starts it as data.

    Raises:
        TypeError: if `attrs` has no "id", as in Wagtail: the script finds the chooser by it.
    """
    if not attrs or "id" not in attrs:
        raise TypeError("A chooser cannot be rendered without an 'id' attribute.")
    chosen = self.get_value_data(value)
    return format_html(
        '{}<span hidden data-starts="{}" data-for="{}" data-options="{}"></span>',
        self.render_html(name, chosen, attrs),
        self.js_constructor,
        attrs["id"],
        json.dumps(self.get_js_init_options(attrs["id"], name, chosen)),
    )


def take_out_scripts() -> None:
    """Let every chooser of Wagtail's render so."""
    BaseChooser.render = render_without_script
