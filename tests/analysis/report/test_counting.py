"""What each contribution adds to a count, read from the tables."""

import datetime

import pytest

from analysis.coding.places import places
from analysis.coding.recording import Found, code
from analysis.models import MachineReading, Run
from analysis.report.counting import count, pipelines
from analysis.report.splitting import breakdowns_of, split
from analysis.report.tabulating import LeftOut
from feedback.models import Decision, Envelope, Outcome, Passage, Period, SealedText, WithheldFor
from tests.accounts.factories import UserFactory
from tests.analysis.coding.factories import analyst
from tests.analysis.factories import SurveyVersionFactory, answer, contributions, review
from tests.feedback.factories import ConsultationFactory, ContributionFactory

pytestmark = pytest.mark.django_db
PROBLEM = {"communication": "problem"}


@pytest.fixture
def consultation():
    return ConsultationFactory()


def only(consultation, quarters=("2026-Q3",)):
    (one,) = count(consultation, quarters, {})
    return one


def texts():
    return list(SealedText.objects.all())


def unread():
    MachineReading.objects.all().delete()


def withhold():
    for text in texts():
        Decision.objects.create(
            sealed_text=text,
            outcome=Outcome.WITHHELD,
            reason=WithheldFor.LIVE_CASE,
            decided_by=UserFactory(),
            decided_on=datetime.date(2026, 8, 4),
        )


def test_a_machine_reading_counts_until_a_person_has_reviewed_it(consultation):
    contributions(consultation, 1, themes={"delay": "problem"})
    assert dict(only(consultation).themes) == {"delay": "problem"}
    assert (only(consultation).is_reviewed, only(consultation).statements) == (False, 3)
    review(texts(), {"communication": "praise"}, Run.objects.first())
    assert dict(only(consultation).themes) == {"communication": "praise"}
    assert (only(consultation).is_reviewed, only(consultation).statements) == (True, 2)


def test_an_approved_passage_not_read_again_yet_leaves_the_machine_reading_in_place(consultation):
    contributions(consultation, 1, themes=PROBLEM)
    passages = review(texts(), {}, Run.objects.first())
    passages[0].reading.delete()
    assert dict(only(consultation).themes) == PROBLEM
    assert not only(consultation).is_reviewed


def test_what_people_coded_counts_before_the_machine_has_read_the_passage(consultation):
    contributions(consultation, 1, themes=PROBLEM, may_quote=True)
    (passage,) = review(texts(), {}, Run.objects.first())
    passage.reading.delete()
    (place,) = places(passage)
    code(place, [Found("delay", "mixed", place.start, place.end)], by=analyst())
    assert dict(only(consultation).themes) == {"delay": "other"}
    assert (only(consultation).is_reviewed, only(consultation).statements) == (True, 3)
    unread()
    assert (only(consultation).left_out, only(consultation).statements) == (None, 1)


def test_a_contribution_is_reviewed_only_when_all_its_texts_are(consultation):
    (made,) = contributions(consultation, 1, themes=PROBLEM)
    review(texts(), PROBLEM, Run.objects.first())
    second = SealedText.objects.create(
        contribution=made, question_id="Q10", period=Period.objects.first(), ciphertext=b"sealed"
    )
    MachineReading.objects.create(sealed_text=second, run=Run.objects.first(), statements=5)
    assert not only(consultation).is_reviewed
    assert only(consultation).statements == 7


def test_problem_in_one_text_and_praise_in_another_is_both(consultation):
    (made,) = contributions(consultation, 1, themes=PROBLEM)
    second = SealedText.objects.create(
        contribution=made, question_id="Q10", period=Period.objects.first(), ciphertext=b"sealed"
    )
    reading = MachineReading.objects.create(sealed_text=second, run=Run.objects.first(), statements=1)
    reading.tags.create(theme="communication", valence="praise", source="rule")
    assert only(consultation).themes["communication"] == "other"


def lose_key():
    Envelope.objects.all().delete()


def destroy_period():
    Period.objects.update(key_destroyed_on=datetime.date(2027, 1, 1))


@pytest.mark.parametrize(
    ("facts", "steps", "reason"),
    [
        ({"may_statistics": False}, [], LeftOut.NO_CONSENT),
        ({"may_statistics": False, "language": "ur"}, [unread], LeftOut.NO_CONSENT),
        ({}, [unread], LeftOut.AWAITING),
        ({}, [withhold], LeftOut.WITHHELD),
        ({"language": "ur"}, [unread], LeftOut.NOT_ENGLISH),
        ({"language": "ur"}, [], None),
        ({"language": "en-GB"}, [unread], LeftOut.AWAITING),
        ({}, [unread, lose_key], LeftOut.DAMAGED),
        ({}, [unread, destroy_period], LeftOut.DAMAGED),
        ({}, [destroy_period], None),
        ({}, [], None),
    ],
)
def test_who_is_left_out_has_a_reason(consultation, facts, steps, reason):
    contributions(consultation, 1, themes=PROBLEM, **facts)
    for step in steps:
        step()
    assert only(consultation).left_out == reason


def test_without_words_there_is_nothing_to_read(consultation):
    ContributionFactory(consultation=consultation, received_on=datetime.date(2026, 8, 3))
    assert only(consultation).left_out == LeftOut.NO_WORDS


def test_words_withheld_count_for_nothing_though_others_of_the_same_contribution_do(consultation):
    (made,) = contributions(consultation, 1, themes=PROBLEM)
    withhold()
    second = SealedText.objects.create(
        contribution=made, question_id="Q10", period=Period.objects.first(), ciphertext=b"sealed"
    )
    MachineReading.objects.create(sealed_text=second, run=Run.objects.first(), statements=1)
    assert only(consultation).left_out is None
    assert dict(only(consultation).themes) == {}


@pytest.mark.parametrize(
    ("day", "counted"),
    [("2026-06-30", False), ("2026-07-01", True), ("2026-09-30", True), ("2026-10-01", False)],
)
def test_a_quarter_begins_and_ends_with_its_days(consultation, day, counted):
    ContributionFactory(consultation=consultation, received_on=datetime.date.fromisoformat(day))
    assert len(count(consultation, ["2026-Q3"], {})) == counted


def test_other_consultations_are_not_counted(consultation):
    contributions(ConsultationFactory(), 3, themes=PROBLEM)
    assert count(consultation, ["2026-Q3"], {}) == []


def test_no_contribution_vanishes(consultation):
    contributions(consultation, 4, themes=PROBLEM)
    contributions(consultation, 3, may_statistics=False)
    ContributionFactory(consultation=consultation, received_on=datetime.date(2026, 8, 3))
    assert len(count(consultation, ["2026-Q3"], {})) == 8


def test_a_passage_that_was_withdrawn_leaves_no_tag_behind(consultation):
    (made,) = contributions(consultation, 1, themes=PROBLEM, reviewed=True)
    made.delete()
    assert (Passage.objects.count(), count(consultation, ["2026-Q3"], {})) == (0, [])


def test_the_breakdown_is_read_from_the_closed_answers(consultation):
    version = SurveyVersionFactory(consultation=consultation)
    (stalked,) = contributions(consultation, 1, version=version, crime_type="stalking")
    (silent,) = contributions(consultation, 1, version=version)
    (odd,) = contributions(consultation, 1)
    answer([odd], version, "no-longer-offered")
    found = split(consultation, ["2026-Q3"], "crime-type")
    assert found.chosen == {stalked.pk: "stalking"}
    assert list(found.labels) == ["domestic-abuse", "stalking", "hate-crime"]
    assert breakdowns_of(consultation) == ["crime-type"]
    by_id = {one.id: one.category for one in count(consultation, ["2026-Q3"], found.chosen)}
    assert (by_id[stalked.pk], by_id[silent.pk], by_id[odd.pk]) == ("stalking", "", "")


def test_the_answers_of_those_who_are_not_counted_are_not_read(consultation):
    version = SurveyVersionFactory(consultation=consultation)
    contributions(consultation, 2, version=version, crime_type="stalking", may_statistics=False)
    assert split(consultation, ["2026-Q3"], "crime-type").chosen == {}


def test_an_empty_breakdown_splits_nothing(consultation):
    SurveyVersionFactory(consultation=consultation)
    found = split(consultation, ["2026-Q3"], "")
    assert (found.labels, found.chosen) == ({}, {})


def test_the_pipelines_that_read_a_consultation_are_named_once(consultation):
    contributions(consultation, 3, themes=PROBLEM, reviewed=True)
    assert pipelines(consultation) == ("test-rules-v1",)
    assert pipelines(ConsultationFactory()) == ()
