"""The survey as a list that nests where it branches, in reading order: what the checks page and the drawing show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from surveys.definition import Definition, Question, Rule


@dataclass(frozen=True)
class Step:
    """One question of the outline, with its place in the survey, counted from 1."""

    number: int
    question: Question


@dataclass(frozen=True)
class Branch:
    """Questions in a row that are asked under one condition; inside may be further branches."""

    rule: Rule
    sentence: str
    items: tuple["Step | Branch", ...]


Path = tuple[Rule, ...]


def outline(definition: Definition) -> tuple[Step | Branch, ...]:
    """Every question in order, the conditional ones inside branches."""
    steps = [(_path(q, definition), Step(n, q)) for n, q in enumerate(definition.questions, start=1)]
    return tuple(_nested(steps, 0, definition))


def rule_sentence(rule: Rule, definition: Definition) -> str:
    """The rule in words: Asked only if VE-03 is “Yes” or “Not yet”."""
    labels = {o.value: o.label for q in definition.questions if q.id == rule.question for o in q.options}
    answers = [f"“{labels.get(value, value)}”" for value in rule.any_of]
    listed = " or ".join([", ".join(answers[:-1]), answers[-1]]) if len(answers) > 1 else "".join(answers)
    return f"Asked only if {rule.question} is {listed}."


def _path(question: Question, definition: Definition) -> Path:
    """The rules that lead to the question, the first one first; it ends where a rule looks at nothing or goes round."""
    path: list[Rule] = []
    by_id = {q.id: q for q in definition.questions}
    current: Question | None = question
    while current and current.show_if and current.show_if not in path:
        path.insert(0, current.show_if)
        current = by_id.get(current.show_if.question)
    return tuple(path)


def _nested(steps: Sequence[tuple[Path, Step]], depth: int, definition: Definition) -> Iterator[Step | Branch]:
    def rule_here(step: tuple[Path, Step]) -> Rule | None:
        return step[0][depth] if len(step[0]) > depth else None

    for rule, group in groupby(steps, key=rule_here):
        members = list(group)
        if rule is None:
            yield from (step for _, step in members)
        else:
            inside = tuple(_nested(members, depth + 1, definition))
            yield Branch(rule, rule_sentence(rule, definition), inside)
