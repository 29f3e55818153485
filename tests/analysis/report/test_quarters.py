"""Quarters: the days at their edges, the way from one to the next, and how they are said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report.quarters import NotAQuarter, after, before, between, first_day, period_words, quarter_of, words

DAYS = st.dates(date(1900, 1, 1), date(2900, 12, 31))
QUARTERS = DAYS.map(quarter_of)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2026, 6, 30), "2026-Q2"),
        (date(2026, 7, 1), "2026-Q3"),
        (date(2026, 9, 30), "2026-Q3"),
        (date(2026, 10, 1), "2026-Q4"),
        (date(2026, 12, 31), "2026-Q4"),
        (date(2028, 2, 29), "2028-Q1"),
    ],
)
def test_a_day_lies_in_the_quarter_of_its_month(day, quarter):
    assert quarter_of(day) == quarter


@pytest.mark.parametrize(
    ("quarter", "day"),
    [
        ("2026-Q1", date(2026, 1, 1)),
        ("2026-Q2", date(2026, 4, 1)),
        ("2026-Q3", date(2026, 7, 1)),
        ("2026-Q4", date(2026, 10, 1)),
    ],
)
def test_a_quarter_begins_on_the_first_of_its_first_month(quarter, day):
    assert first_day(quarter) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-Q0",
        "2026-Q5",
        "2026-q3",
        "26-Q3",
        "02026-Q3",
        "2026Q3",
        "2026-Q33",
        " 2026-Q3",
        "2026-Q3\n",
        "0000-Q1",
        "Q3-2026",
    ],
)
def test_what_names_no_quarter_is_refused_with_an_example(text):
    with pytest.raises(NotAQuarter) as refused:
        first_day(text)
    assert str(refused.value) == f"“{text}” is not a quarter. Write it like 2026-Q3."


@pytest.mark.parametrize("use", [before, after, words])
def test_every_reader_of_quarters_refuses_what_is_none(use):
    with pytest.raises(NotAQuarter):
        use("summer")


@pytest.mark.parametrize(
    ("one", "other"),
    [("2026-Q1", "2026-Q2"), ("2026-Q2", "2026-Q3"), ("2026-Q3", "2026-Q4"), ("2026-Q4", "2027-Q1")],
)
def test_quarters_follow_each_other_also_over_the_new_year(one, other):
    assert after(one) == other
    assert before(other) == one


@given(QUARTERS)
def test_there_and_back_is_where_one_was(quarter):
    assert before(after(quarter)) == quarter == after(before(quarter))


@given(DAYS)
def test_a_day_is_never_before_its_quarter_nor_in_the_next(day):
    quarter = quarter_of(day)
    assert first_day(quarter) <= day < first_day(after(quarter))


@given(QUARTERS)
def test_the_day_before_a_quarter_is_in_the_quarter_before(quarter):
    assert quarter_of(first_day(quarter) - timedelta(days=1)) == before(quarter)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2026, 7, 1), date(2026, 7, 1), ["2026-Q3"]),
        (date(2026, 7, 1), date(2026, 9, 30), ["2026-Q3"]),
        (date(2026, 7, 1), date(2026, 10, 1), ["2026-Q3", "2026-Q4"]),
        (date(2026, 9, 30), date(2026, 10, 1), ["2026-Q3", "2026-Q4"]),
        (date(2026, 12, 31), date(2027, 4, 1), ["2026-Q4", "2027-Q1", "2027-Q2"]),
    ],
)
def test_a_period_touches_each_quarter_it_has_a_day_in(first, last, found):
    assert between(first, last) == found


@given(DAYS, st.integers(0, 1500))
def test_the_quarters_of_a_period_are_in_a_row_from_its_first_to_its_last(first, length):
    last = first + timedelta(days=length)
    found = between(first, last)
    assert (found[0], found[-1]) == (quarter_of(first), quarter_of(last))
    assert [after(quarter) for quarter in found[:-1]] == found[1:]


@pytest.mark.parametrize(
    ("quarter", "said"),
    [
        ("2026-Q1", "January to March 2026"),
        ("2026-Q2", "April to June 2026"),
        ("2026-Q3", "July to September 2026"),
        ("2026-Q4", "October to December 2026"),
    ],
)
def test_a_quarter_is_said_in_months(quarter, said):
    assert words(quarter) == said


@pytest.mark.parametrize(
    ("quarters", "said"),
    [
        (("2026-Q3",), "July to September 2026"),
        (("2026-Q3", "2026-Q4"), "July to December 2026"),
        (("2026-Q4", "2026-Q3"), "July to December 2026"),
        (("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"), "January to December 2026"),
        (("2026-Q4", "2027-Q1"), "October 2026 to March 2027"),
        (("2026-Q1", "2026-Q3"), "January to March 2026; July to September 2026"),
        (("2027-Q3", "2026-Q3"), "July to September 2026; July to September 2027"),
    ],
)
def test_quarters_in_a_row_are_one_period_and_others_are_named_each(quarters, said):
    assert period_words(quarters) == said
