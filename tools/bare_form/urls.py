"""Heard's own addresses and the bare form's, which the guards let pass as they do the journey's."""

from django.urls import include, path

from config.access import Level, Row, Table
from config.addresses import TABLE
from tools.bare_form.views import bare

ADDRESSES = Table({**TABLE.sections, "Measured beside ours": (Row("bare/", Level.PUBLIC),)})
urlpatterns = [path("bare/", bare, name="bare"), path("", include("config.urls"))]
