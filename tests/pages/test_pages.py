"""The public pages, the sign-in page, the error pages."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.utils import timezone
from django.views import defaults

from feedback.models import Organisation, SupportService
from pages.models import HomePage
from surveys.models import Draft
from tests.feedback.factories import OrganisationFactory
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory
from tests.surveys.journey.factories import Walker

pytestmark = pytest.mark.django_db
NAMES = ["home", "consultation", "support", "guidance"]


@pytest.fixture
def survey():
    return SurveyFactory(published=True)


@pytest.fixture
def pages(survey):
    return make_site(survey)


def get(page) -> str:
    response = Client().get(page.url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_each_page_has_one_heading_the_exit_and_the_office(pages, survey, name):
    text = get(pages[name])
    assert text.count("<h1") == 1
    assert 'href="/leave"' in text
    assert survey.consultation.organisation.name in text


@pytest.mark.parametrize("name", NAMES)
def test_no_public_page_sets_a_cookie_or_asks_another_site(pages, name):
    response = Client(enforce_csrf_checks=True).get(pages[name].url)
    assert not response.cookies
    assert "http" not in response.content.decode()


def test_home_lists_what_is_open_and_where_help_is(pages):
    text = get(pages["home"])
    assert "How was it?" in text
    assert "Where to get help" in text
    assert "Nothing is open" not in text


def test_home_says_when_nothing_is_open(pages, survey):
    survey.unpublish()
    assert "Nothing is open at the moment" in get(pages["home"])


def test_what_closes_first_is_on_top(pages, survey):
    later = SurveyFactory(published=True, consultation__closes_on=timezone.localdate() + datetime.timedelta(days=90))
    sooner = SurveyFactory(published=True, consultation__closes_on=timezone.localdate() + datetime.timedelta(days=2))
    home = HomePage.objects.get()
    for number, other in enumerate((later, sooner)):
        home.add_child(
            instance=type(pages["consultation"])(title=f"Other {number}", slug=f"other-{number}", survey=other)
        )
    assert [page.survey for page in home.open_consultations()] == [sooner, survey, later]


def test_a_consultation_says_what_why_who_and_until_when(pages, survey):
    text = get(pages["consultation"]).replace("&#x27;", "'")
    consultation = survey.consultation
    for said in (consultation.purpose, consultation.use_of_answers, consultation.organisation.contact, "minutes"):
        assert said in text
    assert f"{consultation.closes_on:%Y}" in text


def test_start_leads_into_the_journey(pages, survey, keys):
    assert f'name="survey" value="{survey.code}"' in get(pages["consultation"])
    walker = Walker()
    walker.begin(survey.code)
    assert walker.heading == "Are you or a child in danger now?"
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("state", ["closed", "without a survey"])
def test_a_consultation_that_is_not_open_has_no_start_button(state, pages, survey):
    page = pages["consultation"]
    if state == "closed":
        consultation = survey.consultation
        consultation.closes_on = timezone.localdate() - datetime.timedelta(days=1)
        consultation.save()
    else:
        page.survey = None
        page.save()
    text = get(page)
    assert "cannot be answered here at the moment" in text
    assert ">Start<" not in text


def test_support_shows_each_service_with_the_day_it_was_checked(pages):
    fields = {"who_for": "Anyone", "source": "made up", "verified_on": "2026-03-02", "review_by": "2027-01-01"}
    SupportService.objects.create(name="Fenmarch Listening Line", phone="01632 960111", **fields)
    SupportService.objects.create(name="Full House", is_accepting=False, **fields)
    text = get(pages["support"])
    assert "Fenmarch Listening Line" in text
    assert "Checked on 2 March 2026" in text
    assert "Full House" not in text


def test_the_office_in_charge_today_is_named(pages):
    today = timezone.localdate()
    Organisation.objects.update(to_date=today - datetime.timedelta(days=1))
    OrganisationFactory(name="Mayor of Fenmarch", from_date=today)
    OrganisationFactory(name="Later Office", from_date=today + datetime.timedelta(days=1))
    text = get(pages["guidance"])
    assert "Mayor of Fenmarch" in text
    assert "Later Office" not in text


def test_an_unknown_address_gets_our_page():
    response = Client().get("/nowhere/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "fault", "status", "heading"),
    [
        (defaults.bad_request, SuspiciousOperation("canary"), 400, "This page could not be read"),
        (defaults.permission_denied, PermissionDenied(), 403, "You cannot open this page"),
        (defaults.server_error, None, 500, "something went wrong here"),
    ],
)
def test_each_fault_gets_our_page_and_tells_nothing_of_what_was_sent(view, fault, status, heading):
    request = RequestFactory().post("/x/", {"answer": "canary"})
    response = view(request, fault) if fault else view(request)
    text = response.content.decode()
    assert response.status_code == status
    assert heading in text
    assert "canary" not in text


def test_a_refusal_says_why():
    response = defaults.permission_denied(RequestFactory().get("/x/"), PermissionDenied("Ask for the role."))
    assert "Ask for the role." in response.content.decode()


def test_a_staff_form_without_its_token_gets_our_page():
    response = Client(enforce_csrf_checks=True).post("/staff/sign-in/", {"username": "x"})
    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()
