"""What each kind of page finds, and what the register says of every field."""

import datetime

import pytest
from django.test import RequestFactory
from django.utils import timezone

from pages.data_register import _difference, register, tables_about_respondents
from pages.models import ConsultationPage, GuidancePage, HomePage, PublicPage, SupportPage
from tests.feedback.factories import OrganisationFactory
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory


@pytest.fixture
def pages(db):
    return make_site(SurveyFactory(published=True))


def context(page):
    return page.get_context(RequestFactory().get("/"))


def test_guidance_and_support_are_not_listed_among_consultations(pages):
    assert [page.pk for page in pages["home"].open_consultations()] == [pages["consultation"].pk]
    assert [page.slug for page in pages["home"].other_pages()] == ["help", "privacy"]


def test_an_unpublished_page_is_listed_nowhere(pages):
    for name in ("consultation", "guidance"):
        pages[name].unpublish()
    assert pages["home"].open_consultations() == []
    assert [page.slug for page in pages["home"].other_pages()] == ["help"]


def test_a_page_below_guidance_is_not_at_the_front(pages):
    pages["guidance"].add_child(instance=GuidancePage(title="Deeper", slug="deeper", body="<p>-</p>"))
    assert "deeper" not in [page.slug for page in pages["home"].other_pages()]


def test_an_open_consultation_says_how_long_it_takes(pages):
    found = context(pages["consultation"])
    assert found["is_open"]
    assert found["consultation"] == pages["consultation"].survey.consultation
    assert found["lengths"] is not None


def test_a_closed_consultation_is_still_explained_but_has_no_length(pages):
    consultation = pages["consultation"].survey.consultation
    consultation.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    consultation.save()
    found = context(ConsultationPage.objects.get())
    assert (found["is_open"], found["lengths"]) == (False, None)
    assert found["consultation"] == consultation


def test_a_page_without_a_survey_is_a_page_all_the_same(db):
    page = make_site(None)["consultation"]
    found = context(page)
    assert (found["consultation"], found["is_open"], found["lengths"]) == (None, False, None)
    assert page.version() is None


def test_the_office_that_asks_stands_before_the_one_in_charge(pages):
    asks = pages["consultation"].survey.consultation.organisation
    OrganisationFactory(name="Another fictional office", from_date=timezone.localdate())
    assert context(pages["consultation"])["organisation"] == asks
    assert context(pages["guidance"])["organisation"].name == "Another fictional office"


@pytest.mark.parametrize("kind", [HomePage, ConsultationPage, GuidancePage, SupportPage])
def test_editors_format_with_headings_lists_and_links_only(kind):
    assert issubclass(kind, PublicPage)
    rich = [field for field in kind._meta.local_fields if hasattr(field, "features")]
    assert rich
    for field in rich:
        assert set(field.features) == {"h2", "h3", "bold", "ol", "ul", "link"}


def test_pages_stand_only_where_they_belong(pages):
    assert not HomePage.can_create_at(pages["home"])
    assert ConsultationPage.can_create_at(pages["home"])
    assert not ConsultationPage.can_create_at(pages["guidance"])
    assert not GuidancePage.can_create_at(pages["consultation"])
    assert not SupportPage.can_create_at(pages["home"])


@pytest.mark.parametrize("table", tables_about_respondents(), ids=lambda table: table.label)
def test_the_register_says_in_words_what_each_field_is_who_sees_it_and_when_it_goes(table):
    assert table.fields
    for words in (table.title, table.seen_by, table.kept, *table.fields.values()):
        assert words.strip()


def test_only_tables_about_respondents_are_shown_in_the_order_of_the_file():
    about = [label for label, entry in register()["tables"].items() if entry["about"] == "respondent"]
    assert [table.label for table in tables_about_respondents()] == about
    assert 0 < len(about) < len(register()["tables"])


def test_a_difference_is_told_both_ways_and_in_order():
    assert _difference("a.B", {"x", "c", "a"}, {"x", "z"}) == [
        "a.B.a is not in the register",
        "a.B.c is not in the register",
        "a.B.z is in the register and does not exist",
    ]
    assert _difference("a.B", {"x"}, {"x"}) == []
