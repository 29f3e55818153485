"""What staff do with languages: write a survey's texts in one, offer it, and mark it checked."""

from collections.abc import Mapping

import yaml
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import Capability, require
from surveys import catalogues, texts
from surveys.models import LanguageCheck, Survey, SurveyTranslation

LONGEST_TEXT = 5_000
LONGEST_FILE = 512 * 1024


class NotATranslation(Exception):
    """The file cannot be taken; the message says what to do."""


@transaction.atomic
def write(survey: Survey, language: str, said: Mapping[str, str], *, is_offered: bool, by: User) -> SurveyTranslation:
    """Keep these texts as the survey's in this language; a text that changes needs another check.

    Raises:
        PermissionDenied: if this person may not edit surveys.
    """
    require(by, Capability.EDIT_CONTENT)
    kept = {key: text.strip() for key, text in said.items() if text.strip()}
    row, _ = SurveyTranslation.objects.update_or_create(
        survey=survey, language=language, defaults={"texts": kept, "is_offered": is_offered}
    )
    log(instance=survey, action="wagtail.edit", user=by, data={"language": language, "is_offered": is_offered})
    return row


@transaction.atomic
def mark_survey_checked(survey: Survey, language: str, sha256: str, *, by: User) -> bool:
    """Write down that this person found the survey's texts in this language right.

    Returns:
        False, with nothing written, if the texts are no longer the ones they were shown, or are not whole.

    Raises:
        PermissionDenied: if this person may not edit surveys.
    """
    require(by, Capability.EDIT_CONTENT)
    row = SurveyTranslation.objects.filter(survey=survey, language=language).first()
    sources = survey.sources()
    if row is None or texts.missing(sources, row.texts) or texts.sha256(language, sources, row.texts) != sha256:
        return False
    _mark(language, sha256, survey, by)
    return True


@transaction.atomic
def mark_fixed_checked(language: str, sha256: str, *, by: User) -> bool:
    """Write down that this person found the fixed sentences of every page right in this language.

    Returns:
        False, with nothing written, if they are no longer the ones they were shown, or are not whole.

    Raises:
        PermissionDenied: if this person may not edit surveys.
    """
    require(by, Capability.EDIT_CONTENT)
    if language not in catalogues.languages() or catalogues.unfinished(language):
        return False
    if catalogues.sha256(language) != sha256:
        return False
    _mark(language, sha256, None, by)
    return True


def as_file(said: Mapping[str, str], sources: Mapping[str, str]) -> str:
    """The texts as YAML for a translator, each under its English; what is missing is empty."""
    lines = []
    for key, english in sources.items():
        lines += [f"# {line}" for line in english.splitlines()]
        lines.append(yaml.safe_dump({key: said.get(key, "")}, allow_unicode=True, width=10_000).strip())
    return "\n".join(lines) + "\n"


def from_file(content: bytes, sources: Mapping[str, str]) -> dict[str, str]:
    """The texts a translator sent back.

    Raises:
        NotATranslation: if it is no such file, or names texts that the survey does not have.
    """
    if len(content) > LONGEST_FILE:
        raise NotATranslation("The file is too large to be a translation.")
    try:
        data = yaml.safe_load(content.decode("utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise NotATranslation("The file cannot be read. Send back the file you downloaded, with its texts.") from error
    if not isinstance(data, dict) or not all(isinstance(part, str | None) for pair in data.items() for part in pair):
        raise NotATranslation("The file does not hold texts by key. Send back the file you downloaded.")
    if unknown := [str(key) for key in data if key not in sources]:
        raise NotATranslation(f"The survey has no text called {', '.join(unknown[:3])}. Download the file again.")
    return {key: text for key, text in data.items() if text}


def _mark(language: str, sha256: str, survey: Survey | None, by: User) -> None:
    LanguageCheck.objects.get_or_create(
        language=language,
        survey=survey,
        sha256=sha256,
        defaults={"checked_by": by, "checked_on": timezone.localdate()},
    )
    if survey:
        log(instance=survey, action="wagtail.edit", user=by, data={"language": language, "checked": sha256})
