"""Beginning a survey from one that ships with the house."""

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import Capability, require
from feedback.models import Consultation
from surveys import lists
from surveys.conversion import to_raw
from surveys.library import load_template, load_translations
from surveys.models import Survey, SurveyTranslation


@transaction.atomic
def start_from_template(slug: str, *, consultation: Consultation, code: str, by: User) -> Survey:
    """A draft with every question of the template, and its translations as drafts that are not offered yet.

    Nothing is published.

    Raises:
        PermissionDenied: if this person may not edit surveys.
        KeyError: if there is no such template.
    """
    require(by, Capability.EDIT_CONTENT)
    definition = load_template(slug, listed=lists.in_force)
    survey = Survey.objects.create(
        consultation=consultation, title=definition.title, code=code, questions=to_raw(definition), live=False
    )
    add_translations(survey, load_translations(slug))
    revision = survey.save_revision(user=by)
    log(instance=survey, action="wagtail.create", user=by, revision=revision, content_changed=True)
    return survey


def add_translations(survey: Survey, drafts: dict[str, dict[str, str]], *, is_offered: bool = False) -> None:
    """Give a survey texts in other languages, as drafts that nobody has checked."""
    SurveyTranslation.objects.bulk_create(
        SurveyTranslation(survey=survey, language=language, texts=texts, is_offered=is_offered)
        for language, texts in drafts.items()
    )
