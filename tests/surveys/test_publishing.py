"""Every way of going live freezes exactly one version, or refuses and says why."""

import datetime
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import Role
from surveys import filing
from surveys.conversion import to_raw
from surveys.definition import Definition, Kind, Question, from_json
from surveys.models import Survey, SurveyVersion
from surveys.publishing import REFUSED, NotReady
from tests.accounts.factories import UserFactory
from tests.surveys.factories import CHANGE, SMALL, TAKE_PART, USES, SurveyFactory, SurveyVersionFactory

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)


def rewrite(survey: Survey, definition: Definition):
    survey.questions = to_raw(definition)
    survey.title = definition.title
    return survey.save_revision()


def test_publishing_freezes_what_the_survey_asks():
    survey = SurveyFactory()
    user = UserFactory(roles=[Role.EDITOR])
    survey.save_revision().publish(user=user)
    version = survey.versions.get()
    assert (version.number, version.published_by, version.published_on) == (1, user, timezone.localdate())
    assert from_json(version.definition) == filing.named(SMALL)
    assert version.sha256 == from_json(version.definition).sha256()


def test_publishing_the_same_again_freezes_nothing_new():
    survey = SurveyFactory(published=True)
    survey.save_revision().publish()
    assert survey.versions.count() == 1


def test_publishing_a_change_freezes_the_next_number():
    survey = SurveyFactory(published=True)
    rewrite(survey, Definition("A small survey", SMALL.questions[:-1])).publish()
    first, second = survey.versions.order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert from_json(first.definition) == filing.named(SMALL)
    assert len(from_json(second.definition).questions) == len(SMALL.questions) - 1


def test_a_change_of_consultation_alone_freezes_nothing_new():
    survey = SurveyFactory(published=True)
    survey.consultation = SurveyFactory().consultation
    survey.save_revision().publish()
    assert survey.versions.count() == 1


def test_a_draft_never_touches_what_is_live():
    survey = SurveyFactory(published=True)
    rewrite(survey, Definition("Another title", (TAKE_PART, USES)))
    assert survey.versions.count() == 1
    assert Survey.objects.get(pk=survey.pk).definition() == SMALL
    assert from_json(SurveyVersion.objects.live(survey.code).definition) == filing.named(SMALL)


def test_a_schedule_freezes_when_the_day_comes_and_not_before():
    survey = SurveyFactory(published=True)
    survey.go_live_at = timezone.now() + A_DAY
    changed = Definition("A small survey", (*SMALL.questions[:-1],))
    revision = rewrite(survey, changed)
    revision.publish()
    assert survey.versions.count() == 1

    make_due(survey, revision)
    call_command("publish_scheduled")
    assert survey.versions.count() == 2
    assert from_json(SurveyVersion.objects.live(survey.code).definition) == filing.named(changed)


def make_due(survey, revision):
    """Let the day of a scheduled revision have come."""
    yesterday = timezone.now() - A_DAY
    revision.refresh_from_db()
    revision.content["go_live_at"] = yesterday.isoformat()
    revision.approved_go_live_at = yesterday
    revision.save()


def test_a_survey_no_longer_ready_on_its_day_leaves_the_schedule_and_lets_others_go_live():
    waiting = []
    for _ in range(2):
        survey = SurveyFactory()
        survey.go_live_at = timezone.now() + A_DAY
        revision = survey.save_revision()
        revision.publish()
        make_due(survey, revision)
        waiting.append(survey)
    first, second = waiting
    first.consultation.duty_holder = None
    first.consultation.save()

    call_command("publish_scheduled")
    assert (first.versions.count(), second.versions.count()) == (0, 1)
    first.refresh_from_db()
    assert not first.live
    assert first.latest_revision.approved_go_live_at is None
    entry = ModelLogEntry.objects.for_instance(first).get(action=REFUSED)
    assert "no duty holder" in entry.data["reasons"][0]


def test_a_survey_that_is_not_ready_cannot_even_be_scheduled():
    survey = SurveyFactory(consultation__duty_holder=None)
    survey.go_live_at = timezone.now() + A_DAY
    with pytest.raises(NotReady):
        survey.save_revision().publish()
    assert survey.latest_revision.approved_go_live_at is None


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        (Definition("Nothing"), "first question must ask whether the person agrees"),
        (Definition("No uses", (TAKE_PART, CHANGE)), "Nothing asks how the answers may be used"),
        (Definition("No words", (TAKE_PART, USES, Question("Q", Kind.LONG_TEXT, " "))), "it has no words"),
    ],
)
def test_a_faulty_survey_is_refused_and_stays_as_it_was(definition, words):
    survey = SurveyFactory(published=True)
    with pytest.raises(NotReady, match=words):
        rewrite(survey, definition).publish()
    assert survey.versions.count() == 1
    assert Survey.objects.get(pk=survey.pk).definition() == SMALL


def test_no_survey_goes_live_without_a_duty_holder():
    with pytest.raises(NotReady, match="Name the person who reads urgent contributions"):
        SurveyFactory(consultation__duty_holder=None, published=True)


@pytest.mark.parametrize("roles", [[], [Role.EDITOR], [Role.MODERATOR]])
def test_the_duty_holder_must_be_able_to_open_what_is_urgent(roles):
    holder = UserFactory(roles=roles, first_name="Imogen", last_name="Fairweather")
    with pytest.raises(NotReady, match="Imogen Fairweather, the duty holder, may not open"):
        SurveyFactory(consultation__duty_holder=holder, published=True)


def test_a_duty_holder_whose_account_is_closed_is_none():
    survey = SurveyFactory()
    holder = survey.consultation.duty_holder
    holder.is_active = False
    holder.save()
    with pytest.raises(NotReady, match="may not open urgent contributions"):
        survey.save_revision().publish()


def test_a_key_cannot_come_back_as_another_kind_of_question():
    survey = SurveyFactory(published=True)
    rewrite(survey, Definition("Without it", SMALL.questions[:-1])).publish()
    reused = Question(CHANGE.id, Kind.SINGLE, "Another question", options=TAKE_PART.options)
    with pytest.raises(NotReady, match="CHANGE was another kind of question in version 1"):
        rewrite(survey, Definition("With it", (*SMALL.questions[:-1], reused))).publish()


def test_a_question_may_take_its_options_from_the_list_of_its_kind_and_keep_its_key():
    survey = SurveyFactory(published=True)
    listed = [replace(q, kind=Kind.CRIME_TYPE) if q.id == "CRIME" else q for q in SMALL.questions]
    rewrite(survey, Definition("Listed", tuple(listed))).publish()
    assert survey.versions.count() == 2


def test_publish_by_the_survey_itself_freezes_too():
    survey = SurveyFactory()
    survey.publish(survey.save_revision())
    assert survey.versions.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda version: SurveyVersion.objects.update(sha256="0" * 64),
        lambda version: SurveyVersion.objects.filter(pk=version.pk).update(definition={}),
        lambda version: (setattr(version, "number", 9), version.save()),
        lambda version: connection.cursor().execute("UPDATE surveys_surveyversion SET number = 9"),
    ],
    ids=["one column", "the definition", "save", "plain SQL"],
)
def test_the_database_refuses_to_change_a_published_version(change):
    version = SurveyVersionFactory()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        change(version)
    unchanged = SurveyVersion.objects.get(pk=version.pk)
    assert (unchanged.number, unchanged.sha256) == (1, from_json(unchanged.definition).sha256())


def test_a_survey_with_versions_cannot_be_deleted():
    survey = SurveyFactory(published=True)
    with pytest.raises(DatabaseError):
        survey.delete()


class TestLive:
    def test_the_newest_version_of_an_open_survey(self):
        survey = SurveyFactory(published=True)
        rewrite(survey, Definition("A small survey", SMALL.questions[:-1])).publish()
        assert SurveyVersion.objects.live(survey.code).number == 2

    @pytest.mark.parametrize(("days", "is_open"), [(-1, False), (0, True), (1, True), (2, False)])
    def test_only_from_the_opening_to_the_closing_day(self, days, is_open):
        opens = datetime.date(2026, 3, 1)
        survey = SurveyFactory(published=True, consultation__opens_on=opens, consultation__closes_on=opens + A_DAY)
        found = SurveyVersion.objects.live(survey.code, on=opens + days * A_DAY)
        assert (found is not None) == is_open

    def test_not_after_it_was_taken_off(self):
        survey = SurveyFactory(published=True)
        survey.unpublish()
        assert SurveyVersion.objects.live(survey.code) is None

    def test_not_without_a_duty_holder(self):
        survey = SurveyFactory(published=True)
        survey.consultation.duty_holder = None
        survey.consultation.save()
        assert SurveyVersion.objects.live(survey.code) is None

    def test_not_one_that_was_never_published(self):
        assert SurveyVersion.objects.live(SurveyFactory().code) is None

    def test_not_another_survey(self):
        survey = SurveyFactory(published=True)
        other = SurveyFactory(published=True)
        assert SurveyVersion.objects.live(other.code).survey == other
        assert SurveyVersion.objects.live(survey.code + "x") is None
