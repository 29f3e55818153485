"""Freezing: what is refused, what stays, what goes, and what a later release may say."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.db.models import F

from accounts.models import Role
from analysis.disclosure.audit import Contradiction, exposed
from analysis.disclosure.published import Kind
from analysis.models import (
    Altered,
    PassageTag,
    Release,
    ReleasedContribution,
    ReleasedQuote,
    ReleaseRequest,
    RequestState,
    Run,
)
from analysis.report import assembling
from analysis.report.assembling import splits
from analysis.report.counting import count
from analysis.report.frozen import report_from_json
from analysis.report.releasing import CannotRelease, freeze, fulfil
from analysis.report.requesting import request_release
from feedback.models import Contribution, SealedText, Voice
from tests.accounts.factories import UserFactory
from tests.analysis.factories import SAID, SurveyVersionFactory, contributions, release, review
from tests.feedback.factories import ConsultationFactory

pytestmark = pytest.mark.django_db

PROBLEM = {"communication": "problem"}
PRAISE = {"communication": "praise"}


@pytest.fixture
def publisher():
    return UserFactory(roles=[Role.PUBLISHER])


@pytest.fixture
def consultation():
    return ConsultationFactory()


def read(one: Release):
    return report_from_json(one.frozen_output())


def figures(one: Release):
    """Everything in print, without the note on how it was made."""
    return {name: value for name, value in one.frozen_output().items() if name != "method"}


def raised(one: Release, theme: str = "communication"):
    return read(one).first_hand.valence.row(theme).total


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PUBLISHER}))
def test_only_a_publisher_freezes_a_report(consultation, role):
    with pytest.raises(PermissionDenied):
        release(consultation, UserFactory(roles=[role], is_superuser=True))
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("quarters", "breakdown", "says"),
    [
        ([], "", "at least one quarter"),
        (["summer"], "", "not a quarter"),
        (["2026-Q5"], "", "not a quarter"),
        (["2999-Q1"], "", "has not begun"),
        (["2026-Q3"], "shoe-size", "No survey"),
    ],
)
def test_a_release_of_what_does_not_exist_is_refused_with_what_to_ask_instead(
    consultation, publisher, quarters, breakdown, says
):
    with pytest.raises(CannotRelease, match=says):
        freeze(consultation, title="x", quarters=quarters, breakdown=breakdown, by=publisher)


def test_nothing_heard_makes_a_report_that_says_so(consultation, publisher):
    empty = release(consultation, publisher)
    assert read(empty).is_empty
    assert "Nothing has been counted" in read(empty).headline


def test_releases_of_one_consultation_are_numbered_from_one(consultation, publisher):
    numbers = [release(consultation, publisher).number for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert release(ConsultationFactory(), publisher).number == 1


def test_one_more_contribution_need_not_change_a_published_figure(consultation, publisher):
    contributions(consultation, 42, themes=PROBLEM)
    before = release(consultation, publisher)
    contributions(consultation, 1, themes=PROBLEM)
    after = release(consultation, publisher)
    # 42 is printed as 40 and 43 would be 45: the one who came last would stand out.
    assert raised(before).figure == raised(after).figure
    assert figures(before) == figures(after)
    assert after.number == before.number + 1
    assert read(after).method.figures_of == before.number


@pytest.mark.parametrize(("more", "moves"), [(9, False), (10, True), (11, True)])
def test_figures_move_only_when_ten_contributions_have_changed(consultation, publisher, more, moves):
    contributions(consultation, 42, themes=PROBLEM)
    before = release(consultation, publisher)
    contributions(consultation, more, themes=PROBLEM)
    assert (figures(release(consultation, publisher)) != figures(before)) is moves


def test_small_steps_do_not_add_up_unseen_but_count_from_the_figures_in_print(consultation, publisher):
    contributions(consultation, 42, themes=PROBLEM)
    first = release(consultation, publisher)
    contributions(consultation, 6, themes=PROBLEM)
    second = release(consultation, publisher)
    contributions(consultation, 6, themes=PROBLEM)
    third = release(consultation, publisher)
    assert figures(second) == figures(first)
    assert figures(third) != figures(first)
    assert read(third).method.figures_of is None


def test_withdrawals_and_reviews_count_as_changes(consultation, publisher):
    made = contributions(consultation, 60, themes=PROBLEM)
    before = release(consultation, publisher)
    Contribution.objects.filter(pk__in=[one.pk for one in made[:5]]).delete()
    review(SealedText.objects.filter(contribution__in=made[5:9]), PRAISE, Run.objects.first())
    assert figures(release(consultation, publisher)) == figures(before)
    review(SealedText.objects.filter(contribution__in=made[9:10]), PRAISE, Run.objects.first())
    assert figures(release(consultation, publisher)) != figures(before)


def test_a_frozen_output_never_changes_when_the_data_does(consultation, publisher):
    contributions(consultation, 50, themes=PROBLEM)
    frozen = release(consultation, publisher)
    before = (frozen.frozen_output(), frozen.sha256)
    contributions(consultation, 500, themes=PRAISE)
    release(consultation, publisher)
    Contribution.objects.all().delete()
    again = Release.objects.get(pk=frozen.pk)
    assert (again.frozen_output(), again.sha256) == before


@pytest.mark.parametrize(
    "change", [{"title": "Other"}, {"output": {}}, {"sha256": "0" * 64}, {"number": F("number") + 1}]
)
def test_the_database_refuses_to_change_a_release(consultation, publisher, change):
    frozen = release(consultation, publisher)
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=frozen.pk).update(**change)


def test_a_release_that_lost_its_hash_is_not_read(consultation, publisher):
    frozen = release(consultation, publisher)
    frozen.output["headline"] = "Everything is fine."
    with pytest.raises(Altered, match="backup"):
        frozen.frozen_output()


def test_withdrawal_takes_the_quote_and_leaves_the_figures(consultation, publisher):
    contributions(consultation, 20, themes=PROBLEM, reviewed=True, may_quote=True)
    frozen = release(consultation, publisher)
    before = frozen.frozen_output()
    quoted = ReleasedQuote.objects.filter(release=frozen).values_list("passage__contribution_id", flat=True)
    assert len(quoted) == 3
    Contribution.objects.filter(pk__in=list(quoted)).delete()
    assert not ReleasedQuote.objects.exists()
    assert ReleasedContribution.objects.count() == 17
    assert Release.objects.get(pk=frozen.pk).frozen_output() == before


def test_no_word_anybody_said_is_in_the_frozen_output(consultation, publisher):
    contributions(consultation, 20, themes=PROBLEM, reviewed=True, may_quote=True)
    frozen = release(consultation, publisher)
    assert SAID[:12] not in str(frozen.output) + str(frozen.spec)
    assert frozen.quotes.first().words == SAID


@pytest.mark.parametrize(("number", "quotes"), [(9, 0), (10, 3), (11, 3)])
def test_a_theme_is_quoted_only_from_ten_contributions_on(consultation, publisher, number, quotes):
    contributions(consultation, number, themes=PROBLEM, reviewed=True, may_quote=True)
    assert release(consultation, publisher).quotes.count() == quotes


def test_who_did_not_agree_to_be_quoted_is_not(consultation, publisher):
    contributions(consultation, 20, themes=PROBLEM, reviewed=True, may_quote=False)
    assert release(consultation, publisher).quotes.count() == 0


def test_who_agreed_to_be_quoted_but_not_counted_is_not_quoted(consultation, publisher):
    contributions(consultation, 20, themes=PROBLEM, reviewed=True)
    contributions(consultation, 20, themes=PROBLEM, reviewed=True, may_quote=True, may_statistics=False)
    assert release(consultation, publisher).quotes.count() == 0


def test_a_quote_names_the_kind_of_crime_only_where_the_report_counts_it(consultation, publisher):
    version = SurveyVersionFactory(consultation=consultation)
    common = {"themes": PROBLEM, "reviewed": True, "may_quote": True, "version": version}
    contributions(consultation, 12, crime_type="stalking", **common)
    contributions(consultation, 9, crime_type="hate-crime", **common)
    named = {quote.crime_type for quote in release(consultation, publisher, breakdown="crime-type").quotes.all()}
    assert named <= {"Stalking or harassment", ""}
    assert {quote.crime_type for quote in release(consultation, publisher).quotes.all()} == {""}


def test_voices_are_never_added(consultation, publisher):
    contributions(consultation, 30, themes=PROBLEM)
    contributions(consultation, 20, themes=PROBLEM, voice=Voice.PROXY)
    contributions(consultation, 12, themes=PROBLEM, voice=Voice.GROUP, people=4)
    found = read(release(consultation, publisher))
    assert [found.voices[voice].contributions.figure for voice in ("first-hand", "proxy", "group")] == [30, 20, 10]
    assert [found.voices[voice].valence.row("communication").total.figure for voice in found.voices] == [30, 20, 10]


def test_a_theme_not_in_the_codebook_is_still_shown(consultation, publisher):
    contributions(consultation, 20, themes={"retired-theme": "problem"})
    assert raised(release(consultation, publisher), "retired-theme").figure == 20


def test_the_next_quarter_keeps_the_figures_of_the_one_before(consultation, publisher):
    contributions(consultation, 42, themes=PROBLEM, quarter="2026-Q3")
    first = release(consultation, publisher, quarters=["2026-Q3"])
    contributions(consultation, 3, themes=PROBLEM, quarter="2026-Q3")
    contributions(consultation, 60, themes=PROBLEM, quarter="2026-Q4")
    both = release(consultation, publisher, quarters=["2026-Q3", "2026-Q4"])
    assert read(both).first_hand.in_quarter("2026-Q3") == read(first).first_hand.in_quarter("2026-Q3")
    column = read(both).by_quarter.row("communication").cells[0]
    assert column.kind is Kind.WITHHELD or column.figure == raised(first).figure


def test_no_release_of_a_series_gives_a_hidden_count_away_beside_the_others(consultation, publisher):
    version = SurveyVersionFactory(consultation=consultation)
    for quarter, sizes in (("2026-Q2", (41, 3, 9)), ("2026-Q3", (44, 8, 1)), ("2026-Q4", (12, 2, 13))):
        for valence, number in zip(("problem", "praise", "neutral"), sizes, strict=True):
            contributions(
                consultation, number, quarter=quarter, themes={"communication": valence}, version=version,
                crime_type="stalking",
            )  # fmt: skip
    plans = [("2026-Q2",), ("2026-Q2", "2026-Q3"), ("2026-Q3",), ("2026-Q2", "2026-Q3", "2026-Q4")]
    printed = []
    for quarters in plans:
        printed += splits(read(release(consultation, publisher, quarters=quarters, breakdown="crime-type")))
        try:
            assert exposed(printed) == []
        except Contradiction:
            pytest.fail("nothing changed, so the figures must agree")


@pytest.mark.thorough
def test_ten_thousand_contributions_take_as_many_queries_as_one(consultation, publisher, django_assert_max_num_queries):
    for valence in ("problem", "praise"):
        contributions(consultation, 5000, themes={"communication": valence, "delay": valence}, reviewed=False)
    with django_assert_max_num_queries(8):
        heard = count(consultation, ["2026-Q3"], {})
    assert len(heard) == 10_000
    # One insert for each few hundred remembered contributions is all that grows.
    with django_assert_max_num_queries(10_000 // 100 + 30):
        frozen = release(consultation, publisher)
    assert raised(frozen).figure == 10_000


def test_a_request_is_answered_by_the_worker_with_a_release(
    consultation, publisher, django_capture_on_commit_callbacks
):
    contributions(consultation, 30, themes=PROBLEM)
    with django_capture_on_commit_callbacks(execute=True):
        asked = request_release(consultation, title="Autumn", quarters=["2026-Q3"], breakdown="", by=publisher)
    asked.refresh_from_db()
    assert asked.state == RequestState.DONE
    assert asked.release.title == "Autumn"


def test_a_request_that_cannot_be_met_says_why(consultation, publisher, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        asked = request_release(consultation, title="Autumn", quarters=["2026-Q3"], breakdown="shoes", by=publisher)
    asked.refresh_from_db()
    assert (asked.state, asked.release) == (RequestState.REFUSED, None)
    assert "shoes" in asked.why_refused


def test_figures_that_would_give_a_number_away_are_refused(
    consultation, publisher, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(assembling, "_exposed", lambda now, past: {"first-hand:everyone"})
    contributions(consultation, 30, themes=PROBLEM)
    with django_capture_on_commit_callbacks(execute=True):
        asked = request_release(consultation, title="Autumn", quarters=["2026-Q3"], breakdown="", by=publisher)
    asked.refresh_from_db()
    assert (asked.state, Release.objects.count()) == (RequestState.REFUSED, 0)
    assert "give a small number away" in asked.why_refused


def test_a_request_is_answered_once(consultation, publisher, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        asked = request_release(consultation, title="Autumn", quarters=["2026-Q3"], breakdown="", by=publisher)
    fulfil(asked.pk)
    assert Release.objects.count() == 1


def test_nobody_else_may_ask(consultation):
    with pytest.raises(PermissionDenied):
        request_release(consultation, title="x", quarters=["2026-Q3"], breakdown="", by=UserFactory())
    assert not ReleaseRequest.objects.exists()


def test_the_command_freezes_and_prints_where_to_read(consultation, publisher, capsys):
    options = {"title": "Autumn", "quarters": "2026-Q3", "by": publisher.username}
    call_command("freeze_report", consultation=consultation.title, **options)
    assert f"/reports/{Release.objects.get().pk}/" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"by": "nobody"}, "Nobody has the username"),
        ({"consultation": "unknown"}, "0 consultations"),
        ({"quarters": "soon"}, "not a quarter"),
    ],
)
def test_the_command_says_what_is_wrong(consultation, publisher, changed, says):
    options = {"consultation": str(consultation.pk), "title": "x", "quarters": "2026-Q3", "by": publisher.username}
    with pytest.raises(CommandError, match=says):
        call_command("freeze_report", **{**options, **changed})


def test_the_evidence_of_a_withdrawn_passage_tag_is_gone_too(consultation, publisher):
    made = contributions(consultation, 12, themes=PROBLEM, reviewed=True, may_quote=True)
    release(consultation, publisher)
    made[0].delete()
    assert PassageTag.objects.count() == 11
