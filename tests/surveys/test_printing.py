"""The same version on paper, as a PDF and as a telephone script, with the same ids."""

import contextlib
import importlib
import re
import zlib

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from surveys import printing
from surveys.equality import bank
from surveys.library import load_template
from surveys.models import Draft
from tests.accounts.factories import UserFactory, sign_in
from tests.surveys.factories import SurveyFactory

pytestmark = pytest.mark.django_db
VE = load_template("victims_code_experience")
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
FORM = "application/x-www-form-urlencoded"


def unpacked(pdf):
    found = [pdf]
    for stream in STREAM.findall(pdf):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return b"".join(found)


@pytest.fixture
def survey(keys):
    return SurveyFactory(published=True, template=True)


def asked(client, survey, more=""):
    return client.post("/form/", f"paper={survey.code}{more}", content_type=FORM)


def test_the_sheet_has_every_question_with_its_id_its_options_and_where_to_go_on(survey, client):
    page = asked(client, survey).content.decode()
    for number, question in enumerate(VE.questions, start=1):
        assert f'<span class="paper__number">{number}.</span>' in page
        assert f'<span class="paper__id">{question.id}</span>' in page
    assert page.count('class="paper__box"') == sum(len(question.options) for question in VE.questions)
    assert "only for you if you ticked “Yes” at question 5" in page
    assert "go to question" in page


def test_asking_for_paper_leaves_no_trace_and_no_topic_outside_the_sheet(survey, client):
    response = asked(client, survey)
    assert response.status_code == 200
    assert "<title>Questions on paper</title>" in response.content.decode()
    assert response.cookies == {}
    assert response["Cache-Control"] == "no-store"
    assert not Draft.objects.exists()


def test_in_easy_read_it_has_the_words_and_pictures_of_the_version(survey, client):
    page = asked(client, survey, "&in=easy").content.decode()
    assert "Did a support service help you?" in page
    assert 'class="paper__picture" src="/form/files/' in page
    assert "paper--easy" in page
    assert "paper--easy" not in asked(client, survey).content.decode()


def test_questions_about_people_are_a_sheet_of_their_own_and_not_in_easy_read(survey, client):
    assert "paper__apart" not in asked(client, survey).content.decode()
    editor = UserFactory(roles=[Role.EDITOR])
    bank.adopt(survey.consultation.organisation, from_date=timezone.localdate(), by=editor)
    before, apart = asked(client, survey).content.decode().split("paper__apart")
    assert "Take this sheet off" in apart
    assert apart.count("paper__question") == len(bank.shipped())
    assert f"Form {survey.code}" in before
    assert survey.code not in apart.split("</section>")[0]
    assert "paper__apart" not in asked(client, survey, "&in=easy").content.decode()


def test_what_is_not_open_has_no_sheet(survey, client):
    assert client.post("/form/", "paper=nothing", content_type=FORM).status_code == 404
    assert client.post("/form/", "paper=%00%2e", content_type=FORM).status_code == 404


@pytest.fixture
def tried_again():
    """Whether a PDF can be made is found out anew, in this test and after it."""
    printing.can_make_pdf.cache_clear()
    yield
    printing.can_make_pdf.cache_clear()


@pytest.mark.parametrize("fault", [ImportError("no WeasyPrint"), OSError("cannot load library 'libpango-1.0-0'")])
def test_without_weasyprint_or_pango_there_is_no_pdf_and_no_link(survey, client, monkeypatch, tried_again, fault):
    really = importlib.import_module

    def imported(name, *given):
        if name == "weasyprint":
            raise fault
        return really(name, *given)

    monkeypatch.setattr(importlib, "import_module", imported)
    response = asked(client, survey, "&as=pdf")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")
    assert "Get a PDF" not in response.content.decode()


def test_with_weasyprint_the_pdf_is_tagged_and_its_name_says_nothing(survey, client):
    if not printing.can_make_pdf():
        pytest.skip("WeasyPrint cannot be loaded: Pango is not installed here")
    response = asked(client, survey, "&as=pdf&in=easy")
    assert response["Content-Disposition"] == 'attachment; filename="form.pdf"'
    assert response.content.startswith(b"%PDF-")
    inside = unpacked(response.content)
    assert b"/StructTreeRoot" in inside
    assert b"/MarkInfo" in inside


@pytest.mark.parametrize(
    "url",
    ["https://example.org/x.png", "file:///etc/passwd", "http://nowhere.invalid/own/../../manage.py",
     "http://nowhere.invalid.example/own/paper.css", "http://nowhere.invalid/form/files/x"],
)  # fmt: skip
def test_a_pdf_reads_nothing_but_our_own_files(url):
    with pytest.raises(printing.NotOurs):
        printing.own_file(url)
    assert printing.own_file("http://nowhere.invalid/own/paper.css")[0] == "text/css"


class TestScript:
    @pytest.fixture
    def editor(self, client):
        sign_in(client, UserFactory(roles=[Role.EDITOR]))
        return client

    def address(self, survey):
        return reverse("wagtailsnippets_surveys_survey:script", args=[survey.pk])

    def test_it_says_every_question_under_its_id_and_opens_and_ends_with_safety(self, survey, editor):
        page = editor.get(self.address(survey)).content.decode()
        assert page.index("They ring us") < page.index("We call back") < page.index("Is it safe for you to talk now?")
        assert page.index("Is it safe for you to talk now?") < page.index('id="VE-01"')
        assert all(f'id="{question.id}"' in page for question in VE.questions)
        assert "if they said “Yes” at 5" in page
        assert page.index('id="VE-21"') < page.index("How are you now?")

    def test_an_unpublished_survey_has_none_yet(self, editor, keys):
        assert "Nothing has been published yet" in editor.get(self.address(SurveyFactory())).content.decode()

    @pytest.mark.parametrize("asked", ["99", "x", "1e5", "-1"])
    def test_a_version_that_is_not_there_is_not_found(self, survey, editor, asked):
        assert editor.get(f"{self.address(survey)}?version={asked}").status_code == 404

    def test_it_is_not_public(self, survey, client):
        assert client.get(self.address(survey)).status_code == 302
