"""Where in the journey somebody is: a question's id, or one of the pages around the questions.

A place is never part of an address; it lives in the draft and, signed, in each form.
"""

from collections.abc import Sequence

from surveys.definition import Definition, Part, Question
from surveys.routes import Answers, preceding, route

# A question id is a slug, so a colon keeps these apart from any question.
START = ""  # is anybody in danger now?
DANGER = ":danger"
LEAVING = ":leaving"
WHO = ":who"  # are you filling this in yourself?
HELPING = ":helping"  # what helping means
ABOUT = ":about"
YOUNG = ":young"
PAUSE = ":pause"  # with the question's id after another colon, to come back to it
WORDS = ":words"  # return words are offered
HANDOVER = ":handover"  # the device goes to the person, for the part they do alone
FINISHED = ":finished"  # and they say that they have finished it
CHECK = ":check"
STOP = ":stop"
DECLINED = ":declined"


def first(*, is_victim_facing: bool, asks_who: bool = False) -> str:
    """Where a sitting begins: with the question about danger, where somebody answering could be in it."""
    if is_victim_facing:
        return START
    return WHO if asks_who else ABOUT


def pause_at(question_id: str) -> str:
    """The pause that leads back to this question."""
    return f"{PAUSE}:{question_id}"


def paused_at(place: str) -> str:
    """The question that a pause leads back to."""
    return place.removeprefix(f"{PAUSE}:")


def kind(place: str) -> str:
    """Which page around the questions this is, without what it remembers; empty for the start."""
    return PAUSE if place.startswith(f"{PAUSE}:") else place


def is_around(place: str) -> bool:
    """Whether this is a page around the questions and not a question."""
    return place == START or place.startswith(":")


def unseen(definition: Definition, answers: Answers, seen: frozenset[str]) -> tuple[Question, ...]:
    """The questions on the route that have been neither answered nor skipped, in order."""
    return tuple(question for question in route(definition, answers) if question.id not in seen)


def has_declined(definition: Definition, answers: Answers) -> bool:
    """Whether the person said no to taking part."""
    return _declines(route(definition, answers), answers)


def has_agreed(definition: Definition, answers: Answers) -> bool:
    """Whether the person said yes to taking part; only then is anything received."""
    consent = [q for q in route(definition, answers) if q.part is Part.TAKE_PART]
    return bool(consent) and all(answers.get(q.id) == "yes" for q in consent)


def onward(definition: Definition, answers: Answers, seen: frozenset[str]) -> str:
    """Where "Continue" leads: the first question not seen yet, or to check answers when there is none."""
    return _onward(route(definition, answers), answers, seen)


def is_open(definition: Definition, answers: Answers, seen: frozenset[str], place: str) -> bool:
    """Whether a question may be shown: it is on the route, and seen before or next, so nobody jumps ahead."""
    steps = route(definition, answers)
    is_on_route = any(question.id == place for question in steps)
    return is_on_route and (place in seen or place == _onward(steps, answers, seen))


def _onward(steps: Sequence[Question], answers: Answers, seen: frozenset[str]) -> str:
    if _declines(steps, answers):
        return DECLINED
    return next((question.id for question in steps if question.id not in seen), CHECK)


def _declines(steps: Sequence[Question], answers: Answers) -> bool:
    return any(q.part is Part.TAKE_PART and answers.get(q.id) not in (None, "yes") for q in steps)


def back(definition: Definition, answers: Answers, place: str) -> str:
    """Where "Back" leads from a question or from a page around them."""
    steps = route(definition, answers)
    if place in {CHECK, DECLINED}:
        return steps[-1].id if steps else ABOUT
    before = preceding(definition, answers, place)
    return before.id if before else ABOUT
