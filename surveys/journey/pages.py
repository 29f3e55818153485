"""Shows the page for a place: which template, and what it is told."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from feedback.models import Consultation, SupportService
from feedback.remembering import remembered
from surveys import bands
from surveys.definition import Kind, Part, Question, Sensitivity
from surveys.facets import Mode
from surveys.journey import modes, places, sitting
from surveys.journey.corner import Services
from surveys.journey.forms import AnswerForm
from surveys.journey.progress import Progress
from surveys.offering import ENGLISH, current, newest_translation, number, office_words
from surveys.routes import Answer, on_route, route, spread

TEMPLATES = {
    places.START: "surveys/danger_now.html",
    places.DANGER: "surveys/danger.html",
    places.LEAVING: "surveys/leaving.html",
    places.WHO: "surveys/helping/who.html",
    places.HELPING: "surveys/helping/helping.html",
    places.HANDOVER: "surveys/helping/handover.html",
    places.FINISHED: "surveys/helping/finished.html",
    places.ABOUT: "surveys/start.html",
    places.YOUNG: "surveys/young.html",
    places.PAUSE: "surveys/pause.html",
    places.WORDS: "surveys/words.html",
    places.CHECK: "surveys/check.html",
    places.STOP: "surveys/stop.html",
    places.DECLINED: "surveys/declined.html",
}


def show(
    request: HttpRequest,
    progress: Progress,
    place: str,
    *,
    form: AnswerForm | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page for this place, with a form that can be posted once.

    Given a `form` that came back, the question is shown with what was typed; `notice` is one plain sentence above it.
    """
    step = progress.draft.step
    context = {
        **about(progress.consultation, progress),
        "notice": notice,
        "help": progress.draft.help,
        "is_alone": progress.is_alone,
        "is_read_aloud": _is_read_aloud(progress, place),
        "place": place,
        "step": step,
        "token": sitting.token(progress.sitting, place, step),
        "modes": modes.others(progress) if progress.draft.language == ENGLISH else (),
        **about_language(progress),
        **_about_place(progress, place, form),
    }
    template = TEMPLATES.get(places.kind(place), "surveys/question.html")
    response = render(request, modes.templates(template, is_easy=progress.is_easy), context, status=status)
    # Each page shown counts as being here, so the half hour begins again.
    sitting.remember(response, progress.sitting)
    return response


def here() -> HttpResponse:
    """Back to the one address, which shows where the draft is now."""
    response = HttpResponseRedirect(reverse("journey:form"))
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def show_end(
    request: HttpRequest,
    template: str,
    consultation: Consultation | None = None,
    *,
    progress: Progress | None = None,
    **options: Any,
) -> HttpResponse:
    """A page that belongs to no draft: sent, deleted, closed, or nothing here.

    Given the `progress` that has just ended, it names the support for what the person said had happened, and where.
    Without it the page is in the mode `asked` for, or in the one shown last.
    """
    status = options.pop("status", 200)
    is_easy = progress.is_easy if progress else modes.is_easy(request, options.get("asked", ""))
    told = about(consultation, progress) if consultation else _help(None, None)
    context = {**told, "mode": Mode.EASY if is_easy else Mode.STANDARD, **options}
    return render(request, modes.templates(f"surveys/{template}.html", is_easy=is_easy), context, status=status)


def about(consultation: Consultation, progress: Progress | None = None) -> dict[str, Any]:
    """What every page of the journey says: who asks, and where help is."""
    translations = progress.definition.translations.get(progress.draft.language) if progress else None
    return {
        "consultation": consultation,
        "organisation": consultation.organisation,
        "office": office_words(consultation, translations or newest_translation(consultation, current())),
        **_help(consultation, progress),
    }


def about_language(progress: Progress) -> dict[str, Any]:
    """The languages on offer, and whether the one spoken is a draft; for a page whose form has the id "page"."""
    languages = progress.languages
    spoken = progress.draft.language
    return {
        "languages": languages,
        "language": spoken,
        "is_unchecked": spoken != ENGLISH and not any(one.is_checked for one in languages if one.code == spoken),
    }


def _help(consultation: Consultation | None, progress: Progress | None) -> dict[str, Any]:
    crime_type, area = (progress.named("crime-type"), progress.named("area")) if progress else ("", "")
    return {
        "mode": progress.draft.mode if progress else "",
        "services": remembered(
            ("services", crime_type, area), lambda: Services(SupportService.objects.for_person(crime_type, area))
        ),
        # Quiet unless a consultation is known to be one nobody could be harmed by.
        "is_quiet": consultation is None or consultation.is_victim_facing,
        "form_url": reverse("journey:form"),
    }


def _about_place(progress: Progress, place: str, form: AnswerForm | None) -> dict[str, Any]:
    if place == places.ABOUT:
        return _about_start(progress)
    if place == places.YOUNG:
        services = Services(SupportService.objects.for_children())
        return {"services": services, "childline": number("0800 1111")}
    if place == places.CHECK:
        return {
            "rows": _rows(progress),
            "has_words": progress.has_words,
            "can_send": places.has_agreed(progress.definition, progress.answers),
            "is_last_day": progress.consultation.closes_on < timezone.localdate(),
        }
    if place == places.STOP:
        return {
            "has_agreed": places.has_agreed(progress.definition, progress.answers),
            "has_answers": bool(on_route(progress.definition, progress.answers)),
        }
    if places.is_around(place):
        return {}
    return _about_question(progress, progress.definition.question(place), form)


def _is_read_aloud(progress: Progress, place: str) -> bool:
    """Whether a helper has to read this page aloud: what it is for, and what the person agrees to."""
    if not progress.is_helped or progress.is_alone:
        return False
    if places.is_around(place):
        return place == places.ABOUT
    return progress.definition.question(place).part in {Part.TAKE_PART, Part.USES}


def _about_start(progress: Progress) -> dict[str, Any]:
    shortest, longest = spread(progress.definition).minutes
    return {
        "code": progress.draft.version.survey.code,
        "shortest": shortest,
        "longest": longest,
        "asks_for_later": progress.definition.asks_for_later,
    }


def _about_question(progress: Progress, question: Question, form: AnswerForm | None) -> dict[str, Any]:
    return {
        "question": question,
        "form": form or AnswerForm(question, answer=progress.answers.get(question.id)),
        "keeps_half_year": question.kind is Kind.MONTH_YEAR and not bands.keeps_month(question),
        "is_about_uses": question.part is Part.USES,
        "asks_for_later": progress.definition.asks_for_later,
        "is_required": question.part is Part.TAKE_PART,
        "is_kept": question.id in progress.kept,
        "is_sensitive": question.sensitivity is not Sensitivity.NONE,
        "is_distressing": question.sensitivity is Sensitivity.DISTRESSING,
    }


def _rows(progress: Progress) -> list[dict[str, Any]]:
    steps = route(progress.definition, progress.answers)
    closed, locked = progress.closed, progress.locked
    return [
        {
            "question": question,
            "said": [] if question.id in closed else _said(question, progress.answers.get(question.id)),
            "is_kept": question.id in progress.kept,
            "is_closed": question.id in closed,
            "can_change": question.id not in locked,
        }
        for question in steps
    ]


def _said(question: Question, answer: Answer) -> list[str]:
    """An answer as the person would recognise it: labels for choices, words as typed, a month by its name."""
    if not answer:
        return []
    labels = {option.value: option.label for option in question.options}
    if question.kind is Kind.MONTH_YEAR:
        return [_said_of_time(question, str(answer))]
    given = [answer] if isinstance(answer, str) else answer
    said = [labels.get(value, value) for value in given]
    return [f"{place}. {label}" for place, label in enumerate(said, start=1)] if question.kind is Kind.RANKING else said


def _said_of_time(question: Question, answer: str) -> str:
    """The month where it is kept, or what is kept instead of it."""
    if bands.keeps_month(question):
        year, _month, month = answer.partition("-")
        return date_format(date(int(year), int(month), 1), "F Y") if month else year
    year, _half, half = bands.half_year(answer).partition("-")
    kept = {
        "H1": _("January to June %(year)s"),
        "H2": _("July to December %(year)s"),
    }.get(half, "%(year)s") % {"year": year}
    return _("We keep only: %(time)s") % {"time": kept}
