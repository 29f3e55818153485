"""What the worker does for surveys by the clock."""

import datetime

import pytest
from django.conf import settings
from django.utils import timezone

from surveys.models import Draft
from surveys.tasks import clear_drafts, publish_due
from tests.surveys.factories import SurveyFactory, SurveyVersionFactory
from tests.surveys.test_publishing import make_due

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days_ago", "is_kept"), [(0, True), (1, True), (2, False), (30, False)])
def test_drafts_go_when_a_whole_day_has_passed_without_a_post(days_ago, is_kept):
    touched = timezone.localdate() - datetime.timedelta(days=days_ago)
    Draft.objects.create(version=SurveyVersionFactory(), touched_on=touched)
    assert clear_drafts.call() == (0 if is_kept else 1)
    assert Draft.objects.exists() == is_kept


def test_what_is_scheduled_goes_live_by_itself():
    survey = SurveyFactory()
    survey.go_live_at = timezone.now() + datetime.timedelta(days=1)
    revision = survey.save_revision()
    revision.publish()
    make_due(survey, revision)
    publish_due.call()
    survey.refresh_from_db()
    assert survey.live
    assert survey.versions.count() == 1


@pytest.mark.parametrize("task", [clear_drafts, publish_due])
def test_the_worker_knows_them(task):
    assert task.module_path in settings.HEARD_SCHEDULE
