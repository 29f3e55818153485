"""Consultations, offices and support services in the admin, and that nothing sealed is ever a snippet."""

import datetime

import pytest
from django.utils import timezone
from wagtail.snippets.models import get_snippet_models

from accounts.models import Role
from feedback.forms import ConsultationForm, SlugsField
from feedback.models import Consultation, Organisation, SupportService
from tests.accounts.factories import UserFactory, sign_in
from tests.feedback.factories import (
    ConsultationFactory,
    ContributionFactory,
    OrganisationFactory,
    SupportServiceFactory,
)

TODAY, DAY = timezone.localdate(), datetime.timedelta(days=1)
pytestmark = pytest.mark.django_db
SERVICES = "/admin/snippets/feedback/supportservice/"
CONSULTATIONS = "/admin/snippets/feedback/consultation/"
OFFICES = "/admin/snippets/feedback/organisation/"


@pytest.fixture
def editor(client):
    sign_in(client, UserFactory(roles=[Role.EDITOR]))
    return client


def service(**changes):
    values = {
        "name": "Fenmarch Listening Line",
        "who_for": "Anyone affected by crime",
        "phone": "01632 960000",
        "crime_types": "stalking, domestic-abuse,stalking",
        "areas": "",
        "is_accepting": "on",
        "position": "10",
        "source": "Its own website",
        "verified_on": "2026-01-01",
        "review_by": "2026-07-01",
    }
    return values | changes


def consultation(**changes):
    values = {
        "organisation": str(OrganisationFactory().pk),
        "title": "Fenmarch listens",
        "purpose": "To learn.",
        "use_of_answers": "A report.",
        "opens_on": "2026-01-01",
        "closes_on": "2026-02-01",
        "is_victim_facing": "on",
    }
    return values | changes


def test_only_the_directory_and_never_a_sealed_model_is_a_snippet():
    ours = {model for model in get_snippet_models() if model._meta.app_label == "feedback"}
    assert ours == {Consultation, Organisation, SupportService}


@pytest.mark.parametrize("where", [SERVICES, CONSULTATIONS, OFFICES])
@pytest.mark.parametrize("role", [Role.MODERATOR, Role.SAFEGUARDING_LEAD, Role.ANALYST, Role.PUBLISHER])
def test_only_editors_change_the_directory(client, where, role):
    sign_in(client, UserFactory(roles=[role]))
    assert client.get(where).status_code == 403
    assert client.post(f"{where}add/", {}).status_code == 403


@pytest.mark.parametrize("where", [SERVICES, CONSULTATIONS, OFFICES])
def test_an_editor_reaches_each_list_and_its_form(editor, where):
    assert editor.get(where).status_code == 200
    assert editor.get(f"{where}add/").status_code == 200


def test_a_service_keeps_its_slugs_each_once(editor):
    assert editor.post(f"{SERVICES}add/", service()).status_code == 302
    made = SupportService.objects.get()
    assert made.crime_types == ["stalking", "domestic-abuse"]
    assert made.areas == []
    assert "stalking, domestic-abuse" in editor.get(f"{SERVICES}edit/{made.pk}/").content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"phone": "", "url": ""}, "Give a telephone number or a web address"),
        ({"review_by": "2026-01-01"}, "The next check must come after the last one."),
        ({"review_by": "2025-12-31"}, "The next check must come after the last one."),
        ({"areas": "West Fenmarch"}, "Write “west-fenmarch”"),
    ],
)
def test_a_service_that_cannot_be_right_is_explained(editor, changes, sentence):
    response = editor.post(f"{SERVICES}add/", service(**changes))
    assert sentence in response.content.decode()
    assert not SupportService.objects.exists()


def test_an_overdue_check_is_told_in_the_list_and_can_be_filtered(editor):
    today = timezone.localdate()
    SupportServiceFactory(name="Overdue Line", review_by=today - datetime.timedelta(days=1))
    SupportServiceFactory(name="Due Line", review_by=today)
    page = editor.get(SERVICES).content.decode()
    assert page.count("</svg> Overdue</span>") == 1
    overdue = editor.get(SERVICES, {"is_overdue": "true"}).content.decode()
    assert ("Overdue Line" in overdue, "Due Line" in overdue) == (True, False)
    in_date = editor.get(SERVICES, {"is_overdue": "false"}).content.decode()
    assert ("Overdue Line" in in_date, "Due Line" in in_date) == (False, True)


def test_a_consultation_that_closes_before_it_opens_is_refused(editor):
    response = editor.post(f"{CONSULTATIONS}add/", consultation(closes_on="2025-12-31"))
    assert "The closing day comes before the opening day." in response.content.decode()
    assert not Consultation.objects.exists()


def test_only_safeguarding_leads_can_be_duty_holders(editor):
    lead, moderator = UserFactory(roles=[Role.SAFEGUARDING_LEAD]), UserFactory(roles=[Role.MODERATOR])
    refused = editor.post(f"{CONSULTATIONS}add/", consultation(duty_holder=str(moderator.pk)))
    assert refused.status_code == 200
    assert not Consultation.objects.exists()
    assert editor.post(f"{CONSULTATIONS}add/", consultation(duty_holder=str(lead.pk))).status_code == 302
    assert Consultation.objects.get().duty_holder == lead


def test_a_duty_holder_who_left_is_no_longer_offered():
    gone = UserFactory(roles=[Role.SAFEGUARDING_LEAD], is_active=False)
    form = ConsultationFormOfModel(instance=ConsultationFactory(duty_holder=None))
    assert gone not in form.fields["duty_holder"].queryset


def test_an_office_that_ends_before_it_begins_is_refused(editor):
    values = {"name": "F", "contact": "1 Example Street", "reading_hours": "Mondays", "from_date": "2026-02-01"}
    response = editor.post(f"{OFFICES}add/", values | {"to_date": "2026-01-01"})
    assert "The last day comes before the first day." in response.content.decode()
    assert editor.post(f"{OFFICES}add/", values | {"to_date": "2026-03-01"}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "kept"), [("", []), ("a", ["a"]), (" a , b,,a ", ["a", "b"]), ("a-b,c1", ["a-b", "c1"])]
)
def test_slugs_are_read_from_what_is_typed(typed, kept):
    field = SlugsField(required=False)
    assert field.clean(typed) == kept
    assert field.has_changed(kept, ", ".join(kept)) is False


class ConsultationFormOfModel(ConsultationForm):
    class Meta:
        model = Consultation
        fields = ["duty_holder"]


def edited(editor, *, was=None, received=True, **changes):
    """What the form says to these changes of a consultation with these days, and the consultation afterwards."""
    days = {"opens_on": TODAY - 9 * DAY, "closes_on": TODAY + 9 * DAY, "used_until": was}
    made = ConsultationFactory(duty_holder=None, **days)
    if received:
        ContributionFactory(consultation=made)
    told = {name: day.isoformat() for name, day in {**days, **changes}.items() if day}
    response = editor.post(
        f"{CONSULTATIONS}edit/{made.pk}/", consultation(organisation=str(made.organisation_id), **told)
    )
    made.refresh_from_db()
    return response.content.decode(), made


def test_an_empty_last_day_of_use_is_written_down_as_a_year_after_closing(editor):
    editor.post(f"{CONSULTATIONS}add/", consultation())
    assert Consultation.objects.get().used_until == datetime.date(2027, 2, 1)


@pytest.mark.parametrize(
    ("was", "becomes", "sentence"),
    [
        (None, TODAY + 9 * DAY, "may still send on the day after it closes"),
        (TODAY + 90 * DAY, TODAY + 91 * DAY, "It can be earlier, not later."),
        (None, TODAY + 375 * DAY, "It can be earlier, not later."),
        (TODAY + 90 * DAY, TODAY + 27 * DAY, "Give a day at least 28 days from now."),
    ],
)
def test_a_last_day_that_breaks_what_people_were_told_is_refused(editor, was, becomes, sentence):
    said, made = edited(editor, was=was, used_until=becomes)
    assert sentence in said
    assert made.used_until == was


@pytest.mark.parametrize("becomes", [TODAY + 90 * DAY, TODAY + 28 * DAY])
def test_a_last_day_may_stay_or_come_earlier_with_notice(editor, becomes):
    assert edited(editor, was=TODAY + 90 * DAY, used_until=becomes)[1].used_until == becomes


def test_before_anybody_has_answered_the_last_day_is_free(editor):
    assert edited(editor, was=TODAY + 20 * DAY, received=False, used_until=TODAY + 900 * DAY)[1].used_until
