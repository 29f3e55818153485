"""What was counted of questions about people in a report's period. Nothing here may be shown: it goes to the gate."""

from collections.abc import Iterable, Sequence
from datetime import date

from analysis.models import Release
from analysis.report.frozen import AboutPeople, report_from_json
from analysis.report.people import Counted, PeopleCounted
from analysis.report.quarters import first_day, half_of, half_of_quarter, last_day_of_half
from feedback.models import Organisation
from surveys.definition import Question
from surveys.equality import bank
from surveys.equality.tallies import who_answered
from surveys.tallies import Tally


def count_people(organisation: Organisation, quarters: Sequence[str], *, today: date) -> PeopleCounted:
    """What was counted in each half-year that these quarters lie in; nothing of a half-year that is not over."""
    halves = sorted({half_of_quarter(quarter) for quarter in quarters})
    asked = {half: _asked(organisation, half) for half in halves}
    over = [half for half in halves if last_day_of_half(half) < today]
    counted = (one for half in over for one in _counted(organisation, half, asked[half]))
    unfinished = tuple(half for half in halves if half not in over and asked[half])
    return PeopleCounted(tuple(counted), unfinished, tuple(_printed(organisation)))


def _asked(organisation: Organisation, half: str) -> tuple[Question, ...]:
    """What the office asked on any day of the half-year. The dates are public, so they tell nothing of who answered."""
    year, number = half_of(half)
    first = first_day(f"{year}-Q{2 * number - 1}")
    return bank.questions_between(organisation, first, last_day_of_half(half))


def _counted(organisation: Organisation, half: str, asked: Iterable[Question]) -> Iterable[Counted]:
    tallies = who_answered(organisation, [half])
    for question in asked:
        counts = tallies.get(question.id, Tally(0, {})).counts
        # A value that is not offered any more was, when somebody chose it.
        options = {option.value: option.label for option in question.options} | {
            value: value for value in counts if value not in {option.value for option in question.options}
        }
        yield Counted(question.id, question.label, half, options, counts)


def _printed(organisation: Organisation) -> Iterable[AboutPeople]:
    for release in Release.objects.filter(consultation__organisation=organisation).order_by("released_on", "number"):
        yield from report_from_json(release.frozen_output()).people.questions
