import uuid

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from feedback.models import Contribution, Purpose, SafeguardingAction, SafeguardingOutcome
from feedback.safeguarding import CannotRecord, record
from tests.accounts.factories import UserFactory
from tests.feedback.factories import ContributionFactory, OpeningFactory, SealedTextFactory


@pytest.fixture
def lead(keys):
    return UserFactory(roles=[Role.SAFEGUARDING_LEAD])


@pytest.fixture
def opened(lead):
    text = SealedTextFactory(contribution__urgent=True)
    OpeningFactory(sealed_text=text, opened_by=lead, purpose=Purpose.SAFEGUARDING)
    return text.contribution


@pytest.mark.parametrize("outcome", SafeguardingOutcome)
def test_what_was_done_is_recorded_and_the_list_is_shorter(opened, lead, outcome):
    action = record(opened.pk, outcome, by=lead)
    assert (action.contribution, action.outcome, action.taken_by) == (opened, outcome, lead)
    assert not Contribution.objects.awaiting_safeguarding().exists()


def test_more_may_be_recorded_later(opened, lead):
    record(opened.pk, SafeguardingOutcome.ADVICE, by=lead)
    record(opened.pk, SafeguardingOutcome.REFERRED, by=lead)
    assert opened.safeguarding_actions.count() == 2


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.SAFEGUARDING_LEAD)])
def test_only_safeguarding_leads_record(opened, role):
    user = UserFactory(roles=[role] if role else [], is_superuser=True)
    with pytest.raises(PermissionDenied):
        record(opened.pk, SafeguardingOutcome.ADVICE, by=user)
    assert not SafeguardingAction.objects.exists()


def test_nobody_records_about_what_they_have_not_opened(opened):
    other = UserFactory(roles=[Role.SAFEGUARDING_LEAD, Role.MODERATOR])
    OpeningFactory(sealed_text=opened.sealed_texts.get(), opened_by=other, purpose=Purpose.REVIEW)
    with pytest.raises(CannotRecord, match="Open this before"):
        record(opened.pk, SafeguardingOutcome.ADVICE, by=other)


def test_opening_one_of_several_texts_is_enough(opened, lead):
    SealedTextFactory(contribution=opened, question_id="another")
    assert record(opened.pk, SafeguardingOutcome.ADVICE, by=lead)


def test_what_was_never_marked_has_nothing_to_record(lead):
    text = SealedTextFactory()
    OpeningFactory(sealed_text=text, opened_by=lead, purpose=Purpose.SAFEGUARDING)
    with pytest.raises(CannotRecord, match="not marked as urgent"):
        record(text.contribution_id, SafeguardingOutcome.ADVICE, by=lead)


def test_what_was_withdrawn_is_said_so(lead):
    with pytest.raises(CannotRecord, match="withdrawn"):
        record(uuid.uuid4(), SafeguardingOutcome.ADVICE, by=lead)


def test_an_outcome_in_words_is_refused(opened, lead):
    with pytest.raises(ValueError, match="SafeguardingOutcome"):
        record(opened.pk, "rang her sister", by=lead)


def test_the_most_urgent_wait_first_and_then_the_oldest(keys):
    soon = ContributionFactory(urgency=1, received_on="2026-03-01")
    now_later = ContributionFactory(urgent=True, received_on="2026-03-03")
    now_sooner = ContributionFactory(urgent=True, received_on="2026-03-02")
    ContributionFactory()
    assert list(Contribution.objects.awaiting_safeguarding()) == [now_sooner, now_later, soon]


def test_what_was_opened_still_waits_but_is_not_unopened(opened):
    unopened = SealedTextFactory(contribution__urgency=1).contribution
    waiting = {row.pk: row.was_opened for row in Contribution.objects.awaiting_safeguarding()}
    assert waiting == {opened.pk: True, unopened.pk: False}
    assert list(Contribution.objects.urgent_unopened()) == [unopened]


def test_a_moderators_opening_is_not_a_safeguarding_leads(keys):
    text = SealedTextFactory(contribution__urgent=True)
    OpeningFactory(sealed_text=text, purpose=Purpose.REVIEW)
    assert list(Contribution.objects.urgent_unopened()) == [text.contribution]
