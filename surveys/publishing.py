"""Going live: whatever way a survey is published, this freezes what it asks, or refuses and says why."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from accounts.roles import Capability, may
from feedback.models import Consultation
from surveys import catalogues, filing, soundness, texts
from surveys.conversion import from_raw
from surveys.definition import LIST_KINDS, Definition

# What Wagtail's `publish_scheduled` command passes as its log action.
SCHEDULED = "wagtail.publish.scheduled"
REFUSED = "surveys.publish.refused"
LISTED = 5  # keys of missing texts in one sentence


class NotReady(Exception):
    """The survey cannot go live; `reasons` are sentences that say what to do."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class FrozenOnPublish(models.Model):
    """A survey that freezes a version of itself in the transaction that publishes it."""

    if TYPE_CHECKING:
        title: str
        questions: Any
        consultation: Consultation
        versions: models.Manager[Any]

    class Meta:
        abstract = True

    def definition(self) -> Definition:
        """What this survey asks, as it stands in this object."""
        return from_raw(self.title, self.questions.get_prep_value())

    def sources(self) -> dict[str, str]:
        """Every English text that respondents read of this survey and its consultation, by key."""
        return {**texts.texts_of(self.definition()), **consultation_texts(self.consultation)}

    def publish(
        self,
        revision: Revision,
        user: AbstractBaseUser | None = None,
        changed: bool = True,
        log_action: bool | str = True,
        previous_revision: Revision | None = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Publish the revision and freeze what it asks, both or neither.

        A survey that is not ready on its scheduled day is taken off the schedule, with the reasons in its history, so
        that it does not keep everything else on the schedule from going live.

        Raises:
            NotReady: if it may not go live and someone is there to be told.
        """
        try:
            with transaction.atomic():
                freeze(revision.as_object(), user)
                super().publish(  # type: ignore[misc]
                    revision,
                    user=user,
                    changed=changed,
                    log_action=log_action,
                    previous_revision=previous_revision,
                    skip_permission_checks=skip_permission_checks,
                )
        except NotReady as refusal:
            if log_action != SCHEDULED:
                raise
            unschedule(revision, refusal.reasons)


def freeze(survey: Any, user: AbstractBaseUser | None) -> None:
    """Write the next version, unless the survey asks what its newest version asks or is only scheduled for later.

    Raises:
        NotReady: if the survey may not go live, or may not be put on the schedule.
    """
    definition = survey.definition()
    reasons = [
        *faults(definition, survey.versions),
        *consultation_faults(survey.consultation),
        *language_faults(survey),
    ]
    if reasons:
        raise NotReady(reasons)
    definition = replace(filing.keep(definition), translations=offered_texts(survey))
    newest = survey.versions.order_by("-number").first()
    is_later = survey.go_live_at is not None and survey.go_live_at > timezone.now()
    if is_later or (newest is not None and newest.sha256 == definition.sha256()):
        return
    survey.versions.create(
        number=newest.number + 1 if newest else 1,
        definition=definition.as_json(),
        sha256=definition.sha256(),
        published_by=user,
        published_on=timezone.localdate(),
    )


def offered_texts(survey: Any) -> dict[str, dict[str, str]]:
    """The translations to freeze: those offered, each with exactly the texts it needs, and by language."""
    sources = survey.sources()
    return {
        row.language: {key: row.texts[key] for key in sources if row.texts.get(key)}
        for row in survey.translations.filter(is_offered=True)
    }


def language_faults(survey: Any) -> list[str]:
    """Why a language this survey is to be offered in is not ready."""
    sources = survey.sources()
    return [
        fault
        for row in survey.translations.filter(is_offered=True)
        for fault in _faults_of_language(survey, row, sources)
    ]


def _faults_of_language(survey: Any, row: Any, sources: texts.Texts) -> list[str]:
    name = catalogues.name(row.language)
    if keys := texts.missing(sources, row.texts):
        listed = ", ".join(keys[:LISTED]) + (f" and {len(keys) - LISTED} more" if len(keys) > LISTED else "")
        return [f"{name}: not everything is translated. Missing: {listed}. Translate it, or stop offering {name}."]
    if number := catalogues.unfinished(row.language):
        return [f"{name}: {number} of the fixed sentences are not translated yet. Stop offering {name} until they are."]
    if settings.HEARD_DEMO:
        return []
    checks = survey.language_checks.model.objects
    unchecked = []
    if not checks.cover(row.language, texts.sha256(row.language, sources, row.texts), survey):
        unchecked.append("this survey’s texts")
    if not checks.cover(row.language, catalogues.sha256(row.language)):
        unchecked.append("the fixed sentences of every page")
    if not unchecked:
        return []
    return [f"{name}: nobody has checked {' and '.join(unchecked)}. Have them checked, or stop offering {name}."]


def unschedule(revision: Revision, reasons: list[str]) -> None:
    """Take a revision off the schedule and write into the survey's history why."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(instance=revision.content_object, action=REFUSED, revision=revision, data={"reasons": reasons})


def faults(definition: Definition, versions: "models.Manager[Any]") -> list[str]:
    """Every reason these questions cannot go live as the next version after those."""
    return [*soundness.faults(definition), *reused_keys(definition, versions), *filing.faults(definition)]


def consultation_texts(consultation: Consultation) -> dict[str, str]:
    """What the pages around the questions say in the office's own words."""
    return {
        "consultation.purpose": consultation.purpose,
        "consultation.use_of_answers": consultation.use_of_answers,
        "organisation.reading_hours": consultation.organisation.reading_hours,
    }


def consultation_faults(consultation: Consultation) -> list[str]:
    """What the consultation lacks before anyone may be asked anything."""
    holder = consultation.duty_holder
    if holder is None:
        return ["The consultation has no duty holder. Name the person who reads urgent contributions."]
    if not may(holder, Capability.SAFEGUARD):
        return [
            f"{holder.get_full_name() or holder.get_username()}, the duty holder, may not open urgent contributions. "
            "Ask an administrator for the role of safeguarding lead, or name somebody else."
        ]
    return []


def reused_keys(definition: Definition, versions: "models.Manager[Any]") -> list[str]:
    """Keys that an earlier version used for a question of another kind: answers would be mixed up."""
    before = {
        item["id"]: (item["kind"], version.number)
        for version in versions.order_by("number")
        for item in version.definition["questions"]
    }
    return [
        f"{question.id} was another kind of question in version {before[question.id][1]}. "
        "Give the question a new key, so that old answers keep their meaning."
        for question in definition.questions
        if question.id in before and not _is_answered_alike(before[question.id][0], question.kind)
    ]


def _is_answered_alike(before: str, now: str) -> bool:
    """Whether answers to both kinds are the same values: one from the question's own list, wherever that comes from."""
    return before == now or {before, now} <= LIST_KINDS
