"""After a consultation's last day of use only what was kept for later work is left: not a day before, and counted."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from feedback import derived
from feedback.consenting import change_uses
from feedback.ending import end_uses
from feedback.management.commands.last_days import few
from feedback.models import (
    Consultation,
    Contribution,
    Decision,
    Envelope,
    Opening,
    Passage,
    Removal,
    SafeguardingAction,
    SealedText,
    Urgency,
    Use,
)
from feedback.models.consultation import USED_FOR, still_used
from feedback.release import LeftOut, passages, unreviewed
from feedback.tasks import end_uses as task
from tests.feedback.factories import (
    ConsultationFactory,
    ContributionFactory,
    OpeningFactory,
    PassageFactory,
    SealedTextFactory,
)

pytestmark = pytest.mark.django_db
EVERYTHING = frozenset(Use)
READING = [Use.STATISTICS, Use.PARAPHRASE, Use.QUOTE]
DAY = datetime.timedelta(days=1)


def move(consultation: Consultation, days: int) -> None:
    """The last day of use lies so many days from today."""
    Consultation.objects.filter(pk=consultation.pk).update(
        opens_on=timezone.localdate() - 900 * DAY,
        closes_on=timezone.localdate() - 500 * DAY,
        used_until=timezone.localdate() + days * DAY,
    )


@pytest.fixture
def passage(keys):
    """A reviewed passage that may be used for everything, of a consultation that is over."""
    made = PassageFactory(quotable=True)
    move(made.contribution.consultation, -1)
    return made


def is_gone(contribution: Contribution) -> bool:
    texts = SealedText.objects.filter(contribution=contribution)
    passages_left = Passage.objects.filter(contribution=contribution)
    contribution.refresh_from_db()
    gone = {not texts, not passages_left, contribution.removed_on is not None}
    assert len(gone) == 1
    return gone.pop()


@pytest.mark.parametrize(("days", "goes"), [(1, False), (0, False), (-1, True), (-400, True)])
def test_without_a_yes_to_later_work_it_goes_after_the_last_day_and_not_before(keys, days, goes):
    passage = PassageFactory(quotable=True, decision__sealed_text__contribution__may_future=False)
    move(passage.contribution.consultation, days)
    assert end_uses() == int(goes)
    assert is_gone(passage.contribution) is goes
    assert end_uses() == 0


def test_with_a_yes_to_later_work_it_stays_and_is_read(passage):
    assert end_uses() == 0
    assert not is_gone(passage.contribution)
    for use in READING:
        assert passages(use).get() == passage
        assert list(unreviewed(SealedText.objects.all(), use=use))
    assert Passage.objects.for_reading().exists()


@pytest.mark.parametrize("days", [0, -1])
def test_agreed_and_then_refused_it_goes_with_the_last_day_or_at_once_when_that_is_over(passage, days):
    move(passage.contribution.consultation, days)
    change_uses(passage.contribution_id, EVERYTHING - {Use.FUTURE})
    assert is_gone(passage.contribution) is (days < 0)
    move(passage.contribution.consultation, -1)
    end_uses()
    assert is_gone(passage.contribution)


def test_refused_and_then_agreed_in_time_it_stays(passage):
    move(passage.contribution.consultation, 0)
    change_uses(passage.contribution_id, {Use.QUOTE})
    change_uses(passage.contribution_id, {Use.QUOTE, Use.FUTURE})
    move(passage.contribution.consultation, -1)
    assert end_uses() == 0
    assert passages(Use.QUOTE).exists()


def test_a_yes_that_comes_too_late_brings_nothing_back(passage):
    change_uses(passage.contribution_id, {Use.QUOTE})
    assert is_gone(passage.contribution)
    assert not change_uses(passage.contribution_id, EVERYTHING)
    assert Contribution.objects.get().uses == {Use.QUOTE}
    Consultation.objects.update(used_until=timezone.localdate() + 9 * DAY)
    assert not Contribution.objects.agreed_to(Use.QUOTE).exists()


@pytest.mark.parametrize("use", READING)
@pytest.mark.parametrize(("days", "is_read"), [(0, True), (-1, False)])
def test_until_the_worker_has_come_nothing_is_read_for_any_use_after_the_day(keys, use, days, is_read):
    passage = PassageFactory(quotable=True, decision__sealed_text__contribution__may_future=False)
    waiting = SealedTextFactory(contribution=passage.contribution)
    move(passage.contribution.consultation, days)
    opened = unreviewed(SealedText.objects.all(), use=use)
    assert bool(list(opened)) is is_read
    assert opened.left_out[LeftOut.PAST_USE] == (0 if is_read else 2)
    assert passages(use).exists() is is_read
    assert Contribution.objects.agreed_to(use).exists() is is_read
    assert SealedText.objects.awaiting_review().filter(pk=waiting.pk).exists() is is_read
    assert Passage.objects.for_reading().exists() is is_read
    assert Contribution.objects.get().may_be_read is is_read


def test_what_goes_is_counted_and_what_stays_holds_no_words(passage):
    Contribution.objects.update(may_future=False, urgency=Urgency.NONE, flags=["fear"])
    OpeningFactory(sealed_text=SealedText.objects.get())
    end_uses()
    for model in (SealedText, Envelope, Decision, Passage):
        assert not model.objects.exists()
    left = Contribution.objects.get()
    assert (left.flags, left.urgency, left.removed_on) == ([], Urgency.NONE, timezone.localdate())
    assert Opening.objects.exists()
    removal = Removal.objects.get()
    assert (removal.consultation, removal.contributions) == (left.consultation, 1)
    assert removal.rows["feedback.SealedText"] == removal.rows["feedback.Passage"] == 1
    assert removal.rows["feedback.Envelope"] == 1


def test_of_two_consultations_only_the_one_that_is_over_is_emptied_and_each_is_counted_apart(keys):
    over, other, running = (SealedTextFactory().contribution for _ in range(3))
    SealedTextFactory(contribution__consultation=over.consultation)
    move(over.consultation, -1)
    move(other.consultation, -7)
    assert end_uses() == 3
    assert list(SealedText.objects.values_list("contribution", flat=True)) == [running.pk]
    assert {row.consultation: row.contributions for row in Removal.objects.all()} == {
        over.consultation: 2,
        other.consultation: 1,
    }


def test_whoever_may_be_in_danger_is_looked_after_first(keys):
    text = SealedTextFactory(contribution__urgent=True)
    move(text.contribution.consultation, -1)
    assert end_uses() == 0
    assert Contribution.objects.awaiting_safeguarding().exists()
    assert not list(unreviewed(SealedText.objects.all(), use=Use.STATISTICS))
    lead = text.contribution.consultation.duty_holder
    SafeguardingAction.objects.create(
        contribution=text.contribution, outcome="no-action", taken_by=lead, taken_on=timezone.localdate()
    )
    assert end_uses() == 1
    assert not SealedText.objects.exists()


def test_if_one_thing_cannot_be_removed_nothing_of_that_contribution_is(passage, monkeypatch):
    def fail(_):
        raise RuntimeError

    Contribution.objects.update(may_future=False)
    monkeypatch.setattr(derived, "_removers", [fail])
    with pytest.raises(RuntimeError):
        end_uses()
    assert not is_gone(passage.contribution)
    assert not Removal.objects.exists()


@pytest.mark.parametrize(("days_ago", "is_used"), [(USED_FOR.days, True), (USED_FOR.days + 1, False)])
def test_where_nobody_named_a_day_it_is_a_year_after_closing(days_ago, is_used):
    closed = timezone.localdate() - days_ago * DAY
    consultation = ConsultationFactory(opens_on=closed, closes_on=closed)
    assert Consultation.objects.filter(still_used()).exists() is is_used
    assert consultation.is_past_use is not is_used


def test_the_last_day_is_never_before_the_last_day_to_send():
    consultation = ConsultationFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.update(used_until=consultation.closes_on)
    Consultation.objects.update(used_until=consultation.last_day_to_send)


def test_the_worker_does_it_by_itself_and_twice_changes_nothing(passage):
    Contribution.objects.update(may_future=False)
    assert (task.call(), task.call()) == (1, 0)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "none"), (1, "fewer than 10"), (9, "fewer than 10"), (10, "about 10"), (13, "about 15")]
)
def test_small_counts_are_not_printed(number, said):
    assert few(number) == said


def test_the_command_says_beforehand_what_goes_and_afterwards_what_went():
    consultation = ConsultationFactory(title="Fictional listening")
    for number in range(16):
        ContributionFactory(consultation=consultation, may_future=number < 2)

    def printed():
        out = StringIO()
        call_command("last_days", stdout=out)
        return out.getvalue()

    before = printed()
    assert "Fictional listening: the last day of use is" in before
    assert "to be removed after it: about 15" in before
    assert "kept for later work: fewer than 10" in before
    assert "removed so far: none" in before
    assert Contribution.objects.filter(removed_on__isnull=True).count() == 16
    move(consultation, -1)
    end_uses()
    after = printed()
    assert "the last day of use was" in after
    assert "to be removed after it: none" in after
    assert "removed so far: about 15" in after
