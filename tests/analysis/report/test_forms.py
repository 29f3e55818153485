"""Asking for a release: what the form offers and says, what is written down, which breakdowns there are, the lot."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from analysis.models import ReleaseRequest
from analysis.report import evidence
from analysis.report.evidence import sentence_around
from analysis.report.forms import MOST_QUARTERS, ReleaseForm
from analysis.report.quarters import quarter_of, words
from analysis.report.requesting import request_release
from analysis.report.splitting import breakdowns_of, split
from surveys.definition import Definition, Kind, Option, Question
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.factories import SurveyVersionFactory, contributions, release
from tests.feedback.factories import ConsultationFactory

Q3, Q4 = "2026-Q3", "2026-Q4"
AREAS = (Option("north", "North Fenmarch"), Option("south", "South Fenmarch"))


@pytest.fixture
def consultation(db):
    return ConsultationFactory(opens_on=datetime.date(2026, 7, 1))


@pytest.fixture
def publisher(db):
    return UserFactory(roles=[Role.PUBLISHER])


def survey(consultation, *breakdowns, **facts):
    """A published survey with one question for each of these breakdowns ("" for a question that splits nothing)."""
    questions = tuple(
        Question(f"Q{number}", Kind.SINGLE, "Which?", options=AREAS, breakdown=name)
        for number, name in enumerate(breakdowns, start=1)
    )
    return SurveyVersionFactory(
        consultation=consultation, definition=Definition("Made up", questions).as_json(), **facts
    )


def asked(consultation, /, **change):
    return {"consultation": consultation.pk, "title": "Autumn", "quarters": [Q3], "breakdown": "", **change}


def errors(consultation, /, **change):
    form = ReleaseForm(asked(consultation, **change))
    return {field: list(said) for field, said in form.errors.items()}


def test_a_consultation_without_surveys_has_no_breakdown(consultation):
    assert breakdowns_of(consultation) == []


def test_breakdowns_are_named_once_in_the_order_asked_and_of_this_consultation_only(consultation):
    survey(consultation, "", "area", "crime-type")
    survey(consultation, "crime-type", "who-helped")
    survey(ConsultationFactory(), "support")
    assert breakdowns_of(consultation) == ["area", "crime-type", "who-helped"]


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (datetime.date(2026, 6, 30), False),
        (datetime.date(2026, 7, 1), True),
        (datetime.date(2026, 9, 30), True),
        (datetime.date(2026, 10, 1), False),
    ],
)
def test_a_split_reads_the_days_of_its_quarters(consultation, day, counted):
    version = SurveyVersionFactory(consultation=consultation)
    (one,) = contributions(consultation, 1, version=version, crime_type="stalking")
    type(one).objects.filter(pk=one.pk).update(received_on=day)
    assert (split(consultation, [Q3], "crime-type").chosen == {one.pk: "stalking"}) is counted


def test_a_split_leaves_out_who_did_not_agree_to_be_counted(consultation):
    version = SurveyVersionFactory(consultation=consultation)
    contributions(consultation, 2, version=version, crime_type="stalking", may_statistics=False)
    assert split(consultation, [Q3], "crime-type").chosen == {}


def test_a_split_by_what_nobody_was_asked_is_empty(consultation):
    contributions(consultation, 2, version=SurveyVersionFactory(consultation=consultation), crime_type="stalking")
    found = split(consultation, [Q3], "area")
    assert (found.labels, found.chosen) == ({}, {})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"consultation": ""}, {"consultation": ["This field is required."]}),
        ({"title": "   "}, {"title": ["This field is required."]}),
        ({"quarters": []}, {"quarters": ["This field is required."]}),
        ({"breakdown": "area"}, {"breakdown": ["No survey of this consultation asks for that. Choose another, or “Nothing”."]}),
        ({}, {}),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_field(consultation, change, said):
    assert errors(consultation, **change) == said


@pytest.mark.parametrize("quarter", ["1999-Q1", "2026-Q5", "summer", f"{Q3}\n"])
def test_a_quarter_that_is_not_on_offer_is_named_in_the_refusal(consultation, quarter):
    (said,) = errors(consultation, quarters=[Q3, quarter])["quarters"]
    assert quarter in said


@pytest.mark.parametrize(("length", "fits"), [(200, True), (201, False)])
def test_a_title_has_the_length_of_its_column(consultation, length, fits):
    assert ("title" not in errors(consultation, title="x" * length)) is fits


def test_a_breakdown_that_a_survey_asks_for_is_taken(consultation):
    survey(consultation, "area")
    assert errors(consultation, breakdown="area") == {}
    assert set(errors(consultation, breakdown="crime-type")) == {"breakdown"}


def test_the_breakdown_of_another_consultation_is_not(consultation):
    survey(ConsultationFactory(), "area")
    assert set(errors(consultation, breakdown="area")) == {"breakdown"}


def test_without_a_consultation_there_are_no_quarters_to_choose(db):
    assert ReleaseForm().fields["quarters"].choices == []


def test_a_consultation_still_to_come_has_no_quarters(db):
    ConsultationFactory(opens_on=timezone.localdate() + datetime.timedelta(days=1))
    assert ReleaseForm().fields["quarters"].choices == []


def test_quarters_are_offered_from_now_backwards_in_words(db):
    ConsultationFactory(opens_on=timezone.localdate())
    now = quarter_of(timezone.localdate())
    assert ReleaseForm().fields["quarters"].choices == [(now, words(now))]


def test_two_years_are_on_offer_and_no_more(db):
    ConsultationFactory(opens_on=datetime.date(2015, 1, 1))
    offered = [quarter for quarter, _ in ReleaseForm().fields["quarters"].choices]
    assert len(offered) == MOST_QUARTERS == 8
    assert offered == sorted(offered, reverse=True)
    assert offered[0] == quarter_of(timezone.localdate())


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PUBLISHER}))
def test_nobody_but_a_publisher_writes_a_request_down(consultation, role):
    with pytest.raises(PermissionDenied):
        request_release(consultation, title="x", quarters=[Q3], breakdown="", by=UserFactory(roles=[role]))
    assert not ReleaseRequest.objects.exists()


def test_a_request_is_written_down_as_asked_and_waits(consultation, publisher):
    made = request_release(consultation, title="Autumn", quarters=[Q4, Q3], breakdown="area", by=publisher)
    made.refresh_from_db()
    assert (made.quarters, made.breakdown, made.asked_by) == ([Q3, Q4], "area", publisher)
    assert (made.state, made.release, made.asked_on) == ("waiting", None, timezone.localdate())


def test_the_worker_is_told_only_once_the_request_is_safely_written(
    consultation, publisher, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as waiting:
        request_release(consultation, title="Autumn", quarters=[Q3], breakdown="", by=publisher)
    assert len(waiting) == 1


def test_bad_input_comes_back_on_the_page_with_its_sentence_and_what_was_typed(client, consultation, publisher):
    sign_in(client, publisher)
    page = client.post(reverse("analysis:new-release"), asked(consultation, title="Kept title", breakdown="area"))
    text = page.content.decode()
    assert "No survey of this consultation asks for that." in text
    assert "Kept title" in text


@pytest.mark.parametrize("name", ["reports", "report", "figures-csv"])
def test_what_is_read_cannot_be_posted_to(client, consultation, publisher, name):
    sign_in(client, publisher)
    args = [] if name == "reports" else [ReleaseRequest().pk]
    assert client.post(reverse(f"analysis:{name}", args=args)).status_code == 405


def test_figures_that_do_not_exist_are_not_found(client, publisher):
    sign_in(client, publisher)
    assert client.get(reverse("analysis:figures-csv", args=[ReleaseRequest().pk])).status_code == 404


def test_the_file_of_an_empty_report_is_named_and_says_which_it_is(client, consultation, publisher):
    one = release(consultation, publisher, title="=Nothing yet")
    sign_in(client, publisher)
    answer = client.get(reverse("analysis:figures-csv", args=[one.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="theme-report-release-1.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbfTable,Row,Column,Value\r\n")
    text = answer.content.decode("utf-8-sig")
    assert "About this file,Title,,'=Nothing yet" in text
    assert one.sha256 in text


@pytest.mark.parametrize(
    ("text", "evidence_", "sentence"),
    [
        ("Nobody rang.", "rang", "Nobody rang."),
        ("I waited. Nobody rang. I left.", "rang", "Nobody rang."),
        ("I waited! Nobody rang? I left.", "rang", "Nobody rang?"),
        ("I waited\nNobody rang\nI left", "rang", "Nobody rang"),
        ("I waited. Nobody rang. I left.", "waited. Nobody", "I waited. Nobody rang."),
        ("I waited. Nobody rang.", "I waited", "I waited."),
        ("I waited. Nobody rang", "rang", "Nobody rang"),
        ("At 3.30 nobody rang", "nobody", "At 3.30 nobody rang"),
        ("انتظرت. لم يتصل أحد.", "يتصل", "لم يتصل أحد."),
    ],
)
def test_evidence_stands_in_whole_sentences(text, evidence_, sentence):
    start = text.index(evidence_)
    first, last = sentence_around(text, start, start + len(evidence_))
    assert text[first:last] == sentence


@pytest.mark.parametrize(("number", "quotes"), [(9, 0), (10, 3), (11, 3)])
def test_a_theme_has_three_quotes_at_most_and_none_below_ten(consultation, publisher, number, quotes):
    contributions(consultation, number, themes={"communication": "problem"}, reviewed=True, may_quote=True)
    contributions(consultation, 30)
    assert release(consultation, publisher).quotes.count() == quotes
    assert evidence.MOST_EACH == 3


def test_problem_and_praise_have_quotes_of_their_own_and_one_person_speaks_once_a_theme(consultation, publisher):
    for valence in ("problem", "praise"):
        contributions(consultation, 12, themes={"communication": valence}, reviewed=True, may_quote=True)
    found = list(release(consultation, publisher).quotes.select_related("passage__contribution"))
    assert sorted(one.valence for one in found) == ["praise"] * 3 + ["problem"] * 3
    assert len({one.passage.contribution_id for one in found}) == 6
    assert {one.crime_type for one in found} == {""}
