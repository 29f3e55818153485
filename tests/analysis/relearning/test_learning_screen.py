"""The page that shows what was learned from people, how far it is, and the way back."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from accounts.models import Role
from accounts.roles import MAY, Capability
from analysis.models import Learning, LearningState
from analysis.staff.urls import urlpatterns
from tests.accounts.factories import UserFactory, sign_in
from tests.feedback.factories import ContributionFactory

pytestmark = pytest.mark.django_db
FIGURES = {"statements": 41, "micro": 0.7143, "low": 0.61, "high": 0.8, "precision": 0.7, "recall": 0.7, "valence": 1}


@pytest.fixture(autouse=True)
def as_the_worker_is_asked(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}


def record(number=1, state=LearningState.IN_USE, **facts):
    facts = {"statements": 128, "contributions": 0, "held_out": 41, "written": 2700, "spoken_for": ["delay"]} | facts
    facts = {"before": FIGURES | {"micro": 0.5, "low": 0.4, "high": 0.6}, "after": FIGURES} | facts
    start = {"begun_on": "2026-11-02", "steps": 6, "seed": 0, "set_up": "a" * 64, "codebook_version": "1.0"}
    return Learning.objects.create(number=number, state=state, **start, **facts)


@pytest.fixture
def analyst(client):
    sign_in(client, UserFactory(roles=[Role.ANALYST]))
    return client


def page(client):
    return re.sub(r"\s+", " ", client.get(reverse("analysis_learning")).content.decode())


@pytest.mark.parametrize("role", [*Role, None])
def test_only_who_may_have_models_learn_reaches_any_of_it(client, role):
    record()
    sign_in(client, UserFactory(roles=[role]) if role else UserFactory(is_superuser=True))
    allowed = bool(role) and Capability.TEACH in MAY[role]
    for route in (one for one in urlpatterns if one.name.startswith("analysis_learning")):
        where = reverse(route.name)
        response = client.get(where) if route.name == "analysis_learning" else client.post(where)
        went_to = urlsplit(response.headers.get("Location", where)).path
        assert (response.status_code != 403 and "learning" in went_to) == allowed, route.name
    assert Learning.objects.filter(state=LearningState.IN_USE).exists() != allowed
    assert DBTaskResult.objects.exists() == allowed


def test_at_first_it_says_what_is_needed(analyst):
    shown = page(analyst)
    assert "The models of set-up, learned from written examples alone." in shown
    assert "at least 30 statements of the audit sample" in shown
    assert "Go back" not in shown


def test_a_record_is_told_with_rounded_counts_and_shares(analyst):
    record()
    shown = page(analyst)
    assert "2700 written texts and 130 coded statements" in shown
    assert "40 statements of the audit sample" in shown
    assert "50% (40% to 60%)" in shown
    assert "71% (61% to 80%)" in shown
    assert not re.search(r"\b(128|41)\b", shown.split("Every time so far")[1])


def test_fewer_than_ten_and_a_small_base_say_no_figure(analyst):
    record(
        state=LearningState.REFUSED,
        statements=4,
        held_out=0,
        spoken_for=[],
        after=None,
        before=FIGURES | {"statements": 29},
    )
    shown = page(analyst)
    assert "fewer than 10 coded statements" in shown
    assert "speak for" not in shown.split("Every time so far")[1]
    assert "no statements of the audit sample" in shown
    assert shown.count("too few to say") == 2
    assert "71%" not in shown


def test_learning_is_asked_for_once_and_its_progress_is_shown(analyst):
    for _ in range(2):
        analyst.post(reverse("analysis_learning_learn"))
    assert DBTaskResult.objects.get().args_kwargs == {"args": [], "kwargs": {}}
    assert "The worker begins soon" in page(analyst)
    record(state=LearningState.LEARNING, step="Learning themes", done=1)
    shown = page(analyst)
    assert "Learning themes: step 2 of 6." in shown
    assert '<progress max="6" value="1"' in shown
    assert "Learn from what people coded" not in shown


def test_one_button_goes_back(analyst):
    record(1, LearningState.FORMER)
    used = record(2)
    assert "Go back to the former model" in page(analyst)
    analyst.post(reverse("analysis_learning_go_back"))
    used.refresh_from_db()
    assert used.state == LearningState.UNDONE
    assert "Learning 1</strong>" in page(analyst)
    assert "Go back to the models of set-up" in page(analyst)
    for _ in range(2):
        analyst.post(reverse("analysis_learning_go_back"))
    assert "There is nothing to go back from" in page(analyst)


def test_it_says_that_somebody_it_learned_from_has_left(analyst):
    made = record(contributions=1)
    source = made.learned_from.create(contribution=ContributionFactory())
    assert "taken their words back since" not in page(analyst)
    source.contribution.delete()
    assert "taken their words back since" in page(analyst)
