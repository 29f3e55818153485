"""The journey's two addresses: `/form/`, which shows and takes every page, and `/leave`, which ends it.

These views use no Django session and no CSRF cookie on purpose; see docs/decisions/forms-without-a-session.md.
"""

import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from feedback.keys import NoOpenPeriod
from feedback.models import Consultation
from surveys.journey import comeback, drafts, moves, pages, posts, sitting
from surveys.journey.posts import Post
from surveys.journey.sitting import Sitting
from surveys.models import SurveyVersion

View = Callable[[HttpRequest], HttpResponse]
CODE = re.compile(r"[-\w]{1,12}", re.ASCII)  # what Survey.code may hold


def leaves_no_trace(view: View) -> View:
    """Keep what a view answers out of every cache, and its address out of what other pages are told."""

    @wraps(view)
    def quiet(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return quiet


@csrf_exempt
@leaves_no_trace
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """The page where this sitting is, or the next one after a post."""
    if request.method == "POST":
        return _take(request)
    ours = sitting.read(request)
    if ours and ours.is_idle:
        return _end(request, ours, "idle")
    progress = drafts.load(ours) if ours else None
    if ours and progress and progress.is_closed:
        return _end(request, ours, "too_late")
    if progress:
        return pages.show(request, progress, progress.place())
    return _sent(request) or pages.show_end(request, "nothing_here")


@leaves_no_trace
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """End the sitting, clear what the browser keeps of this site, and go somewhere harmless."""
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        # A browser that looks ahead must not delete what somebody is still writing.
        return HttpResponse(status=503)
    ours = sitting.read(request)
    if ours and request.method == "GET":
        drafts.leave(ours)
    response = HttpResponse(status=303, headers={"Location": settings.HEARD_EXIT_TARGET})
    sitting.forget(response)
    response["Clear-Site-Data"] = '"cookies", "storage", "cache"'
    return response


def _take(request: HttpRequest) -> HttpResponse:
    if not posts.is_welcome(request):
        return pages.show_end(request, "not_taken", status=403)
    try:
        posted = posts.read(request)
    except (RequestDataTooBig, TooManyFieldsSent):
        return pages.show_end(request, "too_long", status=413)
    if "return" in request.POST:
        return comeback.take(request)
    if "survey" in request.POST:
        return _begin(request, request.POST["survey"])
    return _go_on(request, posted)


def _go_on(request: HttpRequest, posted: Post) -> HttpResponse:
    ours = sitting.read(request)
    if ours is None:
        return _sent(request) or pages.show_end(request, "nothing_here", status=403)
    if ours.is_idle:
        return _end(request, ours, "idle")
    return _move(request, ours, posted)


def _move(request: HttpRequest, ours: Sitting, posted: Post) -> HttpResponse:
    progress = drafts.load(ours)
    if not posted.is_genuine(ours):
        return pages.show_end(request, "not_taken", progress.consultation if progress else None, status=403)
    if progress is None:
        return pages.show_end(request, "gone", was_sending=posted.button == "send", status=410)
    if progress.is_closed:
        return _end(request, ours, "too_late")
    return moves.make(request, progress, posted)


def _end(request: HttpRequest, ours: Sitting, template: str) -> HttpResponse:
    """Close a sitting whose time is over: what was typed is deleted, and the page that says so names no topic."""
    if template == "idle":
        drafts.leave(ours)
    else:
        drafts.discard(ours)
    response = pages.show_end(request, template, status=410)
    sitting.forget(response)
    return response


def _begin(request: HttpRequest, code: str) -> HttpResponse:
    """Start a sitting for the survey with this code, or go on with the one that is open."""
    ours = sitting.read(request)
    progress = drafts.load(ours) if ours and not ours.is_idle else None
    if progress and progress.draft.version.survey.code == code:
        return pages.here()
    version = SurveyVersion.objects.live(code) if CODE.fullmatch(code) else None
    if version is None:
        return pages.show_end(request, "closed", status=404)
    if progress and "replace" not in request.POST:
        return pages.show_end(request, "already_open", version.survey.consultation, code=code, status=409)
    try:
        begun = drafts.start(version, instead_of=ours)
    except NoOpenPeriod:
        return pages.show_end(request, "closed", version.survey.consultation, status=503)
    response = pages.here()
    sitting.remember(response, begun)
    return response


def _sent(request: HttpRequest) -> HttpResponse | None:
    """The confirmation, for a browser that has just sent answers."""
    consultation_id = sitting.finished(request)
    if consultation_id is None:
        return None
    consultation = Consultation.objects.select_related("organisation").filter(pk=consultation_id).first()
    return pages.show_end(request, "sent", consultation) if consultation else None
