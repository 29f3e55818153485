"""What counting and quoting had made of a contribution goes when its contributor refuses, and comes when they agree."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from analysis import keeping
from analysis.codebook import load
from analysis.models import MachineReading, MachineTag, PassageReading, Release, ReleasedContribution, ReleasedQuote
from analysis.report.counting import count
from analysis.report.frozen import report_from_json
from analysis.report.tabulating import LeftOut as NotCounted
from analysis.sweep import sweep
from feedback.consenting import change_uses
from feedback.ending import end_uses
from feedback.models import Consultation, Contribution, Passage, Removal, Use
from feedback.release import LeftOut
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.factories import QUARTER, contributions, release
from tests.feedback.factories import ConsultationFactory, PassageFactory, SealedTextFactory

pytestmark = pytest.mark.django_db
EVERYTHING = frozenset(Use)
PROBLEM = {"communication": "problem"}
TOLD = "Nobody called me back for weeks."


@pytest.fixture
def publisher():
    return UserFactory(roles=[Role.PUBLISHER])


@pytest.fixture
def quoted(publisher):
    """A release with three quotes."""
    consultation = ConsultationFactory()
    contributions(consultation, 20, themes=PROBLEM, reviewed=True, may_quote=True)
    return release(consultation, publisher)


def figures(frozen):
    return report_from_json(frozen.frozen_output()).first_hand


def shown(client, frozen):
    sign_in(client, UserFactory(roles=[Role.ANALYST]))
    said = client.get(reverse("analysis:report", args=[frozen.pk])).content.decode()
    return re.sub(r"\s+", " ", said)


def test_a_text_is_read_for_counting_only_while_that_is_agreed(keys):
    text = SealedTextFactory(text=TOLD, contribution__refused=True)
    assert sweep().left_out == {LeftOut.NO_CONSENT.value: 1}
    change_uses(text.contribution_id, {Use.STATISTICS})
    assert sweep().texts == 1
    assert MachineTag.objects.exists()
    change_uses(text.contribution_id, {Use.QUOTE})
    assert not MachineReading.objects.exists()
    assert not MachineTag.objects.exists()
    assert sweep().left_out == {LeftOut.NO_CONSENT.value: 1}
    change_uses(text.contribution_id, {Use.STATISTICS})
    assert sweep().texts == 1


def test_a_passage_is_read_for_counting_only_while_that_is_agreed(keys):
    passage = PassageFactory(text=TOLD, quotable=True)
    sweep()
    assert PassageReading.objects.exists()
    change_uses(passage.contribution_id, EVERYTHING - {Use.STATISTICS})
    assert not PassageReading.objects.exists()
    sweep()
    assert not PassageReading.objects.exists()
    change_uses(passage.contribution_id, EVERYTHING)
    sweep()
    assert PassageReading.objects.exists()


@pytest.mark.parametrize("make", [SealedTextFactory, PassageFactory])
def test_a_no_that_comes_while_the_words_are_read_is_heeded(keys, monkeypatch, make):
    made, keep = make(text=TOLD), keeping.keep

    def slow(*args, **options):
        change_uses(made.contribution_id, {Use.QUOTE})
        return keep(*args, **options)

    monkeypatch.setattr(keeping, "keep", slow)
    assert LeftOut.NO_CONSENT.value in sweep().left_out
    assert not MachineReading.objects.exists()
    assert not PassageReading.objects.exists()


def test_a_count_begins_and_ends_with_the_agreement(publisher):
    consultation = ConsultationFactory()
    (one,) = contributions(consultation, 1, themes=PROBLEM)
    (heard,) = count(consultation, (QUARTER,), {})
    assert heard.themes == PROBLEM
    change_uses(one.pk, set())
    (heard,) = count(consultation, (QUARTER,), {})
    assert (heard.themes, heard.left_out) == ({}, NotCounted.NO_CONSENT)


def test_a_later_report_leaves_out_who_refused_and_the_released_one_stays(quoted, publisher):
    before = quoted.frozen_output()
    for one in Contribution.objects.all()[:12]:
        change_uses(one.pk, set())
    later = release(quoted.consultation, publisher)
    assert Release.objects.get(pk=quoted.pk).frozen_output() == before
    assert figures(later) != figures(quoted)
    assert ReleasedContribution.objects.filter(release=later, left_out="no_consent").count() == 12


def test_what_it_added_is_forgotten_and_that_it_was_counted_is_not(quoted):
    one = Contribution.objects.first()
    change_uses(one.pk, {Use.QUOTE})
    assert ReleasedContribution.objects.get(contribution=one).fingerprint == ""
    assert ReleasedContribution.objects.exclude(fingerprint="").count() == 19


def test_nine_who_refuse_do_not_move_the_figures(quoted, publisher):
    """Each is one change: were a refusal two, five people would be seen in the difference of two releases."""
    for one in Contribution.objects.all()[:9]:
        change_uses(one.pk, set())
    later = release(quoted.consultation, publisher)
    assert figures(later) == figures(quoted)
    assert later.spec["splits_of"] == quoted.number


@pytest.mark.parametrize("refused", [Use.QUOTE, Use.STATISTICS])
def test_a_quote_goes_from_the_page_at_once_and_the_figures_stay(client, quoted, refused):
    assert shown(client, quoted).count("<blockquote") == 3
    assert "were taken back" not in shown(client, quoted)
    before = quoted.frozen_output()
    one = ReleasedQuote.objects.first().passage.contribution
    change_uses(one.pk, EVERYTHING - {refused})
    said = shown(client, quoted)
    assert said.count("<blockquote") == 2
    assert "Words that stood here were taken back" in said
    assert Release.objects.get(pk=quoted.pk).frozen_output() == before


def test_a_quote_that_was_not_deleted_in_time_is_not_shown_either(client, quoted):
    Contribution.objects.update(may_quote=False)
    assert ReleasedQuote.objects.count() == 3
    said = shown(client, quoted)
    assert "<blockquote" not in said
    assert "Words that stood here were taken back" in said


@pytest.mark.parametrize("other", [Use.PARAPHRASE, Use.FUTURE])
def test_refusing_another_use_leaves_the_quote(client, quoted, other):
    for one in Contribution.objects.all():
        change_uses(one.pk, EVERYTHING - {other})
    assert shown(client, quoted).count("<blockquote") == 3


def test_words_are_quoted_in_the_next_report_once_that_is_agreed_and_not_in_the_old_one(client, publisher):
    consultation = ConsultationFactory()
    contributions(consultation, 20, themes=PROBLEM, reviewed=True)
    old = release(consultation, publisher)
    assert "<blockquote" not in shown(client, old)
    for one in Contribution.objects.all():
        change_uses(one.pk, EVERYTHING)
    assert "<blockquote" not in shown(client, old)
    assert shown(client, release(consultation, publisher)).count("<blockquote") == 3


LONG_AGO = {
    "opens_on": datetime.date(2020, 1, 1),
    "closes_on": datetime.date(2020, 2, 1),
    "used_until": timezone.localdate() - datetime.timedelta(days=1),
}


def test_after_the_last_day_quotes_and_readings_go_and_the_released_figures_stay(client, quoted):
    before = quoted.frozen_output()
    kept = ReleasedQuote.objects.first().passage.contribution
    Contribution.objects.filter(pk=kept.pk).update(may_future=True)
    Consultation.objects.update(**LONG_AGO)
    assert shown(client, quoted).count("<blockquote") == 1
    assert end_uses() == 19
    assert shown(client, quoted).count("<blockquote") == 1
    assert "Words that stood here were taken back" in shown(client, quoted)
    assert PassageReading.objects.count() == Passage.objects.count() == 1
    assert Release.objects.get(pk=quoted.pk).frozen_output() == before
    assert ReleasedContribution.objects.count() == 20
    assert ReleasedContribution.objects.exclude(fingerprint="").get().contribution == kept
    assert Removal.objects.get().rows["analysis.ReleasedQuote"] == 2
    assert Removal.objects.get().rows["analysis.PassageReading"] == 19


def test_a_later_report_counts_only_what_was_kept_and_says_why_not_the_others(quoted):
    Consultation.objects.update(**LONG_AGO)
    Contribution.objects.filter(pk=Contribution.objects.first().pk).update(may_future=True)
    for _ in range(2):
        heard = count(quoted.consultation, [QUARTER], {})
        assert [one.left_out for one in heard if one.left_out] == [NotCounted.REMOVED] * 19
        end_uses()


def test_the_codebook_knows_the_theme_these_tests_count():
    assert load().theme("communication").name
