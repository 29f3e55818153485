"""The runs of the worker, as staff see them."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import Role
from analysis.models import Run
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db


def run(number, **given):
    return Run.objects.create(
        number=number, ran_on=datetime.date(2026, 11, 1), pipeline_id="rules-v1", codebook_sha256="0" * 64, **given
    )


def page(client, *roles):
    sign_in(client, UserFactory(roles=roles))
    return client.get(reverse("analysis_runs"))


def text(client):
    return " ".join(page(client, Role.ANALYST).content.decode().split())


def test_a_run_in_hand_says_how_far_it_is(client):
    run(1, texts_waiting=400, passages_waiting=100, done=250, read=240)
    shown = text(client)
    assert "Reading now" in shown
    assert '<progress max="100" value="50"' in shown


def test_a_finished_run_says_with_what_it_read_and_what_it_left_out(client):
    given = {"texts_waiting": 400, "done": 400, "read": 377, "left_out": {"no consent": 23}, "seed": 77}
    run(3, is_finished=True, executor="2 processes", codebook_version="1.4", **given)
    shown = text(client)
    assert "Finished" in shown
    assert "25 (no consent)" in shown
    assert "Codebook 1.4, rules-v1, seed 77, 2 processes" in shown


def test_a_run_that_was_killed_is_told_from_one_in_hand(client):
    run(1, texts_waiting=100, done=30)
    run(2, texts_waiting=70, done=70, is_finished=True)
    shown = text(client)
    assert "Stopped early" in shown
    assert "ended after 30%" in shown


def test_small_counts_are_not_shown(client):
    run(1, texts_waiting=4, done=4, read=3, left_out={"no consent": 1}, is_finished=True)
    shown = text(client)
    assert "fewer than 10 sealed texts, no reviewed passages" in shown
    assert "fewer than 10 (no consent)" in shown


def test_nothing_read_yet_is_said(client):
    assert "Nothing was read yet" in text(client)


@pytest.mark.parametrize(("role", "status"), [(Role.ANALYST, 200), (Role.PUBLISHER, 200), (Role.MODERATOR, 403)])
def test_only_who_may_read_reviewed_words_sees_runs(client, role, status):
    assert page(client, role).status_code == status
