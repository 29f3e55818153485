"""Every address of the site, by who uses it."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls

from pages.views import kept
from surveys.journey.views import leave

urlpatterns = [
    path("admin/", include(admin_urls)),
    path("staff/", include("accounts.urls")),
    path("reports/", include("analysis.report.urls")),
    path("form/", include("surveys.journey.urls")),
    path("kept/", kept, name="kept"),
    path("leave", leave, name="leave"),
    path("", include(wagtail_urls)),
]
