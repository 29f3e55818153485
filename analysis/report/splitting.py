"""Which breakdowns a consultation's report may be split by, and who chose what in one."""

from collections.abc import Sequence

from analysis.report.quarters import after, first_day
from feedback.models import Consultation, Contribution, Use
from surveys import tallies
from surveys.definition import from_json
from surveys.models import SurveyVersion


def breakdowns_of(consultation: Consultation) -> list[str]:
    """The breakdowns that the consultation's published surveys ask for, in the order asked."""
    found: dict[str, None] = {}
    for version in SurveyVersion.objects.filter(survey__consultation=consultation).order_by("survey", "number"):
        found |= dict.fromkeys(question.breakdown for question in from_json(version.definition).questions)
    return [name for name in found if name]


def split(consultation: Consultation, quarters: Sequence[str], name: str) -> tallies.Split:
    """Who chose which category, among those received in these quarters who agreed to be counted."""
    received = Contribution.objects.filter(
        consultation=consultation,
        received_on__gte=first_day(min(quarters)),
        received_on__lt=first_day(after(max(quarters))),
    )
    return tallies.breakdown(received.agreed_to(Use.STATISTICS), name)
