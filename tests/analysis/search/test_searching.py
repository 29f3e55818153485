"""Finding passages for a reason that is kept. Every word here is made up."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role
from analysis.models import Search, Why
from analysis.search import asking, finding
from analysis.search.query import NotAQuery
from analysis.tasks import forget_searches
from feedback.consenting import change_uses
from feedback.models import Contribution, Decision, Use
from feedback.retention import withdraw
from tests.accounts.factories import UserFactory
from tests.feedback.factories import DecisionFactory, PassageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return UserFactory(roles=[Role.ANALYST])


def ask(words, by):
    return asking.ask(words, why=Why.THEME, by=by)


def found(words, by):
    search = ask(words, by)
    return [one.text for one in finding.page(finding.found(search), 1)]


def many(number):
    """So many passages of one consultation, made quickly."""
    first = PassageFactory(quotable=True, text="The officer never rang.")
    for _ in range(number - 1):
        PassageFactory(
            decision__sealed_text__contribution=first.contribution,
            decision__sealed_text__period=first.decision.sealed_text.period,
            text="The officer never rang.",
        )


def test_all_words_are_looked_for_in_any_form(analyst):
    PassageFactory(quotable=True, text="Nobody called the victim.")
    PassageFactory(quotable=True, text="I recall a victim.")
    assert found("victims call", analyst) == ["Nobody called the victim."]


def test_a_word_can_be_ruled_out_and_a_phrase_asked_for(analyst):
    PassageFactory(quotable=True, text="They rang me back, from court.")
    PassageFactory(quotable=True, text="They rang me back.")
    PassageFactory(quotable=True, text="Back then they rang me.")
    assert found('"rang me back" -courts', analyst) == ["They rang me back."]


def test_only_what_may_be_described_or_quoted_is_found(analyst):
    PassageFactory(text="Counted only: they rang.")
    PassageFactory(text="Described: they rang.", decision__sealed_text__contribution__may_paraphrase=True)
    PassageFactory(text="Quoted: they rang.", decision__sealed_text__contribution__may_quote=True)
    assert sorted(found("ring", analyst)) == ["Described: they rang.", "Quoted: they rang."]


def test_unreviewed_words_are_never_found(analyst):
    DecisionFactory(sealed_text__text="They rang me.", sealed_text__contribution__quotable=True)
    assert Decision.objects.exists()
    assert found("ring", analyst) == []


def test_what_was_taken_back_is_found_no_more(analyst):
    one = PassageFactory(quotable=True, text="They rang.")
    search = ask("ring", analyst)
    keys = finding.found(search)
    withdraw(Contribution.objects.get(pk=one.contribution_id))
    assert finding.found(search) == []
    assert finding.page(keys, 1) == []


def test_what_may_be_read_no_more_is_found_no_more(analyst):
    one = PassageFactory(quotable=True, text="They rang.")
    change_uses(one.contribution_id, {Use.STATISTICS})
    assert found("ring", analyst) == []


def test_the_order_is_drawn_for_each_search_and_stands_as_long_as_it_does(analyst):
    many(12)
    one, other = ask("ring", analyst), ask("ring", analyst)
    assert finding.found(one) == finding.found(one)
    assert finding.found(one) != finding.found(other)
    assert set(finding.found(one)) == set(finding.found(other))


def test_pages_share_nothing_and_there_is_a_farthest(analyst, monkeypatch):
    monkeypatch.setattr(finding, "A_PAGE", 2)
    many(finding.FARTHEST * 2 + 1)
    keys = finding.found(ask("ring", analyst))
    assert len(keys) == finding.FARTHEST * 2
    pages = [one.pk for number in range(1, finding.FARTHEST + 1) for one in finding.page(keys, number)]
    assert pages == keys


def test_a_search_is_written_down_with_who_when_for_what_and_why(analyst):
    search = asking.ask("Quillfeather", why=Why.OTHER, why_words=" for a test ", by=analyst)
    kept = Search.objects.get()
    assert (kept.pk, kept.asked_by, kept.asked_on) == (search.pk, analyst, timezone.localdate())
    assert (kept.words, kept.why, kept.why_words) == ("Quillfeather", "other", "for a test")


def test_another_reason_must_be_told(analyst):
    with pytest.raises(asking.CannotSearch):
        asking.ask("rang", why=Why.OTHER, why_words=" ", by=analyst)
    with pytest.raises(IntegrityError), transaction.atomic():
        Search.objects.create(asked_by=analyst, asked_on=timezone.localdate(), words="rang", why=Why.OTHER)
    assert not Search.objects.exists()


def test_a_search_for_nothing_is_neither_made_nor_kept(analyst):
    with pytest.raises(NotAQuery):
        ask("-court", analyst)
    assert not Search.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ANALYST])
def test_nobody_but_an_analyst_may_search(role):
    with pytest.raises(PermissionDenied):
        ask("rang", UserFactory(roles=[role]))


def test_a_search_stands_for_its_maker_and_for_a_day(analyst):
    search = ask("rang", analyst)
    assert asking.standing(search.pk, by=analyst) == search
    assert asking.standing(search.pk, by=UserFactory(roles=[Role.ANALYST])) is None
    Search.objects.update(asked_on=timezone.localdate() - datetime.timedelta(days=1))
    assert asking.standing(search.pk, by=analyst) is None


def test_likeness_is_asked_for_the_same_reason_and_not_after_somebody_elses_search(analyst):
    passage = PassageFactory(quotable=True)
    search = asking.ask("rang", why=Why.OTHER, why_words="a test", by=analyst)
    like = asking.ask_for_like(passage.pk, after=search, by=analyst)
    assert (like.why, like.why_words, like.words, like.like_passage_id) == ("other", "a test", "", passage.pk)
    with pytest.raises(PermissionDenied):
        asking.ask_for_like(passage.pk, after=search, by=UserFactory(roles=[Role.ANALYST]))


def test_likeness_to_what_may_not_be_read_is_refused(analyst):
    search = ask("rang", analyst)
    with pytest.raises(asking.CannotSearch):
        asking.ask_for_like(PassageFactory().pk, after=search, by=analyst)
    assert Search.objects.get() == search


@pytest.mark.parametrize(("days", "left"), [(365, 1), (366, 0)])
def test_searches_are_forgotten_after_a_year(analyst, days, left):
    ask("rang", analyst)
    Search.objects.update(asked_on=timezone.localdate() - datetime.timedelta(days=days))
    assert forget_searches.call() == 1 - left
    assert Search.objects.count() == left


def test_both_tasks_are_on_the_schedule(settings):
    assert {"analysis.tasks.find_alike", "analysis.tasks.forget_searches"} <= set(settings.HEARD_SCHEDULE)
