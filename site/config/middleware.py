"""Headers every page carries, whoever reads it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

STAFF_PREFIXES = ("/admin/", "/staff/")
# Nothing inline and nothing from elsewhere. Wagtail's admin alone needs styles: see docs/decisions/
# nothing-inline.md.
PUBLIC_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STAFF_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)
# A page that an editor looks at before it is published, in a frame of the admin.
PREVIEW_POLICY = PUBLIC_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


def quiet_headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Keep pages out of caches, frames, search engines and other sites' referrers."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_staff_page = request.path.startswith(STAFF_PREFIXES)
        # Wagtail makes a preview by sending the public page's request through here, within the staff's own.
        if is_staff_page and response.get("Content-Security-Policy") == PUBLIC_POLICY:
            response["Content-Security-Policy"] = PREVIEW_POLICY
        response.setdefault("Content-Security-Policy", STAFF_POLICY if is_staff_page else PUBLIC_POLICY)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
        return response

    return middleware
