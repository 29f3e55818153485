"""Wagtail's widgets say in data what they would start by an inline script."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.admin.forms.workflows import get_workflow_edit_handler
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminPageChooser, AdminTimeInput, BaseChooser
from wagtail.documents.views.chooser import BaseAdminDocumentChooser
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import Workflow
from wagtail.snippets.widgets import AdminSnippetChooser

from tests.accounts.factories import UserFactory


def said(html: str) -> dict[str, str]:
    """The data attributes of the mark in this HTML."""
    (mark,) = re.findall(r"<span hidden ([^>]*)></span>", html)
    return {name: unescape(value) for name, value in re.findall(r'data-([a-z]+)="([^"]*)"', mark)}


@pytest.mark.parametrize(
    ("widget", "starts"),
    [
        (AdminDateInput(), "initDateChooser"),
        (AdminTimeInput(), "initTimeChooser"),
        (AdminDateTimeInput(), "initDateTimeChooser"),
    ],
)
def test_a_picker_has_no_script_and_keeps_its_options(widget, starts):
    html = widget.render("day", None, {"id": "id_day"})
    assert "<script" not in html
    mark = said(html)
    assert (mark["starts"], mark["for"]) == (starts, "id_day")
    assert json.loads(mark["options"]) == widget.get_config()


@pytest.mark.django_db
def test_a_chooser_has_no_script_and_keeps_its_options():
    widget = AdminPageChooser()
    html = widget.render("page", None, {"id": "id_page"})
    assert "<script" not in html
    mark = said(html)
    assert (mark["starts"], mark["for"]) == ("PageChooser", "id_page")
    assert json.loads(mark["options"]) == widget.get_js_init_options("id_page", "page", None)


def test_a_chooser_without_an_id_is_refused():
    with pytest.raises(TypeError, match="without an 'id'"):
        AdminPageChooser().render("page", None)


@pytest.mark.django_db
def test_a_panel_of_rows_has_no_script_and_keeps_its_options(rf):
    panel, workflow = get_workflow_edit_handler(), Workflow()
    request = rf.get("/")
    request.user = UserFactory()
    form = panel.get_form_class()(instance=workflow, for_user=request.user)
    html = panel.get_bound_panel(instance=workflow, request=request, form=form).render_html()
    scripts = re.findall("<script[^>]*>", str(html))
    assert [script for script in scripts if "json" not in script] == []
    (mark,) = re.findall(r'data-starts="InlinePanel" data-options="([^"]*)"', html)
    assert json.loads(unescape(mark))["formsetPrefix"] == "id_workflow_tasks"


def test_the_script_starts_every_chooser_that_the_site_has():
    script = (Path(settings.ROOT) / "site/static/config/widgets.js").read_text(encoding="utf-8")
    kinds = {BaseChooser, AdminPageChooser, AdminImageChooser, AdminSnippetChooser, BaseAdminDocumentChooser}
    assert [kind.js_constructor for kind in kinds if f'"{kind.js_constructor}"' not in script] == []
