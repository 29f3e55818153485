"""Links, QR codes and sheets to print for one consultation page, for those who edit content."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.generic import View

from accounts.roles import Capability
from feedback.staff.access import RoleRequired
from pages.models import ConsultationPage
from surveys.outreach import PARAMETER, OutreachChannel, channel, channels
from surveys.outreach.drawing import png, svg

DRAWN = {"svg": (svg, "image/svg+xml"), "png": (png, "image/png")}


class ForEditors(RoleRequired, View):
    """A screen for those who edit content."""

    capabilities = (Capability.EDIT_CONTENT,)


class ChoosePage(ForEditors):
    """The published pages that lead to a survey."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        pages = ConsultationPage.objects.live().filter(survey__isnull=False)
        return render(request, "pages/outreach/choose.html", {"pages": pages})


class Links(ForEditors):
    """Every link of one page, and what printing it may betray."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The links with their codes."""
        page = _page(pk)
        links = [{"channel": known, "link": link(page, known, request)} for known in channels()]
        context = {"page": page, "links": links, "organisation": page.organisation()}
        return render(request, "pages/outreach/links.html", context)


class Code(ForEditors):
    """One QR code as a picture."""

    def get(self, request: HttpRequest, pk: int, code: str, kind: str) -> HttpResponse:
        """The picture, under a file name that says only which kind of link it is."""
        known = _channel(code)
        draw, content_type = DRAWN[kind]
        response = HttpResponse(draw(link(_page(pk), known, request)), content_type=content_type)
        response["Content-Disposition"] = f'inline; filename="{known.name}.{kind}"'
        return response


class Card(ForEditors):
    """A sheet to print."""

    def get(self, request: HttpRequest, pk: int, code: str, size: str) -> HttpResponse:
        """The sheet, in neutral words, with the emergency line."""
        page = _page(pk)
        address = link(page, _channel(code), request)
        context: dict[str, Any] = {
            "page": page,
            "code": code,
            "size": size,
            "link": address,
            "shown": address.split("://", 1)[-1],
            "organisation": page.organisation(),
        }
        return render(request, "pages/outreach/card.html", context)


def link(page: ConsultationPage, known: OutreachChannel, request: HttpRequest) -> str:
    """The page's public address with the short code of this kind of link."""
    return f"{request.build_absolute_uri(page.get_url(request))}?{PARAMETER}={known.code}"


def _page(pk: int) -> ConsultationPage:
    return get_object_or_404(ConsultationPage.objects.live().filter(survey__isnull=False), pk=pk)


def _channel(code: str) -> OutreachChannel:
    known = channel(code)
    if known is None:
        raise Http404("There is no such kind of link.")
    return known
