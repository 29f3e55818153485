"""Changing what a contribution may be used for: in both directions, and what goes when a use ends."""

import uuid

import pytest

from accounts.models import Role
from feedback import derived, review
from feedback.consenting import change_uses
from feedback.models import Contribution, Decision, Envelope, Outcome, Passage, SealedText, Use, WithheldFor
from feedback.release import LeftOut, passages, unreviewed
from tests.accounts.factories import UserFactory
from tests.feedback.factories import (
    REVIEWED,
    ContributionFactory,
    DecisionFactory,
    OpeningFactory,
    PassageFactory,
    SealedTextFactory,
)

pytestmark = pytest.mark.django_db
EVERYTHING = frozenset(Use)
READING = [Use.STATISTICS, Use.PARAPHRASE, Use.QUOTE]


@pytest.mark.parametrize("use", Use)
def test_each_use_is_allowed_and_refused_by_itself(use):
    one = ContributionFactory(refused=True)
    assert change_uses(one.pk, {use})
    assert Contribution.objects.get().uses == {use}
    assert change_uses(one.pk, EVERYTHING - {use})
    assert Contribution.objects.get().uses == EVERYTHING - {use}


def test_nobody_elses_uses_change():
    one, other = ContributionFactory(), ContributionFactory()
    change_uses(one.pk, EVERYTHING)
    other.refresh_from_db()
    assert other.uses == {Use.STATISTICS}


def test_what_was_withdrawn_cannot_be_changed():
    assert not change_uses(uuid.uuid4(), EVERYTHING)


@pytest.mark.parametrize("use", Use)
def test_a_sealed_text_is_opened_for_a_use_only_while_it_is_agreed(keys, use):
    text = SealedTextFactory(contribution__refused=True)
    for uses, is_read in (({use}, True), (EVERYTHING - {use}, False), ({use}, True)):
        change_uses(text.contribution_id, uses)
        opened = unreviewed(SealedText.objects.all(), use=use)
        assert bool(list(opened)) is is_read
        assert bool(opened.left_out[LeftOut.NO_CONSENT]) is not is_read


@pytest.mark.parametrize("use", READING)
def test_a_passage_is_handed_out_for_a_use_only_while_it_is_agreed(keys, use):
    passage = PassageFactory(quotable=True)
    assert passages(use).exists()
    change_uses(passage.contribution_id, EVERYTHING - {use})
    assert not passages(use).exists()
    change_uses(passage.contribution_id, EVERYTHING)
    assert passages(use).exists()


@pytest.mark.parametrize("use", READING)
def test_a_moderator_reads_for_any_of_three_uses(keys, use):
    text = SealedTextFactory(contribution__refused=True)
    assert not SealedText.objects.awaiting_review().exists()
    change_uses(text.contribution_id, {use})
    assert SealedText.objects.awaiting_review().exists()


def test_later_use_alone_lets_nobody_read(keys):
    text = SealedTextFactory(contribution__refused=True)
    change_uses(text.contribution_id, {Use.FUTURE})
    assert not SealedText.objects.awaiting_review().exists()


def test_without_a_use_the_readable_words_go_and_the_sealed_ones_wait_for_a_new_review(keys):
    passage = PassageFactory(quotable=True)
    change_uses(passage.contribution_id, {Use.FUTURE})
    assert not Passage.objects.exists()
    assert not Decision.objects.exists()
    assert Envelope.objects.exists()
    change_uses(passage.contribution_id, {Use.QUOTE})
    assert SealedText.objects.awaiting_review().exists()


@pytest.mark.parametrize("use", READING)
def test_the_readable_words_stay_while_one_use_is_left(keys, use):
    passage = PassageFactory(quotable=True)
    change_uses(passage.contribution_id, {use})
    assert Passage.objects.get().pk == passage.pk


def test_what_a_moderator_withheld_stays_withheld(keys):
    decision = DecisionFactory(outcome=Outcome.WITHHELD, reason=WithheldFor.IDENTIFYING)
    change_uses(decision.sealed_text.contribution_id, set())
    assert Decision.objects.get().outcome == Outcome.WITHHELD


def test_a_moderator_who_is_reading_cannot_publish_what_was_refused_meanwhile(keys):
    moderator, text = UserFactory(roles=[Role.MODERATOR]), SealedTextFactory()
    OpeningFactory(sealed_text=text, opened_by=moderator)
    change_uses(text.contribution_id, set())
    with pytest.raises(review.NoLongerAgreed, match="agrees to no use"):
        review.amend(text.pk, by=moderator, text=REVIEWED)
    assert not Decision.objects.exists()


def test_only_the_uses_that_end_are_forgotten(monkeypatch):
    ended = []
    monkeypatch.setattr(
        derived,
        "_forgetters",
        {use: [lambda _, use=use: ended.append(use)] for use in Use if use != Use.FUTURE} | {Use.FUTURE: []},
    )
    one = ContributionFactory(may_quote=True)
    change_uses(one.pk, {Use.STATISTICS, Use.PARAPHRASE})
    assert ended == [Use.QUOTE]
    change_uses(one.pk, {Use.STATISTICS, Use.PARAPHRASE})
    assert ended == [Use.QUOTE]


def test_if_one_thing_cannot_be_forgotten_nothing_is_changed(monkeypatch):
    def fail(_):
        raise RuntimeError

    monkeypatch.setattr(derived, "_forgetters", {Use.STATISTICS: [fail]})
    one = ContributionFactory()
    with pytest.raises(RuntimeError):
        change_uses(one.pk, set())
    assert Contribution.objects.get().uses == {Use.STATISTICS}
