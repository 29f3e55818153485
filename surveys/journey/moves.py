"""What each button does: every move is one accepted post, and a post that comes late changes nothing."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from surveys.definition import Part, Question
from surveys.helping import Help
from surveys.journey import about_you, apart, drafts, handing, pages, places, sitting, submission
from surveys.journey.forms import AnswerForm
from surveys.journey.pages import here
from surveys.journey.posts import Post
from surveys.journey.progress import Progress
from surveys.offering import locale
from surveys.routes import Answer

STILL_SAY_IT = gettext_noop(
    "You opened this page some time ago and have gone on since. Nothing has been changed yet. "
    "If this is what you want to say, choose Continue."
)
Move = Callable[[HttpRequest, Progress, Post], HttpResponse]


def make(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    """Do what the button says, or show again what belongs together if the form is from an earlier step."""
    if apart.is_shut(progress, posted.place):
        return here()
    if posted.button == "mode":
        return _in_another_mode(request, progress, posted)
    if posted.button == "language":
        return _speak(request, progress, posted)
    if posted.step != progress.draft.step:
        return _late(request, progress, posted)
    if not places.is_around(posted.place):
        return _from_question(request, progress, posted)
    move = MOVES.get((places.kind(posted.place), posted.button))
    return move(request, progress, posted) if move else here()


def _in_another_mode(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    """The same page in other words. What was typed is kept, or shown again where it cannot be kept as it is."""
    drafts.change_mode(progress, posted.mode)
    now = drafts.load(progress.sitting) or progress
    if places.is_around(posted.place) or posted.step != now.draft.step:
        return here() if places.is_around(posted.place) else _late(request, now, posted)
    return _from_question(request, now, posted)


def _from_question(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    if not progress.is_open(posted.place):
        return here()
    question = progress.definition.question(posted.place)
    if posted.button == "skip" and question.part is not Part.TAKE_PART:
        after = progress.with_answer(question.id, None)
        return _go(request, progress, posted, after.onward(), {question.id: None})
    form = AnswerForm(question, request.POST)
    is_leaving = posted.button in {"back", "stop", "pause", "mode", "language"}
    if is_leaving:
        form.fields["answer"].required = False
    if not form.is_valid():
        return pages.show(request, progress, posted.place, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return (
        _kept(request, progress, posted, question, form) if not is_leaving else _left(request, progress, posted, form)
    )


def _speak(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    """The same page in another language; what was typed on it is kept as it is when somebody pauses."""
    if posted.language in {one.code for one in progress.languages}:
        progress = drafts.speak(progress, posted.language)
    with translation.override(locale(progress.sitting.language)):
        response = _say_again(request, progress, posted)
    sitting.remember(response, progress.sitting)
    return response


def _say_again(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    if posted.step != progress.draft.step:
        return _late(request, progress, posted)
    if not places.is_around(posted.place):
        return _from_question(request, progress, posted)
    if posted.place == places.WORDS and "held" in request.POST:
        return handing.show_again(request, progress, posted)
    return here()


def _kept(request: HttpRequest, progress: Progress, posted: Post, question: Question, form: AnswerForm) -> HttpResponse:
    after = progress.with_answer(question.id, form.answer())
    return _go(request, progress, posted, after.onward(), {question.id: form.answer()})


def _left(request: HttpRequest, progress: Progress, posted: Post, form: AnswerForm) -> HttpResponse:
    """Back, stop or pause: what was typed is kept, and a question that is still empty stays unseen."""
    is_said = form.answer() is not None or posted.place in progress.seen
    changed = {posted.place: form.answer()} if is_said else {}
    after = progress.with_answer(posted.place, form.answer()) if changed else progress
    aside = {"stop": places.STOP, "pause": places.pause_at(posted.place)}
    aside |= dict.fromkeys(("mode", "language"), posted.place)
    to = aside.get(posted.button) or after.back(posted.place)
    return _go(request, progress, posted, to, changed)


def _go(
    request: HttpRequest, progress: Progress, posted: Post, to: str, changed: dict[str, Answer] | None = None
) -> HttpResponse:
    if drafts.advance(progress, position=to, changed=changed, earlier=request.POST.get("earlier", "")):
        return here()
    now = drafts.load(progress.sitting)
    return _late(request, now, posted) if now else here()


def _late(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    """A form from an earlier step: a second click, Back, a second tab or a replay.

    If it says what is known already, or says nothing, there is nothing to do. Otherwise the question it belongs to is
    shown with what was typed, to be sent again knowingly; nothing is kept and no other question is touched.
    """
    if places.is_around(posted.place) or posted.button == "skip" or not _says_something_new(request, progress, posted):
        return here()
    if not progress.is_open(posted.place):
        notice = _("That answer was not kept: the question it belongs to is no longer asked.")
        return pages.show(request, progress, progress.place(), notice=notice, status=HTTPStatus.CONFLICT)
    form = AnswerForm(progress.definition.question(posted.place), request.POST)
    return pages.show(request, progress, posted.place, form=form, notice=_(STILL_SAY_IT), status=HTTPStatus.CONFLICT)


def _says_something_new(request: HttpRequest, progress: Progress, posted: Post) -> bool:
    if posted.place not in {question.id for question in progress.definition.questions}:
        return False
    form = AnswerForm(progress.definition.question(posted.place), request.POST)
    form.fields["answer"].required = False
    if not form.is_valid():
        return True
    return form.answer() not in (None, progress.answers.get(posted.place))


def _to(place: str) -> Move:
    """The move that shows another page around the questions and changes nothing else."""
    return lambda request, progress, posted: _go(request, progress, posted, place)


def _start(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    return _go(request, progress, posted, progress.onward())


def _resume(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    """After a pause: the question it began at, or where the person can be if that has closed."""
    question_id = places.paused_at(posted.place)
    return _go(request, progress, posted, question_id if progress.is_open(question_id) else progress.onward())


def _back(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    return _go(request, progress, posted, progress.back(posted.place))


def _back_from_words(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    ahead = places.onward(progress.definition, progress.answers, progress.seen)
    to = progress.back(ahead)
    return _go(request, progress, posted, progress.last_together() if to == places.HANDOVER else to)


def _change(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    is_known = posted.change in {question.id for question in progress.definition.questions}
    if not is_known or not progress.is_open(posted.change):
        return here()
    return _go(request, progress, posted, posted.change)


def _keep(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    """Stop here and keep what was said: whatever is still ahead counts as skipped, except the consent itself."""
    ahead = places.unseen(progress.definition, progress.answers, progress.seen)
    skipped: dict[str, Answer] = {q.id: None for q in ahead if not apart.is_kept_ahead(progress, q)}
    to = apart.after_stopping(progress, skipped) if progress.is_helped else places.CHECK
    return _go(request, progress, posted, to, skipped)


def _delete(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    drafts.discard(progress.sitting)
    response = pages.show_end(request, "deleted", progress.consultation, progress=progress)
    sitting.forget(response)
    return response


def _send(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:
    try:
        is_first = submission.send(progress)
    except submission.NotAgreed:
        return _go(request, progress, posted, progress.onward())
    if not is_first:
        return here()
    # Shown at once and not by way of a redirect: only now is it known which support to name, and it is kept nowhere.
    offered = about_you.offer(progress.consultation)
    told = {"progress": progress, "has_words": progress.has_words, **offered}
    response = pages.show_end(request, "sent", progress.consultation, **told)
    sitting.finish(response, progress.consultation.pk, language=progress.draft.language, is_easy=progress.is_easy)
    return response


MOVES: dict[tuple[str, str], Move] = {
    (places.START, "yes"): _to(places.DANGER),
    (places.START, "no"): _to(places.LEAVING),
    (places.START, "continue"): _to(places.LEAVING),
    (places.DANGER, "back"): _to(places.START),
    (places.DANGER, "continue"): _to(places.LEAVING),
    (places.DANGER, "delete"): _delete,
    (places.LEAVING, "back"): _to(places.START),
    (places.LEAVING, "continue"): apart.to_who,
    (places.WHO, "back"): apart.back_from_who,
    (places.WHO, "none"): apart.say(Help.NONE),
    (places.WHO, "helped"): apart.say(Help.HELPED),
    (places.WHO, "helping"): apart.say(Help.HELPING),
    (places.WHO, "other"): apart.say(Help.OTHER),
    (places.HELPING, "back"): _to(places.WHO),
    (places.HELPING, "continue"): _to(places.ABOUT),
    (places.ABOUT, "back"): apart.back_from_about,
    (places.ABOUT, "continue"): _start,
    (places.ABOUT, "young"): _to(places.YOUNG),
    (places.YOUNG, "back"): _to(places.ABOUT),
    (places.YOUNG, "delete"): _delete,
    (places.PAUSE, "continue"): _resume,
    (places.PAUSE, "stop"): _to(places.STOP),
    (places.WORDS, "back"): _back_from_words,
    (places.WORDS, "give"): handing.offer,
    (places.WORDS, "written"): handing.ask_back,
    (places.WORDS, "again"): handing.show_again,
    (places.WORDS, "retyped"): handing.take,
    (places.WORDS, "skip"): handing.refuse,
    (places.HANDOVER, "back"): apart.back_from_handover,
    (places.HANDOVER, "alone"): apart.go_alone,
    (places.HANDOVER, "together"): apart.stay_together,
    (places.HANDOVER, "delete"): _delete,
    (places.FINISHED, "back"): apart.back_to_alone,
    (places.FINISHED, "finished"): apart.finish,
    (places.FINISHED, "delete"): _delete,
    (places.CHECK, "words"): _to(places.WORDS),
    (places.CHECK, "back"): _back,
    (places.CHECK, "change"): _change,
    (places.CHECK, "delete"): _delete,
    (places.CHECK, "send"): _send,
    (places.STOP, "back"): _start,
    (places.STOP, "keep"): _keep,
    (places.STOP, "delete"): _delete,
    (places.DECLINED, "back"): _back,
    (places.DECLINED, "delete"): _delete,
}
