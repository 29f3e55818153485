"""The journey's two addresses: `/form/`, which shows and takes every page, and `/leave`, which ends it.

These views use no Django session and no CSRF cookie on purpose; see docs/decisions/forms-without-a-session.md.
"""

import re
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from feedback.keys import NoOpenPeriod
from surveys import outreach
from surveys.journey import about_you, comeback, drafts, moves, pages, paper, posts, sitting
from surveys.journey.posts import Post
from surveys.journey.progress import Progress, definition_of
from surveys.journey.sitting import Sitting
from surveys.models import SurveyVersion
from surveys.offering import ENGLISH, current, locale, may_be_spoken, offered, short

View = Callable[[HttpRequest], HttpResponse]
CODE = re.compile(r"[-\w]{1,12}", re.ASCII)  # what Survey.code may hold

# What a form may bring instead of a step of the journey, by the name of its field.
DOORS: dict[str, View] = {"return": comeback.take, "paper": paper.take}


def leaves_no_trace(view: View) -> View:
    """Keep what a view answers out of every cache, and its address out of what other pages are told."""

    @wraps(view)
    def quiet(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return quiet


def in_their_language(view: View) -> View:
    """Answer in the language this browser was spoken to last, which the sitting's cookie says; no header is read."""

    @wraps(view)
    def spoken(request: HttpRequest) -> HttpResponse:
        with translation.override(locale(sitting.language(request))):
            return view(request)

    return spoken


@csrf_exempt
@leaves_no_trace
@require_http_methods(["GET", "HEAD", "POST"])
@in_their_language
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
    if "about" in request.POST:
        return about_you.take(request, posted)
    door = next((take for name, take in DOORS.items() if name in request.POST), None)
    if door is None and "survey" not in request.POST:
        return _go_on(request, posted)
    asked = short(posted.language) or current()
    with translation.override(locale(asked if may_be_spoken(asked) else current())):
        return door(request) if door else _begin(request, request.POST["survey"])


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
    progress = drafts.load(ours)
    if template == "idle":
        drafts.leave(ours)
    else:
        drafts.discard(ours)
    response = pages.show_end(request, template, progress=progress, status=410)
    sitting.forget(response)
    return response


def _begin(request: HttpRequest, code: str) -> HttpResponse:
    """Start a sitting for the survey with this code, or go on with the one that is open."""
    ours = sitting.read(request)
    progress = drafts.load(ours) if ours and not ours.is_idle else None
    if progress and progress.draft.version.survey.code == code:
        return _go_on_in(progress)
    version = SurveyVersion.objects.live(code) if CODE.fullmatch(code) else None
    asked = request.POST.get("in", "")
    if version is None:
        return pages.show_end(request, "closed", asked=asked, status=404)
    if progress and "replace" not in request.POST:
        followed = request.POST.get(outreach.PARAMETER, "")[:1]
        consultation = version.survey.consultation
        options: dict[str, Any] = {"code": code, "outreach": followed, "asked": asked, "status": HTTPStatus.CONFLICT}
        return pages.show_end(request, "already_open", consultation, **options)
    languages = {one.code for one in offered(version, definition_of(version))}
    chosen = {
        "mode": asked,
        "language": current() if current() in languages else ENGLISH,
        "outreach": _outreach(request),
    }
    try:
        begun = drafts.start(version, instead_of=ours, **chosen)
    except NoOpenPeriod:
        return pages.show_end(request, "closed", version.survey.consultation, asked=asked, status=503)
    response = pages.here()
    sitting.remember(response, begun)
    return response


def _outreach(request: HttpRequest) -> str:
    """Which kind of link led here, if the page it led to says so; anything made up counts as none."""
    return outreach.name_of(request.POST.get(outreach.PARAMETER, ""))


def _go_on_in(progress: Progress) -> HttpResponse:
    """Back to a draft that is open, in the language it was asked for in if it may be offered."""
    if current() in {one.code for one in progress.languages}:
        progress = drafts.speak(progress, current())
    response = pages.here()
    sitting.remember(response, progress.sitting)
    return response


def _sent(request: HttpRequest) -> HttpResponse | None:
    """The confirmation, for a browser that has just sent answers."""
    consultation = about_you.finished(request)
    if consultation is None:
        return None
    return pages.show_end(request, "sent", consultation, **about_you.offer(consultation))
