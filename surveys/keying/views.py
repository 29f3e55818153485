"""The keying screens: choose a survey, then one page for each reply, made for the keyboard alone."""

import secrets
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from accounts.roles import Capability
from feedback.keys import NoOpenPeriod
from feedback.models import Channel
from feedback.staff.access import RoleRequired
from surveys.equality import bank
from surveys.journey.progress import definition_of
from surveys.keying.keying import key_in, keyed_today
from surveys.keying.sheets import HeadForm, Sheet, version_on
from surveys.models import Survey, SurveyVersion

TICKETS = "keying"  # in the session of the member of staff: one random mark for each sheet not yet sent
MOST_TICKETS = 20


class ChooseSurvey(RoleRequired, View):
    """The surveys whose replies can be keyed in."""

    capabilities = (Capability.KEY_REPLIES,)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        surveys = Survey.objects.filter(live=True, consultation__opens_on__lte=timezone.localdate())
        surveys = surveys.select_related("consultation__organisation").filter(consultation__duty_holder__isnull=False)
        about_people = {survey.pk for survey in surveys if bank.questions(survey.consultation.organisation)}
        return render(request, "surveys/keying/choose.html", {"surveys": surveys, "about_people": about_people})


class KeyReply(RoleRequired, View):
    """One reply on one page."""

    capabilities = (Capability.KEY_REPLIES,)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """An empty sheet, with channel and day as they were for the last one."""
        survey, version = _found(code)
        last = {name: request.GET[name] for name in ("channel", "received_on") if name in request.GET}
        head = HeadForm(survey, initial=last)
        return self._shown(version, head, Sheet(definition_of(version)), ticket=self._issue())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Take the sheet, or show it again with what is to be put right. Nothing is kept until it is taken."""
        survey, version = _found(code)
        head = HeadForm(survey, request.POST)
        if head.is_valid():
            version = version_on(survey, head.cleaned_data["received_on"]) or version
        sheet = Sheet(definition_of(version), request.POST)
        ticket = request.POST.get("ticket", "")
        if ticket not in request.session.get(TICKETS, []):
            return redirect(f"{reverse('surveys_key_reply', args=[code])}?again=1")
        if not (head.is_valid() & sheet.is_valid()):
            return self._shown(version, head, sheet, ticket=ticket, is_faulty=True)
        problem = self._problem(sheet)
        if problem:
            return self._shown(version, head, sheet, ticket=ticket, **problem)
        return self._taken(version, head, sheet, ticket)

    def _problem(self, sheet: Sheet) -> dict[str, Any]:
        """What a person has to decide before the sheet is taken, if anything."""
        if not sheet.has_agreed():
            return {"has_declined": True}
        off = sheet.off_route()
        names = " ".join(line.question.id for line in off)
        is_known = self.request.POST.get("button") == "without" and self.request.POST.get("left_out", "") == names
        return {} if not off or is_known else {"off_route": off, "left_out": names}

    def _taken(self, version: SurveyVersion, head: HeadForm, sheet: Sheet, ticket: str) -> HttpResponse:
        channel, day = Channel(head.cleaned_data["channel"]), head.cleaned_data["received_on"]
        try:
            key_in(sheet, version, channel=channel, received_on=day, by=self.user)
        except NoOpenPeriod:
            return self._shown(version, head, sheet, ticket=ticket, is_shut=True)
        session = self.request.session
        session[TICKETS] = [other for other in session[TICKETS] if other != ticket]
        kept = urlencode({"channel": channel.value, "received_on": f"{day:%d/%m/%Y}", "keyed": 1})
        return redirect(f"{reverse('surveys_key_reply', args=[version.survey.code])}?{kept}")

    def _issue(self) -> str:
        ticket = secrets.token_urlsafe(12)
        self.request.session[TICKETS] = [*self.request.session.get(TICKETS, []), ticket][-MOST_TICKETS:]
        return ticket

    def _shown(self, version: SurveyVersion, head: HeadForm, sheet: Sheet, **more: Any) -> HttpResponse:
        context = {
            "survey": version.survey,
            "organisation": version.survey.consultation.organisation,
            "head": head,
            "sheet": sheet,
            "keyed_today": keyed_today(version, self.user),
            "is_keyed": "keyed" in self.request.GET and self.request.method == "GET",
            "is_again": "again" in self.request.GET and self.request.method == "GET",
            **more,
        }
        is_refused = self.request.method == "POST"
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
        return render(self.request, "surveys/keying/reply.html", context, status=status)


def _found(code: str) -> tuple[Survey, SurveyVersion]:
    survey = get_object_or_404(Survey.objects.select_related("consultation__organisation"), code=code, live=True)
    version = version_on(survey, timezone.localdate())
    if version is None:
        raise Http404("This survey is not open to replies.")
    return survey, version
