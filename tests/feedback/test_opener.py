import datetime
import uuid

import pytest
from django.utils import timezone

from accounts.models import Role
from feedback import keys as key_pairs
from feedback import opener
from feedback.models import Opening, Purpose, SealedText
from feedback.opener import HourlyCap, Opener
from feedback.redaction.spans import Redaction, Span
from feedback.wire import Refusal, Request
from tests.accounts.factories import UserFactory
from tests.feedback.factories import DecisionFactory, OpeningFactory, PeriodFactory, SealedTextFactory

WORDS = "fictional heron words"


class Clock:
    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


def hide_first_word(text):
    return Redaction(text="[PERSON]" + text[9:], spans=(Span(0, 9, "PERSON"),))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(keys, clock):
    return Opener(redact=hide_first_word, cap=HourlyCap(clock=clock))


@pytest.fixture
def moderator(db):
    return UserFactory(roles=[Role.MODERATOR])


@pytest.fixture
def lead(db):
    return UserFactory(roles=[Role.SAFEGUARDING_LEAD])


def ask(desk, text, user, purpose=Purpose.REVIEW):
    return desk.answer(Request(getattr(text, "pk", text), user.pk, purpose))


def test_a_moderator_gets_the_words_and_what_to_hide(desk, moderator):
    answer = ask(desk, SealedTextFactory(text=WORDS), moderator)
    assert answer.refusal is None
    assert answer.text == WORDS
    assert answer.suggestion.text == "[PERSON] heron words"


def test_the_opening_is_written_down(desk, moderator):
    text = SealedTextFactory()
    ask(desk, text, moderator)
    opening = Opening.objects.get()
    assert (opening.sealed_text_id, opening.opened_by, opening.purpose) == (text.pk, moderator, "review")
    assert opening.opened_on == timezone.localdate()


def test_the_opening_is_written_down_before_the_words_are_read(desk, moderator, monkeypatch):
    seen = []
    real = opener.unseal
    monkeypatch.setattr(opener, "unseal", lambda text: seen.append(Opening.objects.count()) or real(text))
    ask(desk, SealedTextFactory(), moderator)
    assert seen == [1]


ROLES = [None, *Role]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("purpose", Purpose)
def test_every_role_opens_only_for_its_own_purpose(desk, role, purpose):
    user = UserFactory(roles=[role] if role else [], is_superuser=True, is_staff=True)
    allowed = {(Role.MODERATOR, Purpose.REVIEW), (Role.SAFEGUARDING_LEAD, Purpose.SAFEGUARDING)}
    answer = ask(desk, SealedTextFactory(contribution__urgent=True), user, purpose)
    assert answer.refusal == (None if (role, purpose) in allowed else Refusal.NOT_ALLOWED)
    assert Opening.objects.count() == ((role, purpose) in allowed)


def test_an_account_that_was_closed_opens_nothing(desk):
    user = UserFactory(roles=[Role.MODERATOR], is_active=False)
    assert ask(desk, SealedTextFactory(), user).refusal == Refusal.NOT_ALLOWED


def test_a_role_taken_away_takes_effect_at_once(desk, moderator):
    text = SealedTextFactory()
    assert ask(desk, text, moderator).refusal is None
    moderator.grants.all().delete()
    assert ask(desk, text, moderator).refusal == Refusal.NOT_ALLOWED


def test_an_account_nobody_has_opens_nothing(desk):
    request = Request(SealedTextFactory().pk, uuid.uuid4(), Purpose.REVIEW)
    assert desk.answer(request).refusal == Refusal.NOT_ALLOWED


@pytest.mark.parametrize(("urgency", "is_opened"), [(0, False), (1, True), (2, True)])
def test_safeguarding_opens_only_what_triage_marked(desk, lead, urgency, is_opened):
    text = SealedTextFactory(contribution__urgency=urgency)
    answer = ask(desk, text, lead, Purpose.SAFEGUARDING)
    assert answer.refusal == (None if is_opened else Refusal.NOT_URGENT)


def test_without_any_consent_a_text_is_opened_to_help_but_not_to_review(desk, moderator, lead):
    text = SealedTextFactory(contribution__refused=True, contribution__urgent=True)
    assert ask(desk, text, moderator).refusal == Refusal.NO_CONSENT
    assert ask(desk, text, lead, Purpose.SAFEGUARDING).refusal is None


def test_what_is_decided_is_not_opened_again_for_review(desk, moderator):
    text = DecisionFactory().sealed_text
    assert ask(desk, text, moderator).refusal == Refusal.DECIDED


@pytest.mark.parametrize("purpose", Purpose)
def test_what_was_withdrawn_meanwhile_is_said_so(desk, purpose):
    user = UserFactory(roles=[Role.MODERATOR, Role.SAFEGUARDING_LEAD])
    text = SealedTextFactory(contribution__urgent=True)
    text.contribution.delete()
    assert ask(desk, text.pk, user, purpose).refusal == Refusal.WITHDRAWN


def test_a_text_whose_envelope_has_gone_is_withdrawn(desk, moderator):
    text = SealedTextFactory()
    text.envelope.delete()
    assert ask(desk, text, moderator).refusal == Refusal.WITHDRAWN


@pytest.mark.parametrize("purpose", Purpose)
def test_a_destroyed_key_opens_nothing(desk, purpose):
    user = UserFactory(roles=[Role.MODERATOR, Role.SAFEGUARDING_LEAD])
    past = PeriodFactory(id="2026-01")
    text = SealedTextFactory(period=past, contribution__urgent=True)
    key_pairs.destroy(past, on=datetime.date(2099, 1, 1))
    assert ask(desk, text, user, purpose).refusal == Refusal.KEY_DESTROYED


def test_a_damaged_text_is_said_to_be_unreadable(desk, moderator):
    text = SealedTextFactory()
    SealedText.objects.filter(pk=text.pk).update(ciphertext=b"\x01nothing")
    assert ask(desk, text, moderator).refusal == Refusal.UNREADABLE


def test_a_fault_while_suggesting_shows_nothing_and_logs_no_word(keys, moderator, caplog):
    def broken(text):
        raise ValueError(f"cannot digest {text}")

    answer = ask(Opener(redact=broken), SealedTextFactory(text=WORDS), moderator)
    assert answer.refusal == Refusal.FAILED
    assert answer.text == ""
    assert "ValueError" in caplog.text
    assert "heron" not in caplog.text


def test_the_hourly_cap_stops_at_the_sixty_first(desk, moderator):
    text = SealedTextFactory()
    assert {ask(desk, text, moderator).refusal for _ in range(opener.MOST_AN_HOUR)} == {None}
    refused = ask(desk, text, moderator)
    assert refused.refusal == Refusal.HOURLY_CAP
    assert refused.text == ""
    assert Opening.objects.count() == opener.MOST_AN_HOUR


def test_the_hourly_cap_is_each_persons_own(desk, moderator):
    text = SealedTextFactory()
    for _ in range(opener.MOST_AN_HOUR + 1):
        ask(desk, text, moderator)
    assert ask(desk, text, UserFactory(roles=[Role.MODERATOR])).refusal is None


@pytest.mark.parametrize(("later", "is_opened"), [(3599, False), (3600, True)])
def test_the_hourly_cap_lifts_after_an_hour(desk, moderator, clock, later, is_opened):
    text = SealedTextFactory()
    for _ in range(opener.MOST_AN_HOUR):
        ask(desk, text, moderator)
    clock.seconds += later
    assert (ask(desk, text, moderator).refusal is None) == is_opened


@pytest.mark.parametrize(("before", "refusal"), [(opener.MOST_A_DAY - 1, None), (opener.MOST_A_DAY, Refusal.DAILY_CAP)])
def test_the_daily_cap_outlives_a_restart(desk, moderator, before, refusal):
    text = SealedTextFactory()
    Opening.objects.bulk_create(OpeningFactory.build_batch(before, sealed_text=text, opened_by=moderator))
    assert ask(desk, text, moderator).refusal == refusal


def test_yesterdays_openings_do_not_count_today(desk, moderator):
    text = SealedTextFactory()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Opening.objects.bulk_create(
        OpeningFactory.build_batch(opener.MOST_A_DAY, sealed_text=text, opened_by=moderator, opened_on=yesterday)
    )
    assert ask(desk, text, moderator).refusal is None


def test_a_refused_call_does_not_count(desk, lead):
    calm = SealedTextFactory()
    for _ in range(opener.MOST_AN_HOUR + 1):
        ask(desk, calm, lead, Purpose.SAFEGUARDING)
    urgent = SealedTextFactory(contribution__urgent=True)
    assert ask(desk, urgent, lead, Purpose.SAFEGUARDING).refusal is None
