"""Answering in another language: chosen by the person, kept to the end, changed without losing a word."""

from base64 import urlsafe_b64decode
from urllib.parse import urlencode

import pytest
from django.utils import translation

from feedback.models import Contribution
from surveys import catalogues
from surveys.definition import Definition
from surveys.journey import places, sitting
from surveys.models import Draft, SurveyTranslation
from tests.pages.factories import make_site
from tests.surveys.factories import SurveyFactory
from tests.surveys.journey.factories import EVERY_KIND, Walker
from tests.surveys.journey.test_modes import in_easy_words


@pytest.fixture
def version(keys, settings, monkeypatch):
    monkeypatch.setattr(catalogues, "unfinished", lambda language: 0)
    settings.HEARD_DEMO = True
    survey = SurveyFactory(definition=EVERY_KIND)
    for language, mark in (("ur", "اردو"), ("pl", "Polski")):
        texts = {key: f"{mark} {english}" for key, english in survey.sources().items()}
        SurveyTranslation.objects.create(survey=survey, language=language, texts=texts, is_offered=True)
    survey.save_revision().publish()
    return survey.versions.get()


@pytest.fixture
def urdu(version):
    walker = Walker()
    walker.begin(version.survey.code, language="ur")
    return walker


def test_it_begins_in_the_language_that_was_chosen(urdu):
    assert '<html lang="ur" dir="rtl"' in urdu.text
    assert Draft.objects.get().language == "ur"
    urdu.go_to("K-04")
    assert urdu.heading == "اردو Did you tell the police?"
    assert 'name="language" value="pl" lang="pl" dir="ltr"' in urdu.text
    assert "This translation is a draft that nobody has checked yet." in urdu.text


def test_it_begins_in_english_where_the_language_is_not_offered(version):
    for code in ("ar", "xx", "../..", ""):
        walker = Walker()
        walker.begin(version.survey.code, language=code)
        assert '<html lang="en-gb" dir="ltr"' in walker.text


def test_no_header_chooses_a_language(version):
    walker = Walker()
    walker.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ur"
    walker.begin(version.survey.code)
    assert '<html lang="en-gb"' in walker.text


def test_changing_the_language_keeps_what_was_typed(urdu):
    urdu.go_to("K-11")
    urdu.speak("pl", answer="Ring people back")
    assert urdu.heading == "Polski What should change?"
    assert "Ring people back" in urdu.text
    assert '<html lang="pl" dir="ltr"' in urdu.text
    assert Draft.objects.get().language == "pl"


def test_changing_the_language_shows_a_faulty_answer_again(urdu):
    urdu.go_to("K-11")
    urdu.speak("pl", answer="x" * 201)
    assert "x" * 201 in urdu.text
    assert urdu.heading == "Polski What should change?"
    urdu.read()
    assert urdu.heading == "Polski What should change?"


def test_an_empty_question_stays_unseen_when_the_language_changes(urdu):
    urdu.go_to("K-04")
    urdu.speak("en")
    assert urdu.heading == "Did you tell the police?"
    urdu.press("continue")
    assert urdu.heading != "Did you tell the police?"


def test_a_language_that_is_not_offered_changes_nothing(urdu):
    urdu.go_to("K-04")
    urdu.speak("ar")
    assert urdu.heading == "اردو Did you tell the police?"


def test_the_language_goes_with_the_answers_and_the_last_page_stays_in_it(urdu):
    urdu.go_to(places.CHECK)
    urdu.press("send")
    assert '<html lang="ur" dir="rtl"' in urdu.text
    assert Contribution.objects.get().language == "ur"
    urdu.read()
    assert '<html lang="ur" dir="rtl"' in urdu.text
    assert "اردو" in urdu.text


def test_the_page_after_deleting_stays_in_the_language(urdu):
    urdu.go_to("K-11")
    urdu.press("stop")
    urdu.press("delete")
    assert '<html lang="ur" dir="rtl"' in urdu.text


def test_the_register_page_speaks_the_language_of_the_sitting(urdu):
    assert b'<html lang="ur" dir="rtl"' in urdu.client.get("/kept/").content


def test_whoever_comes_back_with_words_is_asked_in_the_language_of_the_page(version):
    walker = Walker()
    response = walker.client.post(
        walker.url, "return=ask&language=ur", content_type="application/x-www-form-urlencoded"
    )
    assert b'<html lang="ur" dir="rtl"' in response.content
    assert b'name="language" value="ur"' in response.content


def test_the_consultation_page_offers_the_languages_and_starts_in_them(version):
    make_site(version.survey)
    page = Walker().client.get("/how-was-it/")
    assert b'href="/how-was-it/?language=ur"' in page.content
    page = Walker().client.get("/how-was-it/?language=ur").content.decode()
    assert '<html lang="ur" dir="rtl"' in page
    assert "اردو Questions of every kind" in page
    assert 'name="language" value="ur"' in page
    assert '<html lang="en-gb"' in Walker().client.get("/how-was-it/?language=ar").content.decode()


def test_the_cookie_names_only_languages_the_house_speaks(urdu):
    ours = sitting.read(urdu.client.get(urdu.url).wsgi_request)
    assert ours.language == "ur"
    content = urlsafe_b64decode(urdu.client.cookies["sitting"].value)
    urdu.client.cookies["sitting"] = sitting.encoded(content[:-3] + b"xx-")
    assert sitting.read(urdu.client.get(urdu.url).wsgi_request) is None


def test_typed_words_run_their_own_way_and_names_stay_apart(urdu):
    urdu.go_to("K-11")
    assert '<textarea name="answer"' in urdu.text
    assert 'dir="auto"' in urdu.text
    assert '<bdi lang="en">' in urdu.text


class TestOtherFormats:
    """Easy Read, film and paper are in English only, and no page is in two languages at once."""

    @pytest.fixture
    def version(self, keys, settings, monkeypatch, tmp_path):
        monkeypatch.setattr(catalogues, "unfinished", lambda language: 0)
        settings.HEARD_DEMO, settings.MEDIA_ROOT = True, tmp_path
        easy = Definition("Fictional", tuple(in_easy_words(question) for question in EVERY_KIND.questions))
        survey = SurveyFactory(definition=easy)
        texts = {key: f"اردو {english}" for key, english in survey.sources().items()}
        SurveyTranslation.objects.create(survey=survey, language="ur", texts=texts, is_offered=True)
        survey.save_revision().publish()
        return survey.versions.get()

    def test_urdu_in_easy_read_is_urdu_in_its_usual_words(self, version):
        walker = Walker()
        walker.begin(version.survey.code, language="ur", **{"in": "easy"})
        walker.go_to("K-04")
        assert walker.heading == "اردو Did you tell the police?"
        assert "heard--easy" not in walker.text
        assert 'name="mode"' not in walker.text

    def test_urdu_chosen_on_a_page_in_easy_read_leaves_easy_read(self, version):
        walker = Walker()
        walker.begin(version.survey.code, **{"in": "easy"})
        walker.go_to("K-04")
        assert walker.heading == "Easy K-04?"
        walker.speak("ur")
        assert walker.heading == "اردو Did you tell the police?"
        assert "heard--easy" not in walker.text
        walker.speak("en")
        assert 'name="mode" value="easy"' in walker.text

    def test_the_paper_is_whole_in_english_and_says_so_in_urdu(self, version, client):
        form = {"paper": version.survey.code, "language": "ur"}
        page = client.post("/form/", urlencode(form), content_type="application/x-www-form-urlencoded")
        text = page.content.decode()
        assert '<html lang="en-gb" dir="ltr"' in text
        with translation.override("ur"):
            said = translation.gettext("This part is in English:")
        assert said != "This part is in English:"
        assert text.count(said) == 1
        assert "Before you start" in text
