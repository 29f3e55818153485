import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Role
from feedback import review
from feedback.models import Decision, Outcome, Passage, Purpose, WithheldFor
from tests.accounts.factories import UserFactory
from tests.feedback.factories import REVIEWED, ContributionFactory, OpeningFactory, SealedTextFactory

AMENDED = "Nobody rang me back. When an officer did, she was kind."


@pytest.fixture
def moderator(db):
    return UserFactory(roles=[Role.MODERATOR])


@pytest.fixture
def opened(keys, moderator):
    """A sealed text that the moderator has opened for review."""
    text = SealedTextFactory()
    OpeningFactory(sealed_text=text, opened_by=moderator)
    return text


def approve(text, by, words=REVIEWED, mark=None):
    return review.approve(text.pk, by=by, text=words, mark=mark or review.mark_of(text.pk, words))


def amend(text, by, words=AMENDED):
    return review.amend(text.pk, by=by, text=words)


def withhold(text, by, reason=WithheldFor.LIVE_CASE):
    return review.withhold(text.pk, by=by, reason=reason)


DECISIONS = [approve, amend, withhold]


def test_approving_makes_the_suggestion_a_passage(opened, moderator):
    decision = approve(opened, moderator)
    passage = decision.passage
    assert (decision.outcome, decision.decided_by) == (Outcome.APPROVED, moderator)
    assert (passage.text, passage.length) == (REVIEWED, len(REVIEWED))
    assert (passage.contribution, passage.question_id) == (opened.contribution, opened.question_id)


def test_amending_makes_the_moderators_text_a_passage(opened, moderator):
    decision = amend(opened, moderator)
    assert (decision.outcome, decision.passage.text) == (Outcome.AMENDED, AMENDED)


@pytest.mark.parametrize("reason", WithheldFor)
def test_withholding_leaves_no_passage_and_a_reason(opened, moderator, reason):
    decision = withhold(opened, moderator, reason)
    assert (decision.outcome, decision.reason) == (Outcome.WITHHELD, reason)
    assert not Passage.objects.exists()


def test_a_reason_in_words_is_refused(opened, moderator):
    with pytest.raises(ValueError, match="is not a valid WithheldFor"):
        withhold(opened, moderator, "it names somebody")
    assert not Decision.objects.exists()


def test_a_changed_text_is_not_recorded_as_the_suggestion(opened, moderator):
    with pytest.raises(review.NotTheSuggestion):
        approve(opened, moderator, words=AMENDED, mark=review.mark_of(opened.pk, REVIEWED))
    assert not Decision.objects.exists()


def test_a_mark_counts_for_its_own_text_only(opened, moderator):
    with pytest.raises(review.NotTheSuggestion):
        approve(opened, moderator, mark=review.mark_of(uuid.uuid4(), REVIEWED))


def test_line_ends_as_browsers_post_them_change_nothing(opened, moderator):
    mark = review.mark_of(opened.pk, "One line.\nAnother.\n")
    decision = approve(opened, moderator, words="One line.\r\nAnother.", mark=mark)
    assert decision.passage.text == "One line.\nAnother."


@pytest.mark.parametrize("words", ["", "  \n", "\0", "\u200b"])
@pytest.mark.parametrize("decide", [approve, amend])
def test_a_blank_text_is_no_passage(opened, moderator, decide, words):
    with pytest.raises(review.UnfitText, match="Withhold it instead"):
        decide(opened, moderator, words)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(("excess", "fits"), [(-1, True), (0, True), (1, False)])
def test_the_longest_passage(opened, moderator, excess, fits):
    words = "x" * (review.LONGEST_PASSAGE + excess)
    if fits:
        assert amend(opened, moderator, words).passage.length == len(words)
    else:
        with pytest.raises(review.UnfitText, match="too long"):
            amend(opened, moderator, words)


def test_a_passage_holds_no_control_and_nothing_invisible(opened, moderator):
    assert amend(opened, moderator, "Jo\u200bhn \0left\u202e. ").passage.text == "John left."


@pytest.mark.parametrize("decide", DECISIONS)
@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.MODERATOR)])
def test_only_moderators_decide(keys, decide, role):
    user = UserFactory(roles=[role] if role else [], is_superuser=True)
    text = SealedTextFactory()
    OpeningFactory(sealed_text=text, opened_by=user)
    with pytest.raises(PermissionDenied):
        decide(text, user)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("decide", DECISIONS)
def test_nobody_decides_on_what_they_have_not_opened(keys, moderator, decide):
    text = SealedTextFactory()
    OpeningFactory(sealed_text=text, opened_by=UserFactory())
    OpeningFactory(sealed_text=SealedTextFactory(), opened_by=moderator)
    OpeningFactory(sealed_text=text, opened_by=moderator, purpose=Purpose.SAFEGUARDING)
    with pytest.raises(review.NotRead, match="Open this before"):
        decide(text, moderator)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("second", DECISIONS)
@pytest.mark.parametrize("first", DECISIONS)
def test_a_decision_is_never_overwritten(opened, moderator, first, second):
    decision = first(opened, moderator)
    other = UserFactory(roles=[Role.MODERATOR])
    OpeningFactory(sealed_text=opened, opened_by=other)
    with pytest.raises(review.AlreadyDecided):
        second(opened, other)
    assert list(Decision.objects.all()) == [decision]
    assert Passage.objects.count() == (first is not withhold)


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_text_withdrawn_meanwhile_is_said_so(opened, moderator, decide):
    opened.contribution.delete()
    with pytest.raises(review.Withdrawn):
        decide(opened, moderator)


@pytest.mark.parametrize("decide", DECISIONS)
def test_no_log_line_quotes_the_passage(opened, moderator, decide, caplog):
    with caplog.at_level("DEBUG"):
        decide(opened, moderator)
    assert str(opened.pk) in caplog.text
    assert "rang" not in caplog.text


def test_the_database_itself_wants_a_reason_exactly_when_withheld(keys, moderator):
    for outcome, reason in ((Outcome.WITHHELD, ""), (Outcome.APPROVED, WithheldFor.HARMFUL)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(
                sealed_text=SealedTextFactory(),
                outcome=outcome,
                reason=reason,
                decided_by=moderator,
                decided_on="2026-11-01",
            )


def test_what_awaits_review_is_urgent_first_then_oldest(keys):
    later = SealedTextFactory(contribution=ContributionFactory(received_on="2026-03-02"))
    sooner = SealedTextFactory(contribution=ContributionFactory(received_on="2026-03-01"))
    urgent = SealedTextFactory(contribution=ContributionFactory(received_on="2026-03-03", urgent=True))
    assert list(type(urgent).objects.awaiting_review()) == [urgent, sooner, later]


def test_what_is_decided_or_agreed_to_no_use_awaits_nothing(opened, moderator):
    SealedTextFactory(contribution__refused=True)
    kept = SealedTextFactory(contribution__refused=True, contribution__may_quote=True)
    approve(opened, moderator)
    assert list(type(kept).objects.awaiting_review()) == [kept]


def test_what_can_never_be_opened_again_awaits_nothing(keys):
    kept, without_envelope = (SealedTextFactory(contribution=ContributionFactory()) for _ in range(2))
    without_envelope.envelope.delete()
    queue = type(kept).objects
    assert list(queue.awaiting_review()) == [kept]
    type(keys).objects.update(key_destroyed_on="2026-11-01")
    assert list(queue.awaiting_review()) == []
