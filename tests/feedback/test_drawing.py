"""The audit sample: drawn as a text comes in, reviewed before the rest."""

import uuid
from importlib import import_module

import pytest
from django.apps import apps

from feedback.drawing import is_drawn, lot
from feedback.intake import FreeText, Submission, receive
from feedback.models import Channel, SealedText, Voice
from tests.feedback.factories import ConsultationFactory, ContributionFactory, SealedTextFactory

MIGRATION = import_module("feedback.migrations.0004_the_audit_sample_is_drawn_at_intake")


def test_the_sample_has_its_share_and_is_the_same_each_time_until_the_seed_changes(settings):
    ids = [uuid.UUID(int=number) for number in range(4000)]
    settings.HEARD_AUDIT_SHARE = 0.1
    drawn = [one for one in ids if is_drawn(one)]
    assert 320 < len(drawn) < 480
    assert drawn == [one for one in ids if is_drawn(one)]
    settings.SECRET_KEY = "another"
    assert drawn != [one for one in ids if is_drawn(one)]
    assert 0 <= lot("order", 1) < 1


@pytest.mark.django_db
@pytest.mark.parametrize("share", [0, 1])
def test_a_text_is_drawn_as_it_comes_in_and_stays_so(keys, settings, share):
    settings.HEARD_AUDIT_SHARE = share
    said = [FreeText("q1", "They kept me waiting."), FreeText("q2", "Nobody rang.")]
    facts = {"channel": Channel.ONLINE, "voice": Voice.FIRST_HAND, "texts": said}
    receive(Submission(consultation=ConsultationFactory(), **facts))
    settings.HEARD_AUDIT_SHARE = 1 - share
    assert [one.is_audited for one in SealedText.objects.all()] == [share == 1] * 2


@pytest.mark.django_db
def test_what_was_drawn_awaits_review_before_the_rest_and_after_the_urgent(keys):
    plain = SealedTextFactory(contribution=ContributionFactory(received_on="2026-03-01"))
    drawn = SealedTextFactory(contribution=ContributionFactory(received_on="2026-03-02"), is_audited=True)
    urgent = SealedTextFactory(contribution=ContributionFactory(received_on="2026-03-03", urgent=True))
    assert list(SealedText.objects.awaiting_review()) == [urgent, drawn, plain]


@pytest.mark.django_db
def test_texts_that_came_in_before_are_drawn_by_the_same_lot(keys, settings):
    settings.HEARD_AUDIT_SHARE = 0.5
    made = SealedTextFactory.create_batch(8)
    MIGRATION.draw(apps, None)
    drawn = set(SealedText.objects.filter(is_audited=True).values_list("pk", flat=True))
    assert drawn == {one.pk for one in made if is_drawn(one.pk)}
