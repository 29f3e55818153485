"""Every address of the site, by who uses it. `HEARD_PART` says which of them this process answers."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.admin.views.account import LogoutView

from config import views
from config.environment import Part
from config.signposts import signposts
from pages.views import kept
from surveys.journey.views import leave

Addresses = list[URLPattern | URLResolver]

# Wagtail's own ways in know no second factor: whoever comes there is led to ours.
sign_in_here = RedirectView.as_view(pattern_name="account_login")

# For a monitor; every process that serves anybody answers it.
EVERYWHERE: Addresses = [path("alive", views.alive, name="alive")]
STAFF: Addresses = [
    path("metrics", views.metrics, name="metrics"),
    path("staff/health/", views.health, name="health"),
    path("admin/login/", sign_in_here),
    # Wagtail's own drops the session's cookie even where it refuses the method.
    path("admin/logout/", require_POST(LogoutView.as_view())),
    path("admin/", include(admin_urls)),
    path("staff/", include("accounts.entry_urls")),
    path("staff/", include("accounts.urls")),
    path("reports/", include("analysis.report.urls")),
]
PUBLIC: Addresses = [
    path("_util/login/", sign_in_here),
    path("form/", include("surveys.journey.urls")),
    path("kept/", kept, name="kept"),
    path("leave", leave, name="leave"),
    path("", include(wagtail_urls)),
]


def answered_by(part: Part) -> Addresses:
    """What this part answers. Staff's pages link to public ones, so there the public addresses are signposts."""
    answered: dict[Part, Addresses] = {
        Part.PUBLIC: [*EVERYWHERE, *PUBLIC],
        Part.STAFF: [*EVERYWHERE, *STAFF, *signposts(PUBLIC)],
        Part.WORKER: [],
    }
    return answered.get(part, [*EVERYWHERE, *STAFF, *PUBLIC])


urlpatterns = answered_by(settings.HEARD_PART)
