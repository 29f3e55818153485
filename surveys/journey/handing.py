"""Offers return words before the first sensitive question: shown, typed once by the person, and only then stored.

Until they have been typed back the words are in the pages themselves and nowhere else: each page carries them to the
next one in a hidden field, locked with the sitting's key. So nothing is kept for somebody who looks and says no.
"""

from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from surveys.journey import drafts, modes, pages, places, sitting
from surveys.journey.posts import Post
from surveys.journey.progress import Progress
from surveys.returning import boxes, keeping, words
from surveys.returning.proving import prove
from surveys.returning.turns import Busy
from surveys.returning.words import Misread, Words

HOLD = b"heard hold"  # what the sitting's key for words on their way is derived for
HELD_BYTES = 80  # more than six words, so that the field has one length
SECONDS_TO_WAIT = 5


def offer(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """Show six new words, unless this draft has words already."""
    return pages.here() if progress.has_words else _show(request, progress, "written", words.draw())


def show_again(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """Show the same words once more."""
    return _with_held(request, progress, "written")


def ask_back(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """Ask for the words that were on the last page."""
    return _with_held(request, progress, "retype")


def take(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """Store what the words lead to if they were typed back; otherwise show them again, kindly."""
    held = _held(request, progress)
    if held is None or progress.has_words:
        return pages.here()
    if _typed(request) != held:
        notice = _("That was not quite the same. Here are your words again. You can copy them letter by letter.")
        return _show(request, progress, "written", held, notice=notice, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        return _give(progress, held)
    except Busy:
        notice = _("Many people are here just now. Please wait a few seconds and choose Continue again.")
        response = _show(request, progress, "retype", held, notice=notice, status=HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = str(SECONDS_TO_WAIT)
        return response
    except keeping.Taken:
        notice = _("Those words are in use already. Here are six new ones. Please write these down instead.")
        return _show(request, progress, "written", words.draw(), notice=notice, status=HTTPStatus.CONFLICT)


def refuse(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """No thanks: go on, and do not ask again."""
    with transaction.atomic():
        drafts.settle_words(progress)
    return pages.here()


def _give(progress: Progress, held: Words) -> HttpResponse:
    proof = prove(held)  # before the transaction: nobody else waits for it
    with transaction.atomic():
        if drafts.settle_words(progress):
            keeping.give(progress.draft, proof, carry=drafts.carrying_key(progress.sitting))
            drafts.judge_texts(progress)
    return pages.here()


def _typed(request: HttpRequest) -> Words | None:
    try:
        return words.read(request.POST.get("words", ""))
    except Misread:
        return None


def _with_held(request: HttpRequest, progress: Progress, page: str) -> HttpResponse:
    held = _held(request, progress)
    return _show(request, progress, page, held) if held else pages.here()


def _held(request: HttpRequest, progress: Progress) -> Words | None:
    try:
        box = bytes.fromhex(request.POST.get("held", ""))
        content = boxes.unlock(box, key=progress.sitting.key_for(HOLD), context=progress.draft.pk.bytes)
    except (ValueError, boxes.WrongBox):
        return None
    return Words(tuple(content.decode().split()))


def _show(
    request: HttpRequest, progress: Progress, page: str, held: Words, *, notice: str = "", status: int = 200
) -> HttpResponse:
    content = held.spoken.encode().ljust(HELD_BYTES)
    context = {
        **pages.about(progress.consultation, progress),
        **pages.about_language(progress),
        "notice": notice,
        "place": places.WORDS,
        "step": progress.draft.step,
        "token": sitting.token(progress.sitting, places.WORDS, progress.draft.step),
        "held": boxes.lock(content, key=progress.sitting.key_for(HOLD), context=progress.draft.pk.bytes).hex(),
        "words": held.all if page == "written" else (),
    }
    templates = modes.templates(f"surveys/returning/{page}.html", is_easy=progress.is_easy)
    response = render(request, templates, context, status=status)
    sitting.remember(response, progress.sitting)
    return response
