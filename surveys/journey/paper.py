"""The questions on paper: asked for by a post, so that no address and no window title says what they are about."""

import re
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from surveys import printing
from surveys.journey import pages
from surveys.models import SurveyVersion
from surveys.offering import ENGLISH, current, locale

CODE = re.compile(r"[-\w]{1,12}", re.ASCII)


def take(request: HttpRequest) -> HttpResponse:
    """The sheet as a page to print or as a PDF. It opens no sitting, and keeps one that is open as it is.

    It is in English only, and whole: somebody who was reading another language is told so in that language.
    """
    asked = current()
    told = {"language": asked, "in_english": _("This part is in English:")} if asked != ENGLISH else {}
    with translation.override(locale(ENGLISH)):
        return _taken(request, told)


def _taken(request: HttpRequest, told: Mapping[str, str]) -> HttpResponse:
    given = request.POST.get
    code = given("paper", "")
    version = SurveyVersion.objects.live(code) if CODE.fullmatch(code) else None
    if version is None:
        return pages.show_end(request, "closed", asked=given("in", ""), status=404)
    if given("as") == "pdf" and printing.can_make_pdf():
        # A file name that says nothing: it stays in the folder of downloads.
        headers = {"Content-Disposition": 'attachment; filename="form.pdf"'}
        return HttpResponse(printing.pdf(version, given("in", "")), content_type="application/pdf", headers=headers)
    context = {
        **pages.about(version.survey.consultation),
        **printing.context(version, given("in", "")),
        "can_make_pdf": printing.can_make_pdf(),
        "told": told,
    }
    return render(request, "surveys/paper/page.html", context)
