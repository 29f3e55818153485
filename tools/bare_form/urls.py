"""Heard's own addresses and the bare form's."""

from django.urls import include, path

from tools.bare_form.views import bare

urlpatterns = [path("bare/", bare, name="bare"), path("", include("config.urls"))]
