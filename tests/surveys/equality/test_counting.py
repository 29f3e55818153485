"""Counts that grow by one, once for each slip, and rows that stand for nobody."""

import datetime
import threading

import pytest
from django.db import connection, connections

from surveys.definition import Kind, Option, Question
from surveys.equality import counting, slip
from surveys.equality.tallies import who_answered
from surveys.models import EqualityCount, UsedSlip
from surveys.tallies import Tally
from tests.feedback.factories import OrganisationFactory

DAY = datetime.date(2026, 9, 30)
ASKED = (
    Question("age", Kind.SINGLE, "How old?", options=(Option("young", "Young"), Option("old", "Old"))),
    Question("sex", Kind.SINGLE, "Which?", options=(Option("female", "Female"), Option("male", "Male"))),
)


def filled(**answers):
    return slip.Slip(**{**vars(slip.new(DAY)), "answers": answers})


@pytest.fixture
def office(db):
    return OrganisationFactory()


def test_each_value_is_counted_in_its_half_year(office):
    counting.count(filled(age="young", sex="male"), office, ASKED, today=DAY)
    counting.count(filled(age="young"), office, ASKED, today=DAY)
    counting.count(filled(age="old"), office, ASKED, today=datetime.date(2027, 1, 1))
    assert set(EqualityCount.objects.values_list("half", "question", "value", "count")) == {
        ("2026-H2", "age", "young", 2),
        ("2026-H2", "sex", "male", 1),
        ("2027-H1", "age", "old", 1),
    }


def test_no_row_stands_for_a_person_or_a_moment(office):
    for _ in range(5):
        counting.count(filled(age="young", sex="male"), office, ASKED, today=DAY)
    assert EqualityCount.objects.count() == 2
    assert {field.name for field in EqualityCount._meta.fields} == {
        "id", "organisation", "half", "question", "value", "count",
    }  # fmt: skip
    # The mark of a slip is no slip: it holds a digest and a day.
    assert {field.name for field in UsedSlip._meta.fields} == {"id", "used_on"}


def test_a_slip_is_counted_once(office):
    said = filled(age="young")
    assert counting.count(said, office, ASKED, today=DAY)
    assert not counting.count(said, office, ASKED, today=DAY)
    assert EqualityCount.objects.get().count == 1


def test_the_mark_of_a_slip_is_not_stored_as_it_is(office):
    said = filled(age="young")
    counting.count(said, office, ASKED, today=DAY)
    assert UsedSlip.objects.get().id.hex != said.mark


def test_what_is_not_asked_or_not_offered_is_not_counted(office):
    counting.count(filled(age="ancient", colour="red", sex="male"), office, ASKED, today=DAY)
    assert EqualityCount.objects.get().value == "male"


def test_a_failure_on_the_way_counts_nothing_and_leaves_the_slip_good(office, monkeypatch):
    said, once = filled(age="young", sex="male"), counting._one_more

    def break_down(organisation, half, question, value):
        once(organisation, half, question, value)
        if question == "sex":
            raise RuntimeError

    monkeypatch.setattr(counting, "_one_more", break_down)
    with pytest.raises(RuntimeError):
        counting.count(said, office, ASKED, today=DAY)
    monkeypatch.undo()
    assert not EqualityCount.objects.exists()
    assert counting.count(said, office, ASKED, today=DAY)


def test_marks_are_forgotten_once_their_slips_cannot_come_back(office):
    counting.count(filled(age="young"), office, ASKED, today=DAY)
    assert counting.forget_used(DAY + datetime.timedelta(days=1)) == 0
    assert slip.unlock(slip.lock(filled(), office.pk), office.pk, today=DAY + datetime.timedelta(days=1))
    assert slip.unlock(slip.lock(filled(), office.pk), office.pk, today=DAY + datetime.timedelta(days=2)) is None
    assert counting.forget_used(DAY + datetime.timedelta(days=2)) == 1


def test_the_tallies_add_up_over_half_years(office):
    other = OrganisationFactory()
    counting.count(filled(age="young", sex="male"), office, ASKED, today=DAY)
    counting.count(filled(age="old"), office, ASKED, today=datetime.date(2026, 1, 1))
    counting.count(filled(age="old"), other, ASKED, today=DAY)
    assert who_answered(office, ["2026-H1", "2026-H2"]) == {
        "age": Tally(2, {"young": 1, "old": 1}),
        "sex": Tally(1, {"male": 1}),
    }
    assert who_answered(office, ["2026-H1"]) == {"age": Tally(1, {"old": 1})}


@pytest.mark.django_db(transaction=True)
def test_people_who_send_at_the_same_time_are_all_counted():
    office = OrganisationFactory()
    slips = [filled(age="young", sex="male") for _ in range(8)] * 2
    start = threading.Barrier(len(slips))
    results = []

    def send(said):
        start.wait()
        try:
            results.append(counting.count(said, office, ASKED, today=DAY))
        finally:
            connections.close_all()

    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory belongs to one connection")
    threads = [threading.Thread(target=send, args=(said,)) for said in slips]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False] * 8 + [True] * 8
    assert set(EqualityCount.objects.values_list("question", "count")) == {("age", 8), ("sex", 8)}
