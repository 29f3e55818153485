"""Which support a person is shown, which office is in charge, and until when somebody may send."""

import datetime

import pytest
from django.utils import timezone

from feedback.models import Organisation, SupportService
from tests.feedback.factories import ConsultationFactory, OrganisationFactory, SupportServiceFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def names(crime_type: str = "", area: str = "") -> list[str]:
    return [service.name for service in SupportService.objects.for_person(crime_type, area)]


@pytest.fixture
def directory():
    SupportServiceFactory(name="everybody", position=1)
    SupportServiceFactory(name="stalking", crime_types=["stalking"], position=2)
    SupportServiceFactory(name="hate", crime_types=["hate-crime"], position=3)
    SupportServiceFactory(name="fenmarch", areas=["fenmarch"], position=4)
    SupportServiceFactory(name="full", is_accepting=False)
    SupportServiceFactory(name="police", is_emergency=True)


@pytest.mark.parametrize(
    ("crime_type", "area", "shown"),
    [
        ("", "", ["everybody", "stalking", "hate", "fenmarch"]),
        ("stalking", "", ["stalking", "everybody", "fenmarch"]),
        ("", "fenmarch", ["fenmarch", "everybody", "stalking", "hate"]),
        ("hate-crime", "otherplace", ["hate", "everybody"]),
        ("hate-crime", "fenmarch", ["hate", "fenmarch", "everybody"]),
        ("burglary", "otherplace", ["everybody"]),
    ],
)
def test_support_is_for_the_crime_type_and_area_and_the_nearest_comes_first(directory, crime_type, area, shown):
    assert names(crime_type, area) == shown


def test_a_service_of_both_needs_both():
    SupportServiceFactory(name="both", crime_types=["stalking"], areas=["fenmarch"])
    assert names("stalking", "otherplace") == []
    assert names("hate-crime", "fenmarch") == []
    assert names("stalking", "fenmarch") == ["both"]


def test_children_are_shown_what_is_for_children(directory):
    SupportServiceFactory(name="young", is_for_children=True)
    SupportServiceFactory(name="young and full", is_for_children=True, is_accepting=False)
    assert [service.name for service in SupportService.objects.for_children()] == ["young"]


@pytest.mark.parametrize(("days", "is_overdue"), [(-1, True), (0, False), (1, False)])
def test_a_service_not_checked_by_its_day_is_marked(days, is_overdue):
    assert SupportServiceFactory(review_by=timezone.localdate() + days * DAY).is_overdue == is_overdue


@pytest.mark.parametrize(("from_days", "to_days", "is_in_charge"), [(-5, 0, True), (-5, -1, False), (1, None, False)])
def test_the_office_in_charge_is_the_one_of_today(from_days, to_days, is_in_charge):
    today = timezone.localdate()
    to_date = None if to_days is None else today + to_days * DAY
    office = OrganisationFactory(from_date=today + from_days * DAY, to_date=to_date)
    assert Organisation.objects.in_charge() == (office if is_in_charge else None)


def test_of_two_offices_the_newer_is_in_charge():
    today = timezone.localdate()
    OrganisationFactory(from_date=today - 9 * DAY)
    newer = OrganisationFactory(from_date=today - DAY)
    assert Organisation.objects.in_charge() == newer
    assert Organisation.objects.in_charge(on=today - 2 * DAY) != newer


def test_whoever_has_begun_has_the_whole_day_after_closing():
    consultation = ConsultationFactory()
    assert consultation.last_day_to_send - consultation.closes_on == DAY
