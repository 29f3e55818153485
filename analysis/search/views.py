"""The page on which an administrator reads who searched for what, and why."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.roles import Capability, requires
from analysis.models import Search

A_PAGE = 50


@never_cache
@require_GET
@requires(Capability.READ_SEARCHES)
def searches(request: HttpRequest) -> HttpResponse:
    """Every search of the last year, the newest day first. No words that anybody wrote to us."""
    rows = Paginator(Search.objects.select_related("asked_by"), A_PAGE)
    return render(request, "analysis/search/searches.html", {"page": rows.get_page(request.GET.get("page"))})
