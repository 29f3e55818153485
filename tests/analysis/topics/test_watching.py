"""The weekly watch: what it looks at, what it keeps, and what analysts are told. Everything said was made up."""

import datetime

import numpy as np
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from analysis import emerging, watching
from analysis.models import TopicWatch, WatchOutcome, WatchStatement
from analysis.tasks import watch_topics
from feedback.consenting import change_uses
from feedback.models import Decision, Passage, Use
from tests.accounts.factories import UserFactory, sign_in
from tests.analysis.factories import RunFactory, contributions, review
from tests.feedback.factories import ConsultationFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2026, 11, 16)
THURSDAY = MONDAY + datetime.timedelta(days=3)


@pytest.fixture(autouse=True)
def no_encoder(monkeypatch):
    """Vectors by chance, but those about herons close together."""

    class ByHerons:
        id = "by-herons-v1"

        def encode(self, texts):
            vectors = np.random.default_rng(0).normal(0, 1, (len(texts), 24))
            herons = np.array(["herons" in text for text in texts])
            vectors[herons] = vectors[0] + np.random.default_rng(1).normal(0, 0.05, (herons.sum(), 24))
            return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)

    monkeypatch.setattr(watching, "open_encoder", lambda *_, **__: ByHerons())


def said(number, weeks_ago, thing="quays"):
    """So many people, each reviewed so many weeks before the Monday."""
    made = []
    for one in contributions(ConsultationFactory(), number, may_quote=True, may_paraphrase=True):
        text = f"Somebody mentioned {thing} {one.pk.hex.translate(str.maketrans('0123456789', 'ghijklmnop'))}."
        made += review(list(one.sealed_texts.all()), {}, RunFactory(), text=text)
    day = MONDAY - datetime.timedelta(weeks=weeks_ago)
    Decision.objects.filter(passage__in=made).update(decided_on=day)
    return made


@pytest.fixture
def usual():
    return [*said(60, 20), *said(60, 10), *said(30, 2)]


def test_something_new_is_noticed_once_and_told_without_words(usual, client):
    new = said(16, 1, "herons")
    seen = watching.look(THURSDAY)
    assert (seen.week, seen.outcome, seen.encoder) == (MONDAY, WatchOutcome.ALERT, "by-herons-v1")
    about = set(seen.statements.values_list("passage_id", flat=True))
    assert len(about & {one.pk for one in new}) >= 14
    assert watching.look(THURSDAY) is None
    assert watching.look(MONDAY + datetime.timedelta(weeks=1)).outcome == WatchOutcome.KNOWN


def test_the_usual_is_nothing_new_and_this_week_waits(usual):
    said(16, -0.3, "herons")
    assert watching.look(THURSDAY).outcome == WatchOutcome.NOTHING
    assert WatchStatement.objects.count() == 0


def test_too_few_statements_are_said_to_be_too_few():
    said(30, 1, "herons")
    assert watching.look(THURSDAY).outcome == WatchOutcome.TOO_FEW


def test_what_may_not_be_counted_is_not_looked_at(usual):
    new = said(16, 1, "herons")
    for one in new:
        type(one.contribution).objects.filter(pk=one.contribution_id).update(may_statistics=False)
    assert watching.look(THURSDAY).outcome == WatchOutcome.NOTHING


def test_a_withdrawal_and_the_end_of_a_consent_take_their_part(usual):
    said(16, 1, "herons")
    seen = watching.look(THURSDAY)
    first, second = seen.statements.select_related("passage")[:2]
    before = seen.statements.count()
    first.passage.contribution.delete()
    change_uses(second.passage.contribution_id, [Use.QUOTE])
    assert seen.statements.count() == before - 2
    assert Passage.objects.filter(pk=second.passage_id).exists()


def test_analysts_are_told_fewer_than_ten_and_others_nothing(usual, client, monkeypatch):
    made = said(16, 1, "herons")
    seen = watching.look(THURSDAY)
    TopicWatch.objects.update(week=timezone.localdate())
    for one in made[:8]:
        one.contribution.delete()
    sign_in(client, UserFactory(roles=[Role.ANALYST]))
    shown = " ".join(client.get(reverse("analysis_topics")).content.decode().split())
    assert "Something new, noticed on" in shown
    assert "Fewer than 10 contributions" in shown
    assert "herons" not in shown
    assert "Somebody mentioned herons" in client.get(reverse("analysis_topic_alert", args=[seen.pk])).content.decode()
    sign_in(client, UserFactory(roles=[Role.PUBLISHER]))
    assert "Something new" not in client.get(reverse("analysis_topics")).content.decode()
    assert client.get(reverse("analysis_topic_alert", args=[seen.pk])).status_code == 403


def test_the_task_is_told_nothing_and_does_it_once_a_week(usual):
    assert watch_topics.call()["outcome"] in WatchOutcome.values
    assert TopicWatch.objects.count() == 1
    assert watch_topics.call() == {"outcome": "done this week"}


def test_two_workers_at_once_keep_one_week(usual, monkeypatch):
    def another_is_quicker():
        TopicWatch.objects.create(week=MONDAY, outcome=WatchOutcome.NOTHING)
        return list(emerging.uncovered())

    monkeypatch.setattr(watching, "cleaned", another_is_quicker)
    assert watching.look(THURSDAY) is None
    assert TopicWatch.objects.count() == 1
