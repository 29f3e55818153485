"""Coming back with six words, at the same neutral address: on with a draft, or a receipt and the way to take it back.

A wrong, a withdrawn and an unknown set take one path: the same two look-ups, the same slow work, the same page.
"""

import math
import time
import uuid
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from surveys.journey import drafts, pages, sitting
from surveys.models import DraftWords
from surveys.returning import keeping, receipts, words
from surveys.returning.proving import Proof, prove
from surveys.returning.slowing import Slowing
from surveys.returning.turns import Busy
from surveys.returning.words import Misread

SECONDS_TO_WAIT = 5
slowing = Slowing(time.monotonic)


def take(request: HttpRequest) -> HttpResponse:
    """Answer a form about return words; its `return` says which."""
    steps = {"go": _try, "withdraw": _ask_to_withdraw, "delete": _withdraw}
    return steps.get(request.POST["return"], _ask)(request)


def _ask(request: HttpRequest, *, notice: str = "", typed: str = "", status: int = 200) -> HttpResponse:
    others = sitting.read(request)
    is_other_open = bool(others and drafts.load(others))
    return pages.show_end(
        request, "returning/ask", notice=notice, typed=typed, is_other_open=is_other_open, status=status
    )


def _try(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("words", "")
    try:
        said = words.read(typed)
    except Misread as problem:
        typed = typed[: words.LONGEST_TYPED]
        return _ask(request, notice=_why(str(problem)), typed=typed, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    wait = slowing.wait(request.META.get("REMOTE_ADDR", ""))
    if wait:
        return _later(request, typed, math.ceil(wait))
    try:
        proof = prove(said)
    except Busy:
        return _later(request, typed, SECONDS_TO_WAIT)
    return _found(request, proof) or pages.show_end(
        request, "returning/unknown", status=HTTPStatus.UNPROCESSABLE_ENTITY
    )


def _found(request: HttpRequest, proof: Proof) -> HttpResponse | None:
    # Both are looked up whatever the first says, so that time tells nothing.
    draft, receipt = keeping.find(proof), receipts.find(proof)
    if draft is not None:
        return _take_up(request, draft, proof)
    if receipt is None:
        return None
    said = receipts.receipt_of(receipt)
    return pages.show_end(request, "returning/receipt", said.consultation, receipt=said, grant=receipts.grant(receipt))


def _take_up(request: HttpRequest, row: DraftWords, proof: Proof) -> HttpResponse | None:
    others = sitting.read(request)
    ours = sitting.begin(uuid.uuid4())
    if not keeping.take_up(row, proof, draft_id=ours.draft_id, carry=drafts.carrying_key(ours)):
        return None
    if others:
        drafts.leave(others)
    response = pages.here()
    sitting.remember(response, ours)
    return response


def _ask_to_withdraw(request: HttpRequest) -> HttpResponse:
    grant = request.POST.get("grant", "")
    return pages.show_end(request, "returning/withdraw", grant=grant) if receipts.granted(grant) else _ask(request)


def _withdraw(request: HttpRequest) -> HttpResponse:
    row_id = receipts.granted(request.POST.get("grant", ""))
    if row_id is None:
        return _ask(request)
    receipts.take_back(row_id)
    return pages.show_end(request, "returning/withdrawn")


def _later(request: HttpRequest, typed: str, seconds: int) -> HttpResponse:
    response = pages.show_end(request, "returning/later", typed=typed, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(seconds)
    return response


def _why(problem: str) -> str:
    return {
        "number": _("There should be six words. Please check that none is missing or written twice."),
        "unknown": _("At least one of these is not a word we use. Please check how each is spelt."),
    }.get(problem, _("That is more than six words. Please type only your six words."))
