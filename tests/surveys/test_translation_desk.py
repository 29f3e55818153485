"""Staff write a survey's texts in other languages, send them to a translator, and mark what they have checked."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Role
from surveys import catalogues, translating
from surveys.models import LanguageCheck
from tests.accounts.factories import UserFactory, sign_in
from tests.surveys.factories import SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return SurveyFactory()


@pytest.fixture
def editor(client):
    user = UserFactory(roles=[Role.EDITOR])
    sign_in(client, user)
    return user


def address(survey, *language):
    name = "translate" if language else "languages"
    return reverse(f"wagtailsnippets_surveys_survey:{name}", args=[survey.pk, *language])


def urdu(survey):
    return {key: f"اردو {english}" for key, english in survey.sources().items()}


def test_texts_are_written_beside_their_english_in_their_own_direction(client, editor, survey):
    page = client.get(address(survey, "ur"))
    assert page.status_code == 200
    assert 'lang="ur" dir="rtl"' in page.content.decode()
    client.post(address(survey, "ur"), {**urdu(survey), "is_offered": "yes"})
    row = survey.translations.get()
    assert (row.texts, row.is_offered) == (urdu(survey), True)


def test_what_is_missing_comes_first(client, editor, survey):
    said = urdu(survey)
    said["CHANGE.label"] = " "
    client.post(address(survey, "ur"), said)
    context = client.get(address(survey, "ur")).context
    assert (context["missing"], context["pairs"][0]["key"]) == (1, "CHANGE.label")


def test_a_file_goes_out_and_comes_back(client, editor, survey):
    content = client.get(address(survey, "pl") + "?file").content
    assert "# Did you tell anyone?\nTOLD.label: ''" in content.decode()
    filled = content.decode().replace("TOLD.label: ''", "TOLD.label: Czy komuś o tym powiedziano?")
    client.post(address(survey, "pl"), {"file": SimpleUploadedFile("pl.yaml", filled.encode())})
    assert survey.translations.get().texts == {"TOLD.label": "Czy komuś o tym powiedziano?"}


@pytest.mark.parametrize("content", [b"\xff", b"- a list", b"nothing.label: x", b"TOLD.label: [1]", b"a: b: c", b"\0"])
def test_a_file_that_is_no_translation_is_refused_and_changes_nothing(client, editor, survey, content):
    client.post(address(survey, "pl"), {"TOLD.label": "x"})
    page = client.post(address(survey, "pl"), {"file": SimpleUploadedFile("pl.yaml", content)}, follow=True)
    assert page.status_code == 200
    assert survey.translations.get().texts == {"TOLD.label": "x"}


def test_a_check_names_who_and_covers_exactly_the_texts_on_the_page(client, editor, survey, monkeypatch):
    monkeypatch.setattr(catalogues, "unfinished", lambda language: 0)
    client.post(address(survey, "ur"), urdu(survey))
    row = next(row for row in client.get(address(survey)).context["rows"] if row["code"] == "ur")
    client.post(address(survey), {"which": "survey", "language": "ur", "sha256": row["sha256"]})
    client.post(address(survey), {"which": "fixed", "language": "ur", "sha256": row["fixed_sha256"]})
    assert {(check.survey, check.checked_by) for check in LanguageCheck.objects.all()} == {
        (survey, editor),
        (None, editor),
    }
    assert editor.get_username() in client.get(address(survey)).content.decode()
    client.post(address(survey, "ur"), urdu(survey) | {"TOLD.label": "اور"})
    row = next(row for row in client.get(address(survey)).context["rows"] if row["code"] == "ur")
    assert row["check"] is None
    assert row["fixed_check"] is not None


def test_texts_that_changed_since_they_were_shown_are_not_marked(client, editor, survey):
    translating.write(survey, "ur", urdu(survey), is_offered=False, by=editor)
    for which in ("survey", "fixed"):
        client.post(address(survey), {"which": which, "language": "ur", "sha256": "0" * 64})
    assert not LanguageCheck.objects.exists()


def test_nobody_without_the_role_writes_or_checks(client, survey):
    sign_in(client, UserFactory(roles=[Role.MODERATOR]))
    assert client.post(address(survey, "ur"), urdu(survey)).status_code in {302, 403}
    assert client.post(address(survey), {"which": "survey", "language": "ur"}).status_code in {302, 403}
    assert not survey.translations.exists()


def test_a_language_the_house_does_not_speak_is_not_found(client, editor, survey):
    assert client.get(address(survey, "xx")).status_code == 404
