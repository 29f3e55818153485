"""What changes when somebody is helped to answer: whose words they are, and which part the person does alone. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from surveys.definition import Definition, Part, Question
from surveys.routes import Answers


class Help(StrEnum):
    """What was said when we asked: are you filling this in yourself?"""

    NOT_SAID = ""
    NONE = "none"
    HELPED = "helped"  # the person holds the device, somebody beside them helps
    HELPING = "helping"  # the helper holds the device and writes down what the person says
    OTHER = "other"  # for somebody who is not there; the survey's own question asks for whom


class AlonePart(StrEnum):
    """Where a helped draft stands with the part that the person does alone."""

    CLOSED = ""  # not begun, or finished: nothing given alone is shown or changed
    OPEN = "open"  # the person has the device to themselves
    TOGETHER = "together"  # they cannot be alone: what is marked for it is left out


class GivenAlone(StrEnum):
    """Whether an answer was given in the part done alone, and whether that part has closed since."""

    NO = ""
    OPEN = "open"
    CLOSED = "closed"


WITH_HELP = frozenset({Help.HELPED, Help.HELPING})


def voice_question(definition: Definition) -> Question | None:
    """The question that asks whose experience it is, if there is one."""
    return next((question for question in definition.questions if question.part is Part.VOICE), None)


def asks_who(definition: Definition) -> bool:
    """Whether this survey is made for helpers too: its question about who answers offers "with help"."""
    asking = voice_question(definition)
    return bool(asking and any(option.helped for option in asking.options))


def settled(definition: Definition, said: Help) -> str | None:
    """The answer to the question about who answers that follows from what was said, so that it is not asked twice.

    None where nothing follows, or more than one answer would fit.
    """
    asking = voice_question(definition)
    if asking is None or said in {Help.NOT_SAID, Help.OTHER}:
        return None
    fitting = [o.value for o in asking.options if o.voice == "first-hand" and o.helped == (said in WITH_HELP)]
    return fitting[0] if len(fitting) == 1 else None


def is_helped(definition: Definition, said: str, answers: Answers) -> bool:
    """Whether the person is there and has help; either of the two questions may have said so."""
    asking = voice_question(definition)
    if said in WITH_HELP:
        return True
    chosen = answers.get(asking.id) if asking else None
    return bool(asking and any(option.helped and option.value == chosen for option in asking.options))


def arranged(definition: Definition, *, part: str, closed: frozenset[str]) -> Definition:
    """The same survey for somebody who is helped: the part they do alone comes last.

    If they cannot be alone, it is left out but for the question how answers may be used, which they then answer
    together: no tick is no, so leaving it out as well would throw away all they said.
    """
    together = [question for question in definition.questions if not question.alone]
    alone = [q for q in definition.questions if q.alone and (part != AlonePart.TOGETHER or _stays(q, closed))]
    return replace(definition, questions=(*together, *alone))


def locked(definition: Definition, closed: Iterable[str]) -> frozenset[str]:
    """The closed questions, and those whose answers decide whether a closed one is asked at all.

    Otherwise somebody could take an answer given alone away again by changing what led to it.
    """
    by_id = {question.id: question for question in definition.questions}
    found: set[str] = set()
    for question_id in closed:
        question = by_id.get(question_id)
        while question is not None and question.id not in found:
            found.add(question.id)
            question = by_id.get(question.show_if.question) if question.show_if else None
    return frozenset(found)


def _stays(question: Question, closed: frozenset[str]) -> bool:
    return question.part is Part.USES or question.id in closed
