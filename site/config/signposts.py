"""Where one process knows another's addresses by name without answering them itself."""

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, URLResolver
from django.views.decorators.http import require_safe


@require_safe
def signpost(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseRedirect:  # noqa: ARG001 - any address
    """Send the reader on to the public site, if the installation says where that is."""
    if not settings.HEARD_PUBLIC_URL:
        raise Http404
    return HttpResponseRedirect(settings.HEARD_PUBLIC_URL.rstrip("/") + request.path)


def signposts(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses under the same names, each of them only a signpost."""
    return [_signposted(pattern) for pattern in patterns]


def _signposted(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLPattern):
        return URLPattern(pattern.pattern, signpost, pattern.default_args, pattern.name)
    inner = signposts(pattern.url_patterns)
    return URLResolver(pattern.pattern, inner, pattern.default_kwargs, pattern.app_name, pattern.namespace)
