"""The page made from the register: what we will know about you."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.models import Organisation
from pages.data_register import register, tables_about_respondents
from pages.models import GuidancePage
from surveys.journey.views import in_their_language, leaves_no_trace


@leaves_no_trace
@require_safe
@in_their_language
def kept(request: HttpRequest) -> HttpResponse:
    """Everything kept about somebody who answers, and their rights, at an address that tells nothing."""
    context = {
        **register(),
        "tables": tables_about_respondents(),
        "organisation": Organisation.objects.in_charge(),
        "guidance": GuidancePage.objects.live().order_by("path"),
    }
    return render(request, "pages/kept.html", context)
