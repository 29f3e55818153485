"""Sending: the draft becomes a contribution with new ids, and is gone."""

from dataclasses import dataclass

from django.db import transaction

from feedback.intake import FreeText, Submission, receive
from feedback.models import Channel, Use, Voice
from feedback.presealed import Presealed, from_bytes
from surveys.definition import TEXT_KINDS, Part, Question
from surveys.journey import drafts, places
from surveys.journey.drafts import Progress
from surveys.models import Answer, Response
from surveys.returning import keeping
from surveys.routes import Answer as Given
from surveys.routes import on_route, route

# A survey does not ask how many a group is: it counts as the fewest that are one.
SMALLEST_GROUP = 2


class NotAgreed(Exception):
    """The person has not said yes to taking part, so nothing of theirs may be received."""


@dataclass(frozen=True)
class _Sorted:
    """The answers on the route, by what becomes of them."""

    closed: dict[str, Given]
    texts: list[FreeText]
    consents: frozenset[Use]
    voice: Voice


@transaction.atomic
def send(progress: Progress) -> bool:
    """Receive the answers on the route and delete the draft, all or nothing.

    Returns:
        False, with nothing received, if another post came first.

    Raises:
        NotAgreed: if the person did not agree to take part.
    """
    if not places.has_agreed(progress.definition, progress.answers):
        raise NotAgreed
    if not drafts.claim(progress, position=places.CHECK):
        return False
    given = _sort(progress)
    contribution = receive(
        Submission(
            consultation=progress.consultation,
            channel=Channel(progress.draft.channel),
            voice=given.voice,
            people=SMALLEST_GROUP if given.voice is Voice.GROUP else 1,
            consents=given.consents,
            texts=given.texts,
            presealed=_kept(progress),
        )
    )
    response = Response.objects.create(contribution=contribution, version=progress.draft.version)
    Answer.objects.bulk_create(
        Answer(response=response, question_id=question_id, value=value) for question_id, value in given.closed.items()
    )
    keeping.pass_on(progress.draft, contribution, carry=drafts.carrying_key(progress.sitting))
    drafts.discard(progress.sitting)
    return True


def _sort(progress: Progress) -> _Sorted:
    kept = on_route(progress.definition, progress.answers)
    questions = [progress.definition.question(question_id) for question_id in kept]
    is_text = {question.id: question.kind in TEXT_KINDS for question in questions}
    return _Sorted(
        closed={name: value for name, value in kept.items() if not is_text[name]},
        texts=[FreeText(name, str(value)) for name, value in kept.items() if is_text[name]],
        consents=frozenset(use for question in questions for use in _uses(question, kept[question.id])),
        voice=_voice(questions, kept),
    )


def _kept(progress: Progress) -> list[Presealed]:
    """What was written in earlier sittings to questions on the route, sealed as it is."""
    asked = progress.kept & {question.id for question in route(progress.definition, progress.answers)}
    if not asked:
        return []
    carry = drafts.carrying_key(progress.sitting)
    return [from_bytes(box) for box in keeping.kept_boxes(progress.draft, asked, carry=carry)]


def _uses(question: Question, value: Given) -> list[Use]:
    if question.part is not Part.USES:
        return []
    chosen = [value] if isinstance(value, str) else list(value or ())
    return [Use(name) for name in chosen if name in Use.values]


def _voice(questions: list[Question], kept: dict[str, Given]) -> Voice:
    # Somebody who does not say is taken to speak for themselves.
    for question in questions:
        if question.part is Part.VOICE:
            return next(
                (
                    Voice(option.voice)
                    for option in question.options
                    if option.voice and option.value == kept[question.id]
                ),
                Voice.FIRST_HAND,
            )
    return Voice.FIRST_HAND
