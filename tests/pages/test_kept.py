"""The public page "What we will know about you", made from the register."""

import pytest
from django.test import Client

from feedback.models import Organisation
from pages.data_register import register, tables_about_respondents
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    make_site(SurveyFactory(published=True))
    return get().content.decode().replace("&#x27;", "'")


def get():
    return Client().get("/kept/")


def test_it_says_every_table_field_cookie_task_and_log_of_the_register(text):
    for table in tables_about_respondents():
        for said in (table.title, table.seen_by, table.kept, *table.fields.values()):
            assert said in text, said
    for entry in (*register()["cookies"], *register()["tasks"], *register()["logs"]):
        assert entry["says"] in text


def test_the_plain_summary_comes_first(text):
    summary = register()["summary"]
    order = [text.index(line) for line in (*summary["not_kept"], *summary["kept"])]
    assert order == sorted(order)
    assert order[-1] < text.index(tables_about_respondents()[0].title)


def test_nothing_technical_is_shown(text):
    assert "feedback." not in text
    assert "_id" not in text


def test_its_address_title_and_headers_tell_nothing(text):
    response = get()
    assert "<title>What is kept</title>" in text
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies
    assert 'href="/leave"' in text


def test_it_leads_to_the_privacy_notice_the_complaint_route_and_back(text):
    assert 'href="/privacy/"' in text
    assert 'href="/form/"' in text
    assert Organisation.objects.get().contact in text
    Organisation.objects.update(complaints_url="https://example.org/complain")
    assert 'href="https://example.org/complain"' in get().content.decode()


def test_it_stands_without_an_office_or_pages():
    assert get().status_code == 200


def test_it_is_only_read():
    assert Client().post("/kept/").status_code == 405
