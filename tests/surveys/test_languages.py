"""A survey in other languages: whole or not at all, frozen with the version, and checked by somebody before it is live."""

import pytest
from django.utils import timezone

from surveys import catalogues, filing, offering, publishing, texts
from surveys.definition import from_json
from surveys.library import load_template, load_translations
from surveys.models import LanguageCheck, SurveyTranslation
from surveys.publishing import NotReady
from tests.accounts.factories import UserFactory
from tests.surveys.factories import SMALL, SurveyFactory


def in_urdu(survey):
    """Every text of the survey with a mark before it, as a translation."""
    return {key: f"اردو {english}" for key, english in survey.sources().items()}


def check(language, sha256, survey=None):
    LanguageCheck.objects.create(
        language=language, sha256=sha256, survey=survey, checked_by=UserFactory(), checked_on=timezone.localdate()
    )


def check_all(survey):
    row = survey.translations.get(language="ur")
    check("ur", texts.sha256("ur", survey.sources(), row.texts), survey)
    check("ur", catalogues.sha256("ur"))


def publish(survey):
    survey.save_revision().publish()
    return survey.versions.order_by("-number").first()


@pytest.fixture(autouse=True)
def whole(monkeypatch):
    monkeypatch.setattr(catalogues, "unfinished", lambda language: 0)


@pytest.fixture
def survey(db):
    survey = SurveyFactory()
    SurveyTranslation.objects.create(survey=survey, language="ur", texts=in_urdu(survey), is_offered=True)
    return survey


def codes(version):
    return [one.code for one in offering.offered(version, from_json(version.definition))]


def test_a_live_survey_refuses_a_language_that_nobody_has_checked(survey):
    with pytest.raises(NotReady) as refusal:
        publish(survey)
    assert refusal.value.reasons == [
        "Urdu: nobody has checked this survey’s texts and the fixed sentences of every page. "
        "Have them checked, or stop offering Urdu."
    ]


@pytest.mark.parametrize(
    ("kind", "left"), [("survey", "the fixed sentences of every page"), ("fixed", "this survey’s texts")]
)
def test_both_the_survey_and_the_fixed_words_are_checked(survey, kind, left):
    row = survey.translations.get()
    if kind == "survey":
        check("ur", texts.sha256("ur", survey.sources(), row.texts), survey)
    else:
        check("ur", catalogues.sha256("ur"))
    assert publishing.language_faults(survey) == [
        f"Urdu: nobody has checked {left}. Have them checked, or stop offering Urdu."
    ]


def test_a_checked_language_goes_live_and_is_offered(survey):
    check_all(survey)
    version = publish(survey)
    assert codes(version) == ["en", "ur"]
    urdu = offering.offered(version, from_json(version.definition))[1]
    assert (urdu.name, urdu.direction, urdu.is_checked) == ("اردو", "rtl", True)


def test_a_demonstration_offers_drafts_and_says_so(survey, settings):
    settings.HEARD_DEMO = True
    version = publish(survey)
    assert not offering.offered(version, from_json(version.definition))[1].is_checked
    settings.HEARD_DEMO = False
    assert codes(version) == ["en"]


@pytest.mark.parametrize("changed", ["the translation", "the English", "the office's words"])
def test_a_change_of_either_text_makes_a_language_unchecked(survey, changed):
    check_all(survey)
    row = survey.translations.get()
    if changed == "the translation":
        row.texts["TOLD.label"] += "!"
        row.save()
    elif changed == "the English":
        survey.title = "Another title"
    else:
        survey.consultation.purpose += " And more."
    assert publishing.language_faults(survey)


def test_fixed_words_that_change_withdraw_the_language_from_a_live_survey(survey, monkeypatch):
    check_all(survey)
    version = publish(survey)
    assert codes(version) == ["en", "ur"]
    monkeypatch.setattr(catalogues, "sha256", lambda language: "other words")
    assert codes(version) == ["en"]


def test_what_the_office_says_later_withdraws_the_language(survey):
    check_all(survey)
    version = publish(survey)
    version.survey.consultation.use_of_answers = "Something else."
    assert codes(version) == ["en"]


@pytest.mark.parametrize("demo", [True, False])
def test_a_language_that_is_not_whole_is_refused_and_the_missing_texts_are_named(survey, settings, demo):
    settings.HEARD_DEMO = demo
    row = survey.translations.get()
    row.texts = {key: text for key, text in row.texts.items() if not key.startswith("USES")}
    row.save()
    with pytest.raises(NotReady) as refusal:
        publish(survey)
    assert refusal.value.reasons == [
        "Urdu: not everything is translated. Missing: USES.label, USES/statistics.label, USES/quote.label. "
        "Translate it, or stop offering Urdu."
    ]


def test_unfinished_fixed_words_are_refused_under_the_demonstration_too(survey, settings, monkeypatch):
    settings.HEARD_DEMO = True
    monkeypatch.setattr(catalogues, "unfinished", lambda language: 3)
    assert publishing.language_faults(survey) == [
        "Urdu: 3 of the fixed sentences are not translated yet. Stop offering Urdu until they are."
    ]


def test_a_language_that_is_not_offered_is_neither_needed_nor_frozen(survey):
    survey.translations.update(is_offered=False, texts={})
    version = publish(survey)
    assert "translations" not in version.definition
    assert version.sha256 == filing.named(SMALL).sha256()


def test_the_frozen_texts_are_part_of_the_hash_and_come_back(survey, settings):
    settings.HEARD_DEMO = True
    version = publish(survey)
    definition = from_json(version.definition)
    assert definition.translations["ur"]["title"] == "اردو A small survey"
    assert definition.sha256() == version.sha256 != filing.named(SMALL).sha256()
    row = survey.translations.get()
    row.texts["title"] = "نیا"
    row.save()
    again = publish(survey)
    assert (again.number, again.definition["translations"]["ur"]["title"]) == (2, "نیا")
    assert publish(survey).number == 2


def test_a_definition_is_said_in_another_language_without_touching_what_is_stored():
    urdu = {key: f"اردو {english}" for key, english in texts.texts_of(SMALL).items()}
    said = texts.said_in(SMALL, urdu, lambda english: f"fixed {english}")
    assert said.question("TOLD").label == "اردو Did you tell anyone?"
    assert [option.value for option in said.question("TOLD").options] == ["yes", "no"]
    assert said.question("HEARD").options[0].label == "fixed Strongly agree"
    del urdu["TOLD.label"]
    with pytest.raises(KeyError):
        texts.said_in(SMALL, urdu, str)


def test_the_template_brings_its_drafts_and_they_are_whole():
    sources = texts.texts_of(load_template("victims_code_experience"))
    for language, drafted in load_translations("victims_code_experience").items():
        assert texts.missing(sources, drafted) == [], language
