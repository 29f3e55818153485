"""Which category of a breakdown each contribution chose, read from the closed answers of the surveys."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from feedback.models import Consultation
from surveys.definition import Definition, Option, from_json
from surveys.models import Answer, SurveyVersion


@dataclass(frozen=True)
class Breakdown:
    """A way to split contributions: its categories with their labels, in the order asked, and who chose which."""

    slug: str
    categories: dict[str, str]
    chosen: dict[UUID, str]


def breakdown(consultation: Consultation, slug: str) -> Breakdown:
    """The breakdown of this name as the consultation's published surveys ask it; an empty name splits nothing."""
    categories: dict[str, str] = {}
    chosen: dict[UUID, str] = {}
    for version, question_id, options in _asked(consultation, slug):
        categories |= {option.value: option.label for option in options}
        answers = Answer.objects.filter(response__version=version, question_id=question_id)
        chosen |= dict(answers.values_list("response__contribution_id", "value"))
    return Breakdown(slug, categories, {pk: value for pk, value in chosen.items() if value in categories})


def breakdowns_of(consultation: Consultation) -> list[str]:
    """The breakdowns that the consultation's published surveys can give, in the order asked."""
    found: dict[str, None] = {}
    for _, definition in _definitions(consultation):
        found |= dict.fromkeys(question.breakdown for question in definition.questions if question.breakdown)
    return list(found)


def _asked(consultation: Consultation, slug: str) -> Iterator[tuple[SurveyVersion, str, tuple[Option, ...]]]:
    for version, definition in _definitions(consultation):
        for question in definition.questions:
            if slug and question.breakdown == slug:
                yield version, question.id, question.options


def _definitions(consultation: Consultation) -> Iterator[tuple[SurveyVersion, Definition]]:
    for version in SurveyVersion.objects.filter(survey__consultation=consultation).order_by("survey", "number"):
        yield version, from_json(version.definition)
