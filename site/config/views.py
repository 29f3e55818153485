"""What an operator and their monitor see: nothing about anybody."""

import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import Capability, requires
from config.health import signs

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - tells everybody the same
    """Whether this process and its database answer: 200 or 503, for a monitor outside."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.\n", status=503, content_type="text/plain")
    return HttpResponse("Heard answers.\n", content_type="text/plain")


@require_safe
@requires(Capability.WATCH_HEALTH)
def health(request: HttpRequest) -> HttpResponse:
    """Every sign with what to do, those that are not well first."""
    found = sorted(signs(), key=lambda sign: sign.is_well)
    return render(request, "config/health.html", {"signs": found, "unwell": sum(not sign.is_well for sign in found)})


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The same figures for Prometheus, to whoever knows the token; where there is no token there is no such page."""
    token = settings.HEARD_METRICS_TOKEN
    if not token:
        raise Http404
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not hmac.compare_digest(given.encode(), token.encode()):
        return HttpResponse("This address wants its token.\n", status=403, content_type="text/plain")
    return HttpResponse("".join(_lines()), content_type=METRICS_TYPE)


def _lines() -> list[str]:
    lines = []
    for sign in signs():
        name = f"heard_{sign.name}"
        lines.append(f"# HELP {name} {sign.title}\n# TYPE {name} gauge\n")
        if sign.figure is not None:
            lines.append(f"{name} {sign.figure:g}\n" if sign.figure < 1e6 else f"{name} {sign.figure:.0f}\n")
        lines.append(f'heard_well{{sign="{sign.name}"}} {int(sign.is_well)}\n')
    return lines
