"""A survey on one sheet: every question numbered, its routes as sentences, for paper and for reading aloud.

Where the journey hides what is not asked, a sheet says where to go on. A run of questions that only some are asked
begins with for whom it is; an option that leads further than to the next question says so below the options.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from surveys.definition import DEFAULT_LIMITS, Definition, Kind, Part, Question, Rule
from surveys.outline import Branch, Step, outline

CHARACTERS_ON_A_LINE = 65  # of handwriting on A4
MOST_LINES = 14


@dataclass(frozen=True)
class GoTo:
    """After one of these labels: the number of the next question, or None for the end."""

    labels: tuple[str, ...]
    number: int | None

    @property
    def either(self) -> str:
        """The labels as “Yes” or “Not yet”."""
        return either(self.labels)


@dataclass(frozen=True)
class Entry:
    """One question on the sheet, with where each answer that skips something leads."""

    number: int
    question: Question
    go_to: tuple[GoTo, ...]
    leaves: tuple[str, ...]  # labels after which nothing more is asked at all

    @property
    def lines(self) -> range:
        """The ruled lines a text gets: room for its limit by hand, and never a whole empty page."""
        characters = self.question.limit or DEFAULT_LIMITS.get(self.question.kind, 0)
        return range(min(-(-characters // CHARACTERS_ON_A_LINE), MOST_LINES))


@dataclass(frozen=True)
class Guard:
    """Before questions that not everybody is asked: which answers to which question lead into them, and past them."""

    first: int
    last: int
    labels: tuple[str, ...]
    steering: int
    otherwise: int | None

    @property
    def either(self) -> str:
        """The labels as “Yes” or “Not yet”."""
        return either(self.labels)


def sheet(definition: Definition) -> tuple[Entry | Guard, ...]:
    """The questions in order, each run of conditional ones with its guard before it."""
    return tuple(_lines(outline(definition), definition))


def either(labels: Sequence[str]) -> str:
    """The labels in quotation marks, with "or" before the last."""
    quoted = [f"“{label}”" for label in labels]
    if len(quoted) < 2:
        return "".join(quoted)
    return _("%(first)s or %(last)s") % {"first": ", ".join(quoted[:-1]), "last": quoted[-1]}


def _lines(items: Sequence[Step | Branch], definition: Definition) -> Iterator[Entry | Guard]:
    for item in items:
        if isinstance(item, Branch):
            yield _guard(item, definition)
            yield from _lines(item.items, definition)
        else:
            yield _entry(item, definition)


def _guard(branch: Branch, definition: Definition) -> Guard:
    numbers = list(_numbers(branch))
    rule = branch.rule
    steering = definition.question(rule.question)
    return Guard(
        first=numbers[0],
        last=numbers[-1],
        labels=tuple(option.label for option in steering.options if option.value in rule.any_of),
        steering=_number(rule, definition),
        otherwise=numbers[-1] + 1 if numbers[-1] < len(definition.questions) else None,
    )


def _numbers(branch: Branch) -> Iterator[int]:
    for item in branch.items:
        if isinstance(item, Branch):
            yield from _numbers(item)
        else:
            yield item.number


def _number(rule: Rule, definition: Definition) -> int:
    return next(n for n, question in enumerate(definition.questions, start=1) if question.id == rule.question)


def _entry(step: Step, definition: Definition) -> Entry:
    question = step.question
    leaves = [o for o in question.options if question.part is Part.TAKE_PART and o.value != "yes"]
    by_number: dict[int | None, list[str]] = {}
    for option in question.options:
        to = _after(step.number, option.value, definition)
        # What several answers together open stands in the guards: one of them alone skips nothing.
        if option not in leaves and question.kind is not Kind.MULTIPLE and to != step.number + 1:
            by_number.setdefault(to, []).append(option.label)
    go_to = tuple(GoTo(tuple(labels), number) for number, labels in by_number.items())
    return Entry(step.number, question, go_to, tuple(option.label for option in leaves))


def _after(number: int, value: str, definition: Definition) -> int | None:
    """The next question after this answer that is or may be asked; one that looks further back has its own guard."""
    here = definition.questions[number - 1].id
    passed: set[str] = set()
    for later, question in enumerate(definition.questions[number:], start=number + 1):
        rule = question.show_if
        if rule and (rule.question in passed or (rule.question == here and value not in rule.any_of)):
            passed.add(question.id)
        else:
            return later
    return None
