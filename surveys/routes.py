"""Which questions an answer opens: definition and answers in, route out. No Django, no clock, no state."""

from collections.abc import Mapping, Sequence
from itertools import product

from surveys.definition import CHOICE_KINDS, TEXT_KINDS, Definition, Part, Question

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


def every_route(definition: Definition) -> dict[tuple[str, ...], dict[str, str]]:
    """Every different sequence of question ids a person can meet, with one set of steering answers that leads there.

    Only values that some rule looks for matter: each steering question is tried with those and with "anything else".
    """
    looked_for: dict[str, set[str]] = {}
    for question in definition.questions:
        if question.show_if:
            looked_for.setdefault(question.show_if.question, set()).update(question.show_if.any_of)
    steering = sorted(looked_for)
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for values in product(*[[*sorted(looked_for[name]), ""] for name in steering]):
        answers = {name: value for name, value in zip(steering, values, strict=True) if value}
        ids = tuple(q.id for q in route(definition, answers))
        found.setdefault(ids, answers)
    return found


def minutes(questions: Sequence[Question]) -> int:
    """How long these questions take to read and answer, in whole minutes, rounded up."""
    seconds = 0.0
    for question in questions:
        words = len(f"{question.label} {question.hint} {' '.join(o.label for o in question.options)}".split())
        seconds += words / WORDS_PER_SECOND + (SECONDS_PER_TEXT if question.kind in TEXT_KINDS else SECONDS_PER_CHOICE)
    return -int(-seconds // 60)


def faults(definition: Definition) -> list[str]:
    """Every reason this definition cannot go live, each a sentence that says what to do. Empty means sound."""
    found: list[str] = []
    seen: dict[str, Question] = {}
    for number, question in enumerate(definition.questions, start=1):
        if question.id in seen:
            found.append(f"Question {number}: the id {question.id} is used twice. Give one of them another id.")
        found.extend(f"Question {number}: {fault}" for fault in _rule_faults(question, seen))
        seen[question.id] = question
    if not any(q.part is Part.TAKE_PART for q in definition.questions):
        found.append("Add a question that asks whether the person agrees to take part.")
    return found


def _rule_faults(question: Question, earlier: Mapping[str, Question]) -> list[str]:
    rule = question.show_if
    if rule is None:
        return []
    steering = earlier.get(rule.question)
    if steering is None:
        return [f"its rule looks at {rule.question}, which does not come before it. Choose an earlier question."]
    if steering.kind not in CHOICE_KINDS:
        return [f"its rule looks at {rule.question}, which has no fixed answers. Choose a choice question."]
    known = {option.value for option in steering.options}
    unknown = [value for value in rule.any_of if value not in known]
    return [f"its rule looks for “{value}”, which {rule.question} does not offer. Correct it." for value in unknown]
