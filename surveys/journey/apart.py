"""Answering with help: who fills this in, and the part the person does alone, which closes behind them.

While that part is open the device is in the person's hands, and no page from before it is taken. Once it is closed no
page shows or changes what was said in it: `Progress.locked` says what that covers; `is_shut` stands before every move.
"""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from surveys import helping
from surveys.definition import Part, Question
from surveys.helping import WITH_HELP, AlonePart, Help
from surveys.journey import drafts, places
from surveys.journey.pages import here
from surveys.journey.posts import Post
from surveys.journey.progress import Progress
from surveys.models import Draft, DraftAnswer
from surveys.routes import Answer

Move = Callable[[HttpRequest, Progress, Post], HttpResponse]
# Pages that belong to the part done alone, beside its questions.
OF_THE_PART = frozenset({places.HANDOVER, places.FINISHED, places.PAUSE, places.STOP})


def is_shut(progress: Progress, place: str) -> bool:
    """Whether a form from this place is not taken at all, whatever it says, so that no answer to it tells anything."""
    if place in progress.locked:
        return True
    if not progress.is_alone or places.kind(place) in OF_THE_PART:
        return False
    return places.is_around(place) or not _is_alone_question(progress, place)


def is_kept_ahead(progress: Progress, question: Question) -> bool:
    """Whether somebody who stops early is still asked this: the consents, and what they should answer alone."""
    if question.part is Part.TAKE_PART:
        return True
    if not progress.is_helped:
        return False
    is_handed_over = progress.draft.alone_part != AlonePart.CLOSED
    return question.alone and (not is_handed_over or question.part is Part.USES)


def after_stopping(progress: Progress, skipped: Mapping[str, Answer]) -> str:
    """Where somebody who is helped and stops early goes: to the part they do alone, or to its end."""
    after = progress
    for question_id in skipped:
        after = after.with_answer(question_id, None)
    return after.onward()


def to_who(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """On from the page about leaving: who fills this in, where the survey asks that."""
    return _go(progress, places.WHO if helping.asks_who(progress.whole) else places.ABOUT)


def back_from_who(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """Back to the page about leaving, where there is one."""
    return _go(progress, places.LEAVING if progress.consultation.is_victim_facing else places.WHO)


def back_from_about(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """Back from "Before you start"."""
    if helping.asks_who(progress.whole):
        return _go(progress, places.HELPING if progress.draft.help in WITH_HELP else places.WHO)
    return _go(progress, places.LEAVING)


def say(said: Help) -> Move:
    """The move that notes who fills this in, and answers the survey's own question about it where that follows."""

    def move(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
        _note(progress, said)
        return here()

    return move


def go_alone(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """The person has the device to themselves now."""
    return _set_part(progress, AlonePart.OPEN)


def stay_together(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """They cannot be alone: what is marked for it is left out. A part that is open closes first."""
    if progress.is_alone and not drafts.close_alone(progress, position=places.HANDOVER):
        return here()
    now = drafts.load(progress.sitting)
    return _set_part(now, AlonePart.TOGETHER) if now else here()


def back_from_handover(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """Back to what was answered together; what was said alone until then stays closed."""
    if progress.is_alone:
        drafts.close_alone(progress, position=progress.last_together())
        return here()
    return _go(progress, progress.last_together())


def back_to_alone(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """Back to the last question of the part, before it is finished."""
    return _go(progress, progress.last_alone() if progress.is_alone else progress.onward())


def finish(request: HttpRequest, progress: Progress, posted: Post) -> HttpResponse:  # noqa: ARG001 - a move
    """The person has finished their part: it closes."""
    if progress.is_alone:
        drafts.close_alone(progress)
        return here()
    return _go(progress, progress.onward())


@transaction.atomic
def _note(progress: Progress, said: Help) -> None:
    asking = helping.voice_question(progress.whole)
    is_changeable = asking is not None and not progress.closed
    position = places.HELPING if said in WITH_HELP else places.ABOUT
    value = helping.settled(progress.whole, said)
    changed = {asking.id: value} if asking and is_changeable and value else None
    if not drafts.advance(progress, position=position, changed=changed) or not is_changeable:
        return
    Draft.objects.filter(pk=progress.draft.pk).update(help=said)
    if asking and not value:
        DraftAnswer.objects.filter(draft=progress.draft, question_id=asking.id).delete()


@transaction.atomic
def _set_part(progress: Progress, part: AlonePart) -> HttpResponse:
    progress.draft.alone_part = part
    if drafts.claim(progress, position=progress.onward()):
        Draft.objects.filter(pk=progress.draft.pk).update(alone_part=part)
    return here()


def _go(progress: Progress, to: str) -> HttpResponse:
    drafts.advance(progress, position=to)
    return here()


def _is_alone_question(progress: Progress, place: str) -> bool:
    return any(question.id == place and question.alone for question in progress.whole.questions)
