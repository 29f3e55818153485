"""Which languages somebody may answer in: English, and each that is whole and, outside a demonstration, checked."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from feedback.models import Consultation
from surveys import catalogues, texts
from surveys.definition import Definition
from surveys.models import LanguageCheck, SurveyVersion
from surveys.publishing import consultation_texts

ENGLISH = "en"


@dataclass(frozen=True)
class Offered:
    """One language on offer: its code, its own name, which way it runs, and whether somebody has checked it."""

    code: str
    name: str
    direction: str
    is_checked: bool


@dataclass(frozen=True)
class OfficeWords:
    """What the office says of itself and of what it asks, in `language`; its name stays as it is."""

    name: SafeString
    purpose: str
    use_of_answers: str
    reading_hours: str
    language: str
    direction: str


def current() -> str:
    """The language being spoken, as it is kept: `en` for English."""
    return short(get_language() or settings.LANGUAGE_CODE)


def short(code: str) -> str:
    """A code of the settings as it is kept with answers."""
    return ENGLISH if code == settings.LANGUAGE_CODE else code


def locale(language: str) -> str:
    """The code of the settings for a language as it is kept; English for one the house does not speak."""
    return language if language in catalogues.languages() else settings.LANGUAGE_CODE


def is_checked(language: str) -> bool:
    """Whether a named person has checked the fixed words as they are; English needs none."""
    return language == ENGLISH or LanguageCheck.objects.cover(language, catalogues.sha256(language))


def may_be_spoken(language: str) -> bool:
    """Whether the fixed words are whole in this language and, outside a demonstration, checked."""
    if language == ENGLISH:
        return True
    if language not in catalogues.languages() or catalogues.unfinished(language):
        return False
    return settings.HEARD_DEMO or is_checked(language)


def offered(version: SurveyVersion, definition: Definition) -> tuple[Offered, ...]:
    """The languages of this version that may be offered today, English first, then in the settings' order."""
    whole = [code for code in catalogues.languages() if _is_whole(code, definition)]
    checks = set(_checks(whole)) if whole else set()
    found = [_described(ENGLISH, is_checked=True)]
    for code in whole:
        wanted = {(code, None, catalogues.sha256(code)), (code, version.survey_id, _sha256(version, definition, code))}
        is_checked = wanted <= checks
        if is_checked or settings.HEARD_DEMO:
            found.append(_described(code, is_checked=is_checked))
    return tuple(found)


def office_words(consultation: Consultation, translated: texts.Texts | None) -> OfficeWords:
    """The office's own words from a translation if there is one; otherwise in English, and marked so."""
    said = {key: (translated or {}).get(key, "") for key in consultation_texts(consultation)}
    english = consultation_texts(consultation)
    is_translated = all(said[key] or not english[key].strip() for key in english)
    language = current() if is_translated and translated else ENGLISH
    words = said if language != ENGLISH else english
    return OfficeWords(
        name=named(consultation.organisation.name),
        purpose=words["consultation.purpose"],
        use_of_answers=words["consultation.use_of_answers"],
        reading_hours=words["organisation.reading_hours"],
        language=language,
        direction=direction(language),
    )


def newest_translation(consultation: Consultation, language: str) -> texts.Texts | None:
    """The texts in this language of the newest version that asked for this consultation, or None."""
    if language == ENGLISH:
        return None
    versions = SurveyVersion.objects.filter(survey__consultation=consultation).order_by("-published_on", "-number")
    newest = versions.values_list("definition", flat=True).first() or {}
    found: texts.Texts | None = newest.get("translations", {}).get(language)
    return found


def named(name: str) -> SafeString:
    """A name that stays as it is in every language, kept apart so that it does not turn the line around."""
    return format_html('<bdi lang="en">{}</bdi>', name)


def number(digits: str) -> SafeString:
    """A telephone number with spaces, kept apart so that its parts do not change places in a line from the right."""
    return format_html('<bdi dir="ltr">{}</bdi>', digits)


def direction(language: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if get_language_info(locale(language))["bidi"] else "ltr"


def _is_whole(code: str, definition: Definition) -> bool:
    translated = definition.translations.get(code)
    if translated is None or catalogues.unfinished(code):
        return False
    return not texts.missing(texts.texts_of(definition), translated)


def _checks(codes: list[str]) -> list[tuple[str, UUID | None, str]]:
    return list(LanguageCheck.objects.filter(language__in=codes).values_list("language", "survey_id", "sha256"))


def _sha256(version: SurveyVersion, definition: Definition, code: str) -> str:
    sources = {**texts.texts_of(definition), **consultation_texts(version.survey.consultation)}
    return texts.sha256(code, sources, definition.translations[code])


def _described(code: str, *, is_checked: bool) -> Offered:
    names = dict(settings.LANGUAGES)
    return Offered(code, names[locale(code)], direction(code), is_checked)
