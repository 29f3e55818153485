"""Who answered: through the gate, half-year by half-year, and never together with what anybody said."""

import datetime
import json
from dataclasses import replace

import pytest
from django.urls import reverse

from accounts.models import Role
from analysis.disclosure.gate import Group, RawTable, TooManyBreakdowns, protect
from analysis.models import Release
from analysis.report import people as protecting
from analysis.report.assembling import assemble, splits
from analysis.report.counting_people import count_people
from analysis.report.exporting import as_csv
from analysis.report.frozen import hidden_counts, people_from_json, report_from_json
from analysis.report.people import BREAKDOWNS, Counted, PeopleCounted, who_answered
from analysis.report.presenting import grids, page
from analysis.report.quarters import NotAQuarter, half_of, half_of_quarter, half_words, last_day_of_half
from analysis.report.releasing import CannotRelease, freeze
from surveys.dated import EqualityCount, EqualityQuestion
from surveys.equality import bank
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.factories import contributions, release
from tests.analysis.report.test_assembling import earlier, plan
from tests.analysis.report.test_page import heard
from tests.feedback.factories import ConsultationFactory

H1, H2 = "2025-H2", "2026-H1"
AGES = {"young": "Under 25", "middle": "25 to 64", "old": "65 or over", "rather-not": "I would rather not say"}
TODAY = datetime.date(2026, 11, 20)


def counted(half=H2, question="age", label="How old are you?", **counts):
    return Counted(question, label, half, AGES, {name.replace("_", "-"): number for name, number in counts.items()})


def printed(*asked, unfinished=(), before=()):
    return who_answered(PeopleCounted(asked, unfinished, before))


def cells(people):
    (one,) = people.questions
    return [(cell.words, cell.share) for cell in one.table.rows[0].cells]


class TestTheGate:
    def test_few_are_hidden_the_others_rounded_and_shares_are_of_what_is_published(self):
        found = printed(counted(young=33, middle=61, old=9, rather_not=0))
        assert cells(found) == [("35", 35), ("60", 60), ("fewer than 10", None), ("fewer than 10", None)]
        row = found.questions[0].table.rows[0]
        assert (row.total.words, row.rest.words) == ("about 100", "fewer than 10")

    @pytest.mark.parametrize(("young", "share"), [(12, None), (17, 50)], ids=["25 answers", "30 answers"])
    def test_there_are_shares_from_thirty_answers_on(self, young, share):
        found = printed(Counted("age", "Age?", H2, {"young": "Y", "old": "O"}, {"young": young, "old": 15}))
        assert cells(found)[0][1] == share

    @pytest.mark.parametrize("answers", [9, 10])
    def test_nobody_learns_whether_there_were_none(self, answers):
        assert cells(printed(counted(young=answers)))[1] == cells(printed(counted(young=answers, middle=9)))[1]

    def test_a_row_that_gives_a_hidden_number_away_is_taken_out(self, monkeypatch):
        monkeypatch.setattr(protecting, "exposed", lambda splits: [splits[0].subject])
        found = printed(counted(young=33, middle=61))
        assert {words for words, _ in cells(found)} == {"not shown"}
        assert hidden_counts(assembled(found))["with the other figures it would give a hidden number away"] == 4

    def test_the_audit_hears_each_row(self, monkeypatch):
        seen = []
        monkeypatch.setattr(protecting, "exposed", lambda splits: seen.extend(splits) or [])
        printed(counted(young=33), counted(H1, young=12))
        assert [(split.quarters, len(split.cells)) for split in seen] == [({H2}, 4), ({H1}, 4)]


class TestNeverCrossed:
    def test_the_gate_refuses_any_further_breakdown(self):
        raw = RawTable("people", (Group("young", "Young"),), (), (*BREAKDOWNS, "theme"))
        with pytest.raises(TooManyBreakdowns):
            protect(raw)

    def test_what_people_said_changes_nothing_of_it(self):
        asked = PeopleCounted((counted(young=33, middle=61),))
        found = [
            assemble(own, replace(plan(breakdown=breakdown), people=asked), []).people
            for own in ([], heard(40, {"contact": "problem"}), heard(90, {"delay": "praise"}, category="stalking"))
            for breakdown in ("", "crime-type")
        ]
        assert all(one == found[0] for one in found)

    def test_it_names_no_theme_and_no_theme_names_it(self):
        report = assembled(printed(counted(young=33)))
        own = json.dumps(report.as_json()["people"])
        others = json.dumps({name: part for name, part in report.as_json().items() if name != "people"})
        assert not [theme.slug for theme in report.themes if theme.slug in own]
        assert "young" not in others
        assert not [split for split in splits(report) if any(name == "young" for name, _ in split.cells)]

    @pytest.mark.django_db
    def test_a_report_cannot_be_split_by_it(self, asked):
        with pytest.raises(CannotRelease):
            freeze(asked, title="T", quarters=["2026-Q3"], breakdown="age", by=UserFactory(roles=[Role.PUBLISHER]))


def assembled(people):
    return report_from_json(
        {**assemble(heard(40, {"contact": "problem"}), plan(), []).as_json(), "people": people.as_json()}
    )


class TestFrozen:
    def test_a_half_year_once_printed_is_printed_again_as_it_was(self):
        first = printed(counted(young=33, middle=61))
        more = Counted("age", "What is your age?", H2, {**AGES, "new": "A new answer"}, {"young": 33, "middle": 61})
        assert printed(more, before=first.questions).questions == first.questions

    def test_a_report_whose_figures_stay_still_gets_a_half_year_that_has_ended(self):
        before = assemble(heard(40), plan(), [])
        later = assemble(
            heard(40), replace(plan(), people=PeopleCounted((counted(young=33),))), [earlier(1, before, is_steady=True)]
        )
        assert later.method.figures_of == 1
        assert len(later.people.questions) == 1

    def test_it_comes_back_from_the_release_as_it_was_and_older_reports_have_none(self):
        found = printed(counted(young=33), unfinished=("2026-H2",))
        assert people_from_json(json.loads(json.dumps(found.as_json()))) == found
        data = {name: part for name, part in assembled(found).as_json().items() if name != "people"}
        assert report_from_json(data).people.questions == ()


class TestHalfYears:
    @pytest.mark.parametrize(
        ("quarter", "half", "last"),
        [("2026-Q1", "2026-H1", (2026, 6, 30)), ("2026-Q2", "2026-H1", (2026, 6, 30)),
         ("2026-Q3", "2026-H2", (2026, 12, 31)), ("2026-Q4", "2026-H2", (2026, 12, 31))],
    )  # fmt: skip
    def test_of_a_quarter(self, quarter, half, last):
        assert half_of_quarter(quarter) == half
        assert last_day_of_half(half) == datetime.date(*last)

    def test_in_words(self):
        assert (half_words("2026-H1"), half_words("2026-H2")) == ("January to June 2026", "July to December 2026")
        with pytest.raises(NotAQuarter):
            half_of("2026-Q2")


@pytest.fixture
def asked(db):
    """A consultation whose office has asked about people since 2025, and counted."""
    consultation = ConsultationFactory()
    by = UserFactory(roles=[Role.EDITOR])
    bank.adopt(consultation.organisation, from_date=datetime.date(2025, 7, 1), by=by)
    EqualityQuestion.objects.exclude(key__in=["age", "sex"]).delete()
    count(consultation, "2026-H1", "sex", female=64, male=31)
    count(consultation, "2026-H1", "age", **{"25-to-34": 41, "35-to-44": 22, "gone": 12})
    count(consultation, "2026-H2", "sex", female=55)
    return consultation


def count(consultation, half, question, **values):
    for value, number in values.items():
        EqualityCount.objects.create(
            organisation=consultation.organisation, half=half, question=question, value=value, count=number
        )


class TestWhatBelongsToAReport:
    def test_only_half_years_that_are_over_and_the_others_are_said_to_be_left_out(self, asked):
        found = count_people(asked.organisation, ["2026-Q2", "2026-Q3"], today=TODAY)
        assert {one.half for one in found.counted} == {"2026-H1"}
        assert found.unfinished == ("2026-H2",)

    @pytest.mark.parametrize(("day", "over"), [((2026, 6, 30), 0), ((2026, 7, 1), 2)])
    def test_a_half_year_is_over_on_the_day_after(self, asked, day, over):
        found = count_people(asked.organisation, ["2026-Q1"], today=datetime.date(*day))
        assert len(found.counted) == over

    def test_a_question_counts_where_it_was_asked_on_any_day_whoever_answered(self, asked):
        EqualityQuestion.objects.filter(key="sex").update(from_date=datetime.date(2026, 6, 30))
        EqualityQuestion.objects.filter(key="age").update(to_date=datetime.date(2025, 12, 31))
        halves = {
            half: [one.question for one in count_people(asked.organisation, [quarter], today=TODAY).counted]
            for half, quarter in (("2025-H2", "2025-Q4"), ("2026-H1", "2026-Q1"))
        }
        assert halves == {"2025-H2": ["age"], "2026-H1": ["sex"]}

    def test_an_answer_no_longer_offered_is_counted_under_its_value(self, asked):
        found = count_people(asked.organisation, ["2026-Q1"], today=TODAY).counted
        age = next(one for one in found if one.question == "age")
        assert (age.options["gone"], age.counts["gone"]) == ("gone", 12)

    def test_another_offices_counts_stay_its_own(self, asked):
        other = ConsultationFactory()
        assert count_people(other.organisation, ["2026-Q1"], today=TODAY) == PeopleCounted()


@pytest.fixture
def published(asked):
    contributions(asked, 12, themes={"communication": "problem"}, quarter="2026-Q2")
    return release(asked, UserFactory(roles=[Role.PUBLISHER]), quarters=["2026-Q2", "2026-Q3"])


class TestPublished:
    def test_it_is_on_the_page_in_the_file_and_in_the_charts_and_in_no_other_table(self, published, client):
        sign_in(client, UserFactory(roles=[Role.ANALYST]))
        shown = " ".join(client.get(reverse("analysis:report", args=[published.pk])).content.decode().split())
        assert "Who answered the questions about people" in shown
        assert "What is your sex?: share of about 100 answers" in shown
        assert "Left out: July to December 2026, which was not over" in shown
        found = report_from_json(published.frozen_output())
        naming = {grid.slug for grid in grids(found) if "Female" in str(grid)}
        assert naming == {"people-sex"}
        assert "What is your sex?,Female,January to June 2026: answers,65" in as_csv(grids(found), about=())

    def test_another_consultation_of_the_office_prints_the_same(self, published, asked):
        EqualityQuestion.objects.filter(key="sex").update(label="Other words?")
        other = ConsultationFactory(organisation=asked.organisation)
        again = release(other, UserFactory(roles=[Role.PUBLISHER]), quarters=["2026-Q2"])
        first, second = (report_from_json(one.frozen_output()).people for one in (published, again))
        assert second.questions == first.questions
        assert Release.objects.count() == 2

    def test_without_questions_there_is_no_such_part(self, client, db):
        frozen = release(ConsultationFactory(), UserFactory(roles=[Role.PUBLISHER]), quarters=["2026-Q2"])
        sign_in(client, UserFactory(roles=[Role.ANALYST]))
        assert "questions about people" not in client.get(reverse("analysis:report", args=[frozen.pk])).content.decode()


def test_a_long_list_is_drawn_without_the_hidden_and_listed_whole():
    options = {f"group-{number}": f"Group {number}" for number in range(12)}
    one = Counted("group", "Which group?", H2, options, {"group-3": 45, "group-7": 30})
    report = assembled(printed(one))
    ((panel, _),) = page(report).people.panels
    assert [name for name, _ in panel.bars] == ["Group 3", "Group 7"]
    (grid,) = page(report).people.grids
    assert len(grid.rows) == 12 + 2


def test_half_years_stand_side_by_side_and_a_dash_where_an_answer_was_not_offered():
    old = Counted("age", "Age?", H1, {"young": "Young"}, {"young": 40})
    new = Counted("age", "Age?", H2, {"young": "Young", "old": "Old"}, {"young": 30, "old": 20})
    (grid,) = page(assembled(printed(old, new))).people.grids
    assert grid.headings == (
        "Answer",
        "July to December 2025: answers",
        "July to December 2025: share",
        "January to June 2026: answers",
        "January to June 2026: share",
    )
    assert grid.rows[:2] == (("Young", "40", "100%", "30", "60%"), ("Old", "–", "–", "20", "40%"))
