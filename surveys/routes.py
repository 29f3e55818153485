"""Which questions an answer opens: definition and answers in, route out. No Django, no clock, no state."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from surveys.definition import TEXT_KINDS, Definition, Kind, Part, Question
from surveys.soundness import faults, warnings

__all__ = [
    "Answer",
    "Answers",
    "Spread",
    "every_route",
    "faults",
    "following",
    "is_shown",
    "minutes",
    "on_route",
    "preceding",
    "route",
    "spread",
    "walks",
    "warnings",
]

Answer = str | Sequence[str] | None
Answers = Mapping[str, Answer]

SECONDS_PER_CHOICE = 12
SECONDS_PER_TEXT = 75
WORDS_PER_SECOND = 3.3  # about 200 words a minute, slower than silent reading so that nobody is hurried


def is_shown(question: Question, answers: Answers) -> bool:
    """Whether earlier answers open this question. A skipped question opens nothing that depends on it."""
    if question.show_if is None:
        return True
    given = answers.get(question.show_if.question)
    values = {given} if isinstance(given, str) else set(given or ())
    return bool(values & set(question.show_if.any_of))


def route(definition: Definition, answers: Answers) -> tuple[Question, ...]:
    """The questions this person is asked, in order, as far as their answers so far say.

    Someone who does not agree to take part is asked nothing more. An answer off the route opens nothing.
    """
    taken: list[Question] = []
    on_route: dict[str, Answer] = {}
    for question in definition.questions:
        if not is_shown(question, on_route):
            continue
        taken.append(question)
        on_route[question.id] = answers.get(question.id)
        if question.part is Part.TAKE_PART and answers.get(question.id) not in (None, "yes"):
            break
    return tuple(taken)


def following(definition: Definition, answers: Answers, question_id: str) -> Question | None:
    """The question after this one on the route, or None at its end."""
    steps = route(definition, answers)
    ids = [question.id for question in steps]
    position = ids.index(question_id) + 1 if question_id in ids else 0
    return steps[position] if position < len(steps) else None


def preceding(definition: Definition, answers: Answers, question_id: str) -> Question | None:
    """The question before this one on the route, or None at its start."""
    steps = route(definition, answers)
    ids = [question.id for question in steps]
    position = ids.index(question_id) - 1 if question_id in ids else -1
    return steps[position] if position >= 0 else None


def on_route(definition: Definition, answers: Answers) -> dict[str, Answer]:
    """Only the answers whose questions are on the route; the rest are dropped at submit."""
    return {q.id: answers[q.id] for q in route(definition, answers) if answers.get(q.id) not in (None, "", [], ())}


def every_route(definition: Definition) -> dict[tuple[str, ...], Answers]:
    """Every different sequence of question ids a person who takes part can meet, with answers that lead there.

    A survey with many independent branches has very many: `spread` counts them without walking them all.
    """
    return {tuple(q.id for q in steps): answers for steps, answers in walks(definition)}


def walks(definition: Definition) -> Iterator[tuple[tuple[Question, ...], Answers]]:
    """The different routes one after another, each with the steering answers that lead along it."""
    turns = {question.id: _turns(question, definition) for question in definition.questions}
    yield from _walk(definition.questions, turns, (), {})


def _walk(
    ahead: Sequence[Question],
    turns: Mapping[str, Sequence[Answer]],
    taken: tuple[Question, ...],
    answers: Answers,
) -> Iterator[tuple[tuple[Question, ...], Answers]]:
    for position, question in enumerate(ahead):
        if not is_shown(question, answers):
            continue
        taken = (*taken, question)
        if turns[question.id]:
            for answer in turns[question.id]:
                given = {**answers, question.id: answer} if answer else answers
                yield from _walk(ahead[position + 1 :], turns, taken, given)
            return
    yield taken, answers


def _turns(question: Question, definition: Definition) -> list[Answer]:
    """Answers to this question that differ in what they open, one for each difference; empty if it opens nothing.

    The empty answer stands for a skip and for every answer that opens nothing.
    """
    opened = {option.value: _opened(question, option.value, definition) for option in question.options}
    if not any(opened.values()):
        return []
    if question.part is Part.TAKE_PART:
        return ["yes"]
    if question.kind is not Kind.MULTIPLE:
        # Reversed, so that the first of several equal options is the one kept.
        one_each = {ids: value for value, ids in reversed(opened.items()) if ids}
        return [*reversed(one_each.values()), ""]
    sets: dict[frozenset[str], tuple[str, ...]] = {frozenset(): ()}
    for value, ids in opened.items():
        for known, chosen in list(sets.items()):
            sets.setdefault(known | ids, (*chosen, value))
    return list(sets.values())


def _opened(question: Question, value: str, definition: Definition) -> frozenset[str]:
    return frozenset(
        other.id
        for other in definition.questions
        if other.show_if and other.show_if.question == question.id and value in other.show_if.any_of
    )


def minutes(questions: Sequence[Question]) -> int:
    """How long these questions take to read and answer, in whole minutes, rounded up."""
    return _whole_minutes(sum(_seconds(question) for question in questions))


def _seconds(question: Question) -> float:
    words = len(f"{question.label} {question.hint} {' '.join(o.label for o in question.options)}".split())
    # To put things in order is a choice for each of them.
    choices = len(question.options) if question.kind is Kind.RANKING else 1
    answering = SECONDS_PER_TEXT if question.kind in TEXT_KINDS else SECONDS_PER_CHOICE * choices
    return words / WORDS_PER_SECOND + answering


def _whole_minutes(seconds: float) -> int:
    return -int(-seconds // 60)


@dataclass(frozen=True)
class Spread:
    """How many routes there are, and the shortest and longest in pages and in minutes, for people who take part."""

    routes: int
    pages: tuple[int, int]
    minutes: tuple[int, int]


def spread(definition: Definition) -> Spread:
    """The routes counted and measured without walking them: every question depends on one earlier one at most."""

    def over(fold: Callable[[Iterable[float]], float], weight: Callable[[Question], float]) -> float:
        return sum(_weight(q, definition, fold, weight) for q in definition.questions if q.show_if is None)

    return Spread(
        routes=prod(_count(q, definition) for q in definition.questions if q.show_if is None),
        pages=(int(over(min, lambda _: 1)), int(over(max, lambda _: 1))),
        minutes=(_whole_minutes(over(min, _seconds)), _whole_minutes(over(max, _seconds))),
    )


def _branches(question: Question, definition: Definition) -> list[list[Question]]:
    """What each different answer to this question opens directly."""
    turns = _turns(question, definition) or [""]
    return [
        [q for q in definition.questions if q.show_if and q.show_if.question == question.id and is_shown(q, given)]
        for given in ({question.id: answer} for answer in turns)
    ]


def _count(question: Question, definition: Definition) -> int:
    return sum(prod(_count(child, definition) for child in branch) for branch in _branches(question, definition))


def _weight(
    question: Question,
    definition: Definition,
    fold: Callable[[Iterable[float]], float],
    weight: Callable[[Question], float],
) -> float:
    branches = _branches(question, definition)
    return weight(question) + fold(
        sum(_weight(child, definition, fold, weight) for child in branch) for branch in branches
    )
