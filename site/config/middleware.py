"""Headers every page carries, whoever reads it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

STAFF_PREFIXES = ("/admin/", "/staff/")
# Nothing inline and nothing from elsewhere; Wagtail's admin needs its own inline date pickers until they are mended.
PUBLIC_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STAFF_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)


def quiet_headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Keep pages out of caches, frames, search engines and other sites' referrers."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_staff_page = request.path.startswith(STAFF_PREFIXES)
        response.setdefault("Content-Security-Policy", STAFF_POLICY if is_staff_page else PUBLIC_POLICY)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
        return response

    return middleware
