"""Keying in the paper sheet of questions about people: counted at once, apart from any reply, and only once."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from accounts.roles import Capability
from feedback.models import Consultation
from feedback.staff.access import RoleRequired
from surveys.definition import Definition, Question
from surveys.equality import bank, counting, slip
from surveys.keying.sheets import Sheet
from surveys.models import Survey


class KeyAboutYou(RoleRequired, View):
    """One sheet on one page. Nothing says which reply it came with, or who keyed it."""

    capabilities = (Capability.KEY_REPLIES,)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """An empty sheet."""
        consultation, questions = _found(code)
        return _shown(request, consultation, _sheet(questions))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Count the sheet, or show it again with what is to be put right."""
        consultation, questions = _found(code)
        sheet = _sheet(questions, request.POST)
        if not sheet.is_valid():
            return _shown(request, consultation, sheet, is_faulty=True)
        today = timezone.localdate()
        empty = slip.unlock(request.POST.get("slip", ""), consultation.pk, today=today)
        said = "again"
        if empty is not None:
            given = {key: str(answer) for key, answer in sheet.answers().items() if answer}
            said = "none" if not given else said
            filled = replace(empty, answers=given)
            if given and counting.count(filled, consultation.organisation, questions, today=today):
                said = "keyed"
        return redirect(f"{reverse('surveys_key_about_you', args=[code])}?{said}=1")


def _shown(request: HttpRequest, consultation: Consultation, sheet: Sheet, *, is_faulty: bool = False) -> HttpResponse:
    context: dict[str, Any] = {
        "organisation": consultation.organisation,
        "sheet": sheet,
        "slip": slip.lock(slip.new(timezone.localdate()), consultation.pk),
        "is_faulty": is_faulty,
        **{f"is_{said}": said in request.GET and not is_faulty for said in ("keyed", "again", "none")},
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_faulty else HTTPStatus.OK
    return render(request, "surveys/keying/about_you.html", context, status=status)


def _found(code: str) -> tuple[Consultation, tuple[Question, ...]]:
    surveys = Survey.objects.select_related("consultation__organisation")
    consultation = get_object_or_404(surveys, code=code, live=True).consultation
    questions = bank.questions(consultation.organisation)
    if not questions:
        raise Http404("This office asks no questions about people.")
    return consultation, questions


def _sheet(questions: tuple[Question, ...], data: Any = None) -> Sheet:
    return Sheet(Definition("", questions), data)
