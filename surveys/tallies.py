"""Raw tallies of closed answers, for `analysis` alone: nothing here is protected, so nothing here may be shown.

Callers pass the contributions to count, already narrowed to those whose contributors agreed to counting.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from feedback.models import Contribution
from surveys.definition import CHOICE_KINDS, Kind, Question, from_json
from surveys.models import Answer, SurveyVersion
from surveys.outreach import channels


@dataclass(frozen=True)
class Split:
    """Who chose which value of a breakdown, and what the values are called, in the order they are asked."""

    labels: dict[str, str]
    chosen: dict[UUID, str]


@dataclass(frozen=True)
class Tally:
    """How often each option of a question was chosen, and how many contributions answered it at all."""

    base: int
    counts: dict[str, int]


@dataclass(frozen=True)
class Ranks:
    """Of an order of preference: how many put anything in order, and where they put each option.

    `among` counts an option as often as it stands among the first `NEAR_THE_TOP`.
    """

    base: int
    first: dict[str, int]
    among: dict[str, int]


NEAR_THE_TOP = 3


def breakdown(contributions: QuerySet[Contribution], name: str) -> Split:
    """The breakdown of this name over every version these contributions answered; who skipped it is not in it.

    A value keeps its meaning in all versions; it is called what the newest version calls it.
    """
    labels: dict[str, str] = {}
    chosen: dict[UUID, str] = {}
    for version in _versions(contributions):
        for question in from_json(version.definition).questions:
            if name and question.breakdown == name:
                labels |= {option.value: option.label for option in question.options}
                chosen |= dict(_answers(contributions, version, question))
    return Split(labels, {pk: value for pk, value in chosen.items() if value in labels})


def answers_by_question(contributions: QuerySet[Contribution], version: SurveyVersion) -> dict[str, Tally]:
    """A tally for each choice question of this version, by its id; options nobody chose count 0."""
    return {
        question.id: _tally(contributions, version, question)
        for question in from_json(version.definition).questions
        if question.kind in CHOICE_KINDS
    }


def rankings(contributions: QuerySet[Contribution], version: SurveyVersion) -> dict[str, Ranks]:
    """The ranks of each question of this version that asks for an order, by its id; options nobody placed count 0."""
    return {
        question.id: _ranks(contributions, version, question)
        for question in from_json(version.definition).questions
        if question.kind is Kind.RANKING
    }


def by_outreach(contributions: QuerySet[Contribution]) -> dict[str, int]:
    """How many came by each kind of outreach link; those who followed none are not in it, kinds nobody used count 0."""
    followed = Counter(contributions.order_by().values_list("outreach", flat=True))
    return {channel.name: followed[channel.name] for channel in channels()}


def _versions(contributions: QuerySet[Contribution]) -> QuerySet[SurveyVersion]:
    answered = contributions.order_by().values("response__version")
    return SurveyVersion.objects.filter(pk__in=answered).order_by("published_on", "number")


def _answers(
    contributions: QuerySet[Contribution], version: SurveyVersion, question: Question
) -> Iterator[tuple[UUID, Any]]:
    return (
        Answer.objects.filter(
            question_id=question.id,
            response__version=version,
            response__contribution__in=contributions.order_by().values("pk"),
        )
        .values_list("response__contribution_id", "value")
        .iterator()
    )


def _tally(contributions: QuerySet[Contribution], version: SurveyVersion, question: Question) -> Tally:
    given = [value if isinstance(value, list) else [value] for _, value in _answers(contributions, version, question)]
    counted = Counter(value for values in given for value in values)
    return Tally(len(given), {option.value: counted[option.value] for option in question.options})


def _ranks(contributions: QuerySet[Contribution], version: SurveyVersion, question: Question) -> Ranks:
    orders = [value for _, value in _answers(contributions, version, question)]
    first = Counter(order[0] for order in orders)
    among = Counter(value for order in orders for value in order[:NEAR_THE_TOP])
    values = [option.value for option in question.options]
    return Ranks(len(orders), {value: first[value] for value in values}, {value: among[value] for value in values})
