"""Beginning a survey from one that ships with the house."""

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import Capability, require
from feedback.models import Consultation
from surveys.conversion import to_raw
from surveys.library import load_template
from surveys.models import Survey


@transaction.atomic
def start_from_template(slug: str, *, consultation: Consultation, code: str, by: User) -> Survey:
    """A draft with every question of the template; nothing is published.

    Raises:
        PermissionDenied: if this person may not edit surveys.
        KeyError: if there is no such template.
    """
    require(by, Capability.EDIT_CONTENT)
    definition = load_template(slug)
    survey = Survey.objects.create(
        consultation=consultation, title=definition.title, code=code, questions=to_raw(definition), live=False
    )
    revision = survey.save_revision(user=by)
    log(instance=survey, action="wagtail.create", user=by, revision=revision, content_changed=True)
    return survey
