"""The editors' desk: list, editor, checks, start from a template, and what each says when publishing is refused."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Task, Workflow, WorkflowContentType, WorkflowTask

from accounts.models import Role
from surveys import filing
from surveys.conversion import to_raw
from surveys.definition import Definition
from surveys.library import load_template
from surveys.models import Survey, SurveyVersion
from tests.accounts.factories import UserFactory, sign_in
from tests.surveys.factories import CHANGE, SMALL, TAKE_PART, TOLD, USES, SurveyFactory

pytestmark = pytest.mark.django_db
URLS = "wagtailsnippets_surveys_survey:"


@pytest.fixture
def editor(client):
    user = UserFactory(roles=[Role.EDITOR])
    sign_in(client, user)
    return user


def posted(survey, definition=SMALL, **extra):
    """What the browser sends from the editor for these questions."""
    fields = {"title": definition.title, "code": survey.code, "consultation": str(survey.consultation.pk)}
    for number, block in enumerate(to_raw(definition)):
        fields |= block_fields(f"questions-{number}", block, number)
    return fields | {"questions-count": str(len(definition.questions))} | extra


def block_fields(name, block, number):
    start = {"deleted": "", "order": str(number), "type": block["type"], "id": block["id"]}
    return {f"{name}-{key}": value for key, value in start.items()} | value_fields(f"{name}-value", block["value"])


def value_fields(name, value):
    if isinstance(value, dict):
        return {
            key: sent for part, inner in value.items() for key, sent in value_fields(f"{name}-{part}", inner).items()
        }
    if isinstance(value, list):
        fields = {f"{name}-count": str(len(value))}
        for number, item in enumerate(value):
            fields |= block_fields(f"{name}-{number}", item, number)
        return fields
    if value is True or value is False:
        return {name: "on"} if value else {}
    return {name: "" if value is None else str(value)}


def text_of(response):
    import html
    import re

    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


class TestPublishing:
    def url(self, survey):
        return reverse(URLS + "edit", args=[survey.pk])

    def test_the_button_freezes_one_version(self, client, editor):
        survey = SurveyFactory()
        response = client.post(self.url(survey), posted(survey, **{"action-publish": "1"}))
        assert response.status_code == 302
        version = SurveyVersion.objects.get(survey=survey)
        assert (version.number, version.published_by) == (1, editor)
        assert version.sha256 == filing.named(SMALL).sha256()

    def test_saving_a_draft_freezes_nothing(self, client, editor):
        survey = SurveyFactory(published=True)
        changed = Definition("Changed", SMALL.questions[:-1])
        assert client.post(self.url(survey), posted(survey, changed)).status_code == 302
        assert survey.versions.count() == 1
        survey.refresh_from_db()
        assert survey.definition() == SMALL
        assert survey.get_latest_revision_as_object().definition() == changed

    def test_the_whole_template_can_be_saved_from_the_editor(self, client, editor):
        template = load_template("victims_code_experience")
        survey = SurveyFactory()
        response = client.post(self.url(survey), posted(survey, template, **{"action-publish": "1"}))
        assert response.status_code == 302
        assert survey.versions.get().sha256 == filing.named(template).sha256()

    @pytest.mark.parametrize(
        ("questions", "words"),
        [
            ((USES, CHANGE), "The first question must ask whether the person agrees to take part."),
            ((TAKE_PART, CHANGE), "Nothing asks how the answers may be used"),
        ],
    )
    def test_a_faulty_survey_is_shown_again_with_the_reason(self, client, editor, questions, words):
        survey = SurveyFactory()
        data = posted(survey, Definition("Kept title", questions), **{"action-publish": "1"})
        response = client.post(self.url(survey), data)
        assert response.status_code == 200
        assert words in response.content.decode()
        assert "Kept title" in response.content.decode()
        assert not survey.versions.exists()

    def test_without_a_duty_holder_the_reason_stands_at_the_consultation(self, client, editor):
        survey = SurveyFactory(consultation__duty_holder=None)
        response = client.post(self.url(survey), posted(survey, **{"action-publish": "1"}))
        assert "Name the person who reads urgent contributions." in text_of(response)
        assert not survey.versions.exists()

    def test_a_draft_may_be_incomplete(self, client, editor):
        survey = SurveyFactory()
        assert client.post(self.url(survey), posted(survey, Definition("Half", (CHANGE,)))).status_code == 302
        survey.refresh_from_db()
        assert survey.get_latest_revision_as_object().title == "Half"

    def test_a_new_survey_may_go_live_at_once_if_it_is_ready(self, client, editor):
        data = posted(SurveyFactory.build(code="new", consultation=SurveyFactory().consultation))
        response = client.post(reverse(URLS + "add"), data | {"action-publish": "1"})
        assert response.status_code == 302
        assert SurveyVersion.objects.get(survey__code="new").number == 1

    def test_a_new_survey_that_is_not_ready_is_shown_again(self, client, editor):
        consultation = SurveyFactory(consultation__duty_holder=None).consultation
        data = posted(SurveyFactory.build(code="new", consultation=consultation))
        response = client.post(reverse(URLS + "add"), data | {"action-publish": "1"})
        assert "Name the person who reads urgent contributions." in text_of(response)
        assert not Survey.objects.filter(code="new").exists()

    def test_scheduling_is_checked_like_publishing(self, client, editor):
        survey = SurveyFactory(consultation__duty_holder=None)
        later = timezone.localtime() + datetime.timedelta(days=3)
        extra = {"action-publish": "1", "go_live_at": later.strftime("%Y-%m-%d %H:%M")}
        response = client.post(self.url(survey), posted(survey, **extra))
        assert response.status_code == 200
        assert "Name the person" in text_of(response)

    def test_who_may_not_edit_may_not_publish(self, client):
        sign_in(client, UserFactory(roles=[Role.MODERATOR]))
        survey = SurveyFactory()
        assert client.post(self.url(survey), posted(survey, **{"action-publish": "1"})).status_code == 403
        assert not survey.versions.exists()

    def test_a_refusal_the_form_did_not_foresee_keeps_the_draft_and_shows_the_reasons(
        self, client, editor, monkeypatch
    ):
        monkeypatch.setattr("surveys.forms.SurveyForm._goes_live", lambda form: False)
        survey = SurveyFactory(consultation__duty_holder=None)
        data = posted(survey, Definition("New title", SMALL.questions), **{"action-publish": "1"})
        response = client.post(self.url(survey), data)
        assert response.url == reverse(URLS + "check", args=[survey.pk])
        survey.refresh_from_db()
        assert survey.get_latest_revision_as_object().title == "New title"
        assert not survey.versions.exists()


class TestWorkflow:
    @pytest.fixture
    def waiting(self, editor):
        """A survey submitted for approval to the editors' group."""
        Task.objects.all().delete()
        task = GroupApprovalTask.objects.create(name="A second pair of eyes")
        task.groups.set(editor.groups.all())
        workflow = Workflow.objects.create(name="Approval")
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
        from django.contrib.contenttypes.models import ContentType

        WorkflowContentType.objects.create(workflow=workflow, content_type=ContentType.objects.get_for_model(Survey))
        survey = SurveyFactory()
        survey.save_revision(user=editor)
        workflow.start(survey, editor)
        survey.refresh_from_db()
        return survey

    def approve(self, client, survey, **extra):
        state = survey.current_workflow_task_state
        url = reverse(URLS + "workflow_action", args=[survey.pk, "approve", state.pk])
        return client.post(url, {"comment": ""}, **extra)

    def test_approval_freezes_one_version(self, client, waiting):
        self.approve(client, waiting)
        assert waiting.versions.get().sha256 == filing.named(SMALL).sha256()
        waiting.refresh_from_db()
        assert waiting.live

    def test_a_refusal_leads_to_the_reasons_and_leaves_the_approval_open(self, client, waiting):
        waiting.consultation.duty_holder = None
        waiting.consultation.save()
        response = self.approve(client, waiting)
        assert response.url == reverse(URLS + "check", args=[waiting.pk])
        assert "The survey was not published." in text_of(client.get(response.url))
        assert not waiting.versions.exists()
        assert Survey.objects.get(pk=waiting.pk).workflow_in_progress

    def test_a_refusal_reaches_the_dialogue_too(self, client, waiting):
        waiting.consultation.duty_holder = None
        waiting.consultation.save()
        response = self.approve(client, waiting, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
        assert response.json() == {"step": "success", "redirect": reverse(URLS + "check", args=[waiting.pk])}

    def test_approving_from_the_editor_says_what_is_wrong_there(self, client, waiting):
        waiting.consultation.duty_holder = None
        waiting.consultation.save()
        extra = {"action-workflow-action": "1", "workflow-action-name": "approve"}
        response = client.post(reverse(URLS + "edit", args=[waiting.pk]), posted(waiting, **extra))
        assert "Name the person" in text_of(response)
        assert not waiting.versions.exists()


class TestChecks:
    def page(self, client, survey):
        return client.get(reverse(URLS + "check", args=[survey.pk]))

    def test_a_sound_survey_shows_its_outline_drawing_and_routes(self, client, editor):
        survey = SurveyFactory(template=True)
        said = text_of(self.page(client, survey))
        assert "It is ready to go live." in said
        assert "There are 168 routes for people who take part: from 10 pages, about 6 minutes, to 50 pages" in said
        assert "Asked only if VE-02 is “Me, for a child, or I am under 16”." in said
        assert "VE-11i The police treated me fairly" in said
        assert said.count("VE-03: not-yet") > 0

    def test_the_drawing_has_a_title_a_description_and_every_question(self, client, editor):
        page = self.page(client, SurveyFactory(template=True)).content.decode()
        assert '<title id="flow-title">' in page
        assert '<desc id="flow-description">52 questions from top to bottom.' in page
        assert page.count('class="heard-flow__box"') == 52

    def test_faults_are_listed_and_no_route_is_drawn(self, client, editor):
        survey = SurveyFactory(definition=Definition("Faulty", (CHANGE, TOLD)), consultation__duty_holder=None)
        page = self.page(client, survey)
        said = text_of(page)
        assert "The first question must ask whether the person agrees to take part." in said
        assert "Name the person who reads urgent contributions." in said
        assert "It is ready to go live." not in said
        assert b"<svg role" not in page.content

    def test_it_reads_the_draft_and_says_how_it_stands_to_what_is_live(self, client, editor):
        survey = SurveyFactory(published=True)
        assert "and asks the same" in text_of(self.page(client, survey))
        survey.title = "Changed"
        survey.save_revision()
        assert "this draft differs from it" in text_of(self.page(client, survey))

    def test_an_empty_survey_is_not_an_error(self, client, editor):
        said = text_of(self.page(client, SurveyFactory(definition=Definition("Empty"))))
        assert "The first question must ask" in said

    def test_it_is_for_editors_only(self, client):
        sign_in(client, UserFactory(roles=[Role.MODERATOR]))
        assert self.page(client, SurveyFactory()).status_code == 403


class TestStart:
    url = property(lambda self: reverse(URLS + "start"))

    def test_it_makes_a_draft_with_every_question(self, client, editor):
        consultation = SurveyFactory().consultation
        data = {"template": "victims_code_experience", "consultation": consultation.pk, "code": "ve26"}
        response = client.post(self.url, data)
        survey = Survey.objects.get(code="ve26")
        assert response.url == reverse(URLS + "edit", args=[survey.pk])
        assert survey.definition() == load_template("victims_code_experience")
        assert (survey.live, survey.latest_revision.user, survey.versions.count()) == (False, editor, 0)
        assert client.get(response.url).status_code == 200

    def test_a_code_in_use_is_refused_with_a_reason(self, client, editor):
        survey = SurveyFactory(code="taken")
        data = {"template": "victims_code_experience", "consultation": survey.consultation.pk, "code": "taken"}
        assert "Another survey has this code." in text_of(client.post(self.url, data))
        assert Survey.objects.count() == 1

    def test_it_is_offered_beside_the_list(self, client, editor):
        page = client.get(reverse(URLS + "list"))
        assert self.url in page.content.decode()

    def test_it_is_for_editors_only(self, client):
        sign_in(client, UserFactory(roles=[Role.ANALYST]))
        assert client.get(self.url).status_code == 403


@pytest.mark.parametrize("definition", [SMALL, Definition("Empty"), load_template("victims_code_experience")])
def test_the_preview_shows_the_questions(client, editor, definition):
    survey = SurveyFactory(definition=definition)
    url = reverse(URLS + "preview_on_edit", args=[survey.pk])
    assert client.post(url, posted(survey, definition)).json()["is_valid"]
    page = client.get(url)
    assert page.status_code == 200
    said = text_of(page)
    assert all(question.label in said for question in definition.questions)


@pytest.mark.parametrize("name", ["history", "usage", "delete"])
def test_wagtails_own_pages_work(client, editor, name):
    survey = SurveyFactory(published=True)
    assert client.get(reverse(URLS + name, args=[survey.pk])).status_code == 200
