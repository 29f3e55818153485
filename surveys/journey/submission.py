"""Sending: the draft becomes a contribution with new ids, and is gone."""

from dataclasses import dataclass

from django.db import transaction

from feedback.intake import FreeText, Submission, receive
from feedback.models import Channel, Contribution, Use, Voice
from feedback.presealed import Presealed, from_bytes
from surveys import bands
from surveys.definition import TEXT_KINDS, Definition, Part, Question
from surveys.journey import drafts, places
from surveys.journey.progress import Progress
from surveys.models import Answer, Response, SurveyVersion
from surveys.returning import keeping
from surveys.routes import Answer as Given
from surveys.routes import Answers, on_route, route

# A survey does not ask how many a group is: it counts as the fewest that are one.
SMALLEST_GROUP = 2


class NotAgreed(Exception):
    """The person has not said yes to taking part, so nothing of theirs may be received."""


@dataclass(frozen=True)
class Sorted:
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
    given = sort(progress.definition, progress.answers)
    contribution = receive(
        Submission(
            consultation=progress.consultation,
            channel=Channel(progress.draft.channel),
            language=progress.draft.language,
            voice=given.voice,
            people=SMALLEST_GROUP if given.voice is Voice.GROUP else 1,
            consents=given.consents,
            texts=given.texts,
            presealed=_kept(progress),
            with_help=progress.is_helped,
            outreach=progress.draft.outreach,
        )
    )
    keep_closed(contribution, progress.draft.version, given)
    keeping.pass_on(progress.draft, contribution, carry=drafts.carrying_key(progress.sitting))
    drafts.discard(progress.sitting)
    return True


def sort(definition: Definition, answers: Answers) -> Sorted:
    """The answers on the route, by what becomes of them; the others are dropped."""
    kept = on_route(definition, answers)
    questions = [definition.question(question_id) for question_id in kept]
    is_text = {question.id: question.kind in TEXT_KINDS for question in questions}
    return Sorted(
        closed={q.id: bands.kept(q, kept[q.id]) for q in questions if not is_text[q.id]},
        texts=[FreeText(name, str(value)) for name, value in kept.items() if is_text[name]],
        consents=frozenset(use for question in questions for use in _uses(question, kept[question.id])),
        voice=_voice(questions, kept),
    )


def keep_closed(contribution: Contribution, version: SurveyVersion, given: Sorted) -> None:
    """Store the closed answers beside a contribution; joins the caller's transaction."""
    response = Response.objects.create(contribution=contribution, version=version)
    Answer.objects.bulk_create(
        Answer(response=response, question_id=question_id, value=value) for question_id, value in given.closed.items()
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
