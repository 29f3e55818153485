"""Links and posters: for editors, for the public address, and with what printing them may betray."""

import pytest
from django.urls import reverse

from accounts.models import Role
from pages.models import ConsultationPage
from surveys.outreach import channels
from tests.accounts.factories import UserFactory, sign_in
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(keys):
    make_site(SurveyFactory(published=True))
    return ConsultationPage.objects.get()


@pytest.fixture
def editor(client):
    sign_in(client, UserFactory(roles=[Role.EDITOR]))


def addresses(page):
    yield reverse("pages_outreach")
    yield reverse("pages_outreach_links", args=[page.pk])
    for kind in ("svg", "png"):
        yield reverse("pages_outreach_code", args=[page.pk, "a", kind])
    for size in ("a4", "a6"):
        yield reverse("pages_outreach_card", args=[page.pk, "a", size])


def test_every_kind_of_link_is_there_with_a_warning(client, editor, page):
    said = client.get(reverse("pages_outreach_links", args=[page.pk])).content.decode()
    for channel in channels():
        assert f"{page.get_url()}?v={channel.code}" in said
    assert "can be opened by somebody else" in said
    assert "QR code that opens" in said


def test_the_sheet_is_neutral_and_says_what_to_do_in_danger(client, editor, page):
    said = client.get(reverse("pages_outreach_card", args=[page.pk, "c", "a6"])).content.decode()
    assert "Call 999" in said
    assert "?v=c" in said
    assert not [word for word in ("victim", "crime", page.title.lower()) if word in said.lower()]


def test_every_address_answers_an_editor_and_nobody_else(client, editor, page):
    for address in addresses(page):
        assert client.get(address).status_code == 200
    sign_in(client, UserFactory(roles=[Role.ANALYST]))
    for address in addresses(page):
        assert client.get(address).status_code in {302, 403}


def test_there_is_no_picture_for_a_code_that_somebody_made_up(client, editor, page):
    assert client.get(reverse("pages_outreach_code", args=[page.pk, "z", "svg"])).status_code == 404


@pytest.mark.parametrize(
    ("query", "is_passed_on"), [("?v=a", True), ("?v=person-17", False), ("?v=z", False), ("", False)]
)
def test_the_page_passes_a_known_code_on_and_sets_no_cookie(client, page, query, is_passed_on):
    response = client.get(f"/how-was-it/{query}")
    assert ('name="v" value="a"' in response.content.decode()) == is_passed_on
    assert not response.cookies
