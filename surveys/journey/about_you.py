"""After sending: questions about the person, one on a page, at the same neutral address and without a draft.

The answers travel in a locked slip inside the form and are counted by one post at the end, which also takes the cookie
away: sent once more, by a second click or by Back, the slip is known and the cookie gone, and nothing is counted twice.
"""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from feedback.models import Consultation
from surveys.definition import Question
from surveys.equality import bank, counting, slip, wording
from surveys.equality.slip import Slip
from surveys.facet_values import HOUSE
from surveys.facets import Easy
from surveys.journey import modes, pages, sitting
from surveys.journey.forms import AnswerForm
from surveys.journey.posts import Post
from surveys.offering import current, is_checked, may_be_spoken

CHECK = ":check"


@dataclass(frozen=True)
class Visit:
    """Somebody on these pages: what they came from, what their slip says, and what they are asked."""

    request: HttpRequest
    consultation: Consultation
    slip: Slip
    questions: tuple[Question, ...]

    @property
    def keys(self) -> list[str]:
        """The keys of the questions, in order."""
        return [question.id for question in self.questions]

    @property
    def given(self) -> dict[str, str]:
        """The answers on the slip that can be counted."""
        return counting.offered(self.slip.answers, self.questions)

    def show(self, template: str, **options: Any) -> HttpResponse:
        """One of these pages, with the slip for its form."""
        locked = slip.lock(self.slip, self.consultation.pk)
        told = {"slip": locked, "is_unchecked": not is_checked(current()), **options}
        return pages.show_end(self.request, f"about_you/{template}", self.consultation, **told)


def offer(consultation: Consultation) -> dict[str, Any]:
    """What the page after sending needs to offer the questions; empty if the office asks none.

    They are offered in the language somebody answered in, if all of them are said in it, and to whoever reads Easy Read
    in Easy Read, or else in the usual words, which the page then says.
    """
    asked = bank.questions(consultation.organisation)
    if not may_be_spoken(current()) or not wording.said_in(current(), asked):
        return {}
    return {
        "slip": slip.lock(slip.new(timezone.localdate()), consultation.pk),
        "is_unchecked": not is_checked(current()),
        "has_easy_words": bool(wording.in_easy_words(asked)),
    }


def finished(request: HttpRequest) -> Consultation | None:
    """The consultation this browser has just sent answers to."""
    consultation_id = sitting.finished(request)
    if consultation_id is None:
        return None
    return Consultation.objects.select_related("organisation").filter(pk=consultation_id).first()


def take(request: HttpRequest, posted: Post) -> HttpResponse:
    """Answer a form of these pages: only from a browser that has just sent answers, with the slip it was given."""
    consultation = finished(request)
    visit = _visit(request, consultation) if consultation else None
    if visit is None:
        return pages.show_end(request, "about_you/over", consultation, status=HTTPStatus.GONE)
    if posted.button in {"send", "no"}:
        return _end(visit, is_sent=posted.button == "send")
    return _show(_moved(visit, posted)) if _is_aside(visit, posted) else _answer(visit, posted)


def _visit(request: HttpRequest, consultation: Consultation) -> Visit | None:
    said = slip.unlock(request.POST.get("slip", ""), consultation.pk, today=timezone.localdate())
    questions = _worded(request, bank.questions(consultation.organisation))
    return Visit(request, consultation, said, questions) if said and questions else None


def _worded(request: HttpRequest, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The questions in the words this person reads: in their language, or in Easy Read where it has them all."""
    easy = wording.in_easy_words(questions) if modes.is_easy(request) else ()
    return easy or wording.said_in(current(), questions)


def _is_aside(visit: Visit, posted: Post) -> bool:
    """Whether the post comes from a page that holds no question, or leaves its question for another."""
    return visit.slip.at not in visit.keys or posted.button == "change"


def _moved(visit: Visit, posted: Post) -> Visit:
    if posted.change in visit.keys:
        return _at(visit, posted.change)
    if posted.button == "back":
        return _at(visit, visit.keys[-1])
    return _at(visit, CHECK if visit.slip.at else visit.keys[0])


def _answer(visit: Visit, posted: Post) -> HttpResponse:
    place = visit.keys.index(visit.slip.at)
    form = AnswerForm(_without_picture(visit.questions[place]), visit.request.POST)
    if posted.button == "continue" and not form.is_valid():
        return _show(visit, form=form)
    answers = {key: value for key, value in visit.slip.answers.items() if key != visit.slip.at}
    if posted.button != "skip" and form.is_valid() and form.answer():
        answers[visit.slip.at] = str(form.answer())
    visit = replace(visit, slip=replace(visit.slip, answers=answers))
    if posted.button == "back":
        return _show(_at(visit, visit.keys[max(place - 1, 0)]))
    is_last = visit.slip.is_checked or place + 1 == len(visit.keys)
    return _show(_at(visit, CHECK if is_last else visit.keys[place + 1]))


def _at(visit: Visit, place: str) -> Visit:
    is_checked = visit.slip.is_checked or place == CHECK
    return replace(visit, slip=replace(visit.slip, at=place, is_checked=is_checked))


def _show(visit: Visit, *, form: AnswerForm | None = None) -> HttpResponse:
    if visit.slip.at not in visit.keys:
        return visit.show("check", rows=_rows(visit))
    place = visit.keys.index(visit.slip.at)
    question = visit.questions[place]
    return visit.show(
        "question",
        form=form or AnswerForm(_without_picture(question), answer=visit.slip.answers.get(question.id)),
        picture=question.easy.picture.removeprefix(HOUSE),
        number=place + 1,
        total=len(visit.keys),
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK,
    )


def _without_picture(question: Question) -> Question:
    """For its form, which shows pictures of published versions; these are drawings of the house."""
    return replace(question, easy=Easy())


def _rows(visit: Visit) -> list[dict[str, Any]]:
    given = visit.given
    return [
        {"question": question, "said": [o.label for o in question.options if o.value == given.get(question.id)]}
        for question in visit.questions
    ]


def _end(visit: Visit, *, is_sent: bool) -> HttpResponse:
    """Count once, or not at all; either way the cookie goes and with it the way back to these pages."""
    is_counted = is_sent and bool(visit.given)
    today = timezone.localdate()
    if is_counted and not counting.count(visit.slip, visit.consultation.organisation, visit.questions, today=today):
        return visit.show("over", status=HTTPStatus.GONE)
    response = visit.show("done", is_counted=is_counted)
    sitting.forget(response)
    return response
