"""Coming back with six words, at the same neutral address: on with a draft, or a receipt and the way to take it back.

A wrong, a withdrawn and an unknown set take one path: the same two look-ups, the same slow work, the same page.
"""

import math
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.slowing import Slowing, network
from feedback.models import Use
from surveys.journey import drafts, pages, sitting
from surveys.models import DraftWords
from surveys.returning import grants, keeping, uses, words
from surveys.returning.asking import DeskClosed
from surveys.returning.desk import desk
from surveys.returning.proving import Proof, prove
from surveys.returning.receipts import Receipt
from surveys.returning.turns import Busy
from surveys.returning.words import Misread

Step = Callable[[HttpRequest, Receipt], HttpResponse]
SECONDS_TO_WAIT = 5
slowing = Slowing(time.monotonic)


def take(request: HttpRequest) -> HttpResponse:
    """Answer a form about return words; its `return` says which."""
    steps = {"go": _try, "delete": _withdraw}
    own = STEPS.get(request.POST["return"])
    try:
        return _of_receipt(request, own) if own else steps.get(request.POST["return"], _ask)(request)
    except DeskClosed:
        return _later(request, request.POST.get("words", "")[: words.LONGEST_TYPED], SECONDS_TO_WAIT)


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
    wait = slowing.wait(network(request.META.get("REMOTE_ADDR", "")))
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
    draft, row_id = keeping.find(proof), desk().find(proof.receipt)
    if draft is not None:
        return _take_up(request, draft, proof)
    receipt = desk().receipt(row_id) if row_id else None
    return _show_receipt(request, receipt) if receipt else None


def _take_up(request: HttpRequest, row: DraftWords, proof: Proof) -> HttpResponse | None:
    others = sitting.read(request)
    ours = sitting.begin(uuid.uuid4(), language=row.draft.language)
    if not keeping.take_up(row, proof, draft_id=ours.draft_id, carry=drafts.carrying_key(ours)):
        return None
    if others:
        drafts.leave(others)
    response = pages.here()
    sitting.remember(response, ours)
    return response


def _of_receipt(request: HttpRequest, step: Step) -> HttpResponse:
    """A step on from the receipt, for whoever was shown it in the last half hour."""
    row_id = grants.granted(request.POST.get("grant", ""))
    if row_id is None:
        return _ask(request)
    receipt = desk().receipt(row_id)
    return step(request, receipt) if receipt else pages.show_end(request, "returning/withdrawn")


def _show_receipt(request: HttpRequest, receipt: Receipt, notice: str = "") -> HttpResponse:
    choices = uses.choices(receipt.uses)
    return _step_page(request, receipt, "receipt", receipt=receipt, choices=choices, notice=notice)


def _ask_uses(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    if receipt.removed_on:
        return _show_receipt(request, receipt)
    return _step_page(request, receipt, "uses", choices=uses.choices(receipt.uses))


def _change_uses(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    is_saved = desk().choose_uses(receipt.row_id, uses.chosen(request.POST.getlist("uses")))
    now = desk().receipt(receipt.row_id)
    if now is None:
        return pages.show_end(request, "returning/withdrawn")
    return _show_receipt(request, now, _("Your choices are saved.") if is_saved else "")


def _warn(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    return _step_page(request, receipt, "warned")


def _tell(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    told, is_agreed = desk().became(receipt.row_id), Use.STATISTICS in receipt.uses
    is_removed = receipt.removed_on is not None
    return _step_page(request, receipt, "became", became=told, is_agreed=is_agreed, is_removed=is_removed)


def _ask_to_withdraw(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    return _step_page(request, receipt, "withdraw")


def _step_page(request: HttpRequest, sent: Receipt, name: str, **more: Any) -> HttpResponse:
    """A page of the receipt, with a mark that is good for another half hour."""
    grant = grants.grant(sent.row_id)
    return pages.show_end(request, f"returning/{name}", sent.consultation, grant=grant, **more)


def _withdraw(request: HttpRequest) -> HttpResponse:
    row_id = grants.granted(request.POST.get("grant", ""))
    if row_id is None:
        return _ask(request)
    desk().take_back(row_id)
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


STEPS: dict[str, Step] = {
    "receipt": _show_receipt,
    "uses": _ask_uses,
    "save-uses": _change_uses,
    "follow": _warn,
    "became": _tell,
    "withdraw": _ask_to_withdraw,
}
