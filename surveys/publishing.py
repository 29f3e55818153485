"""Going live: whatever way a survey is published, this freezes what it asks, or refuses and says why."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from accounts.roles import Capability, may
from feedback.models import Consultation
from surveys import soundness
from surveys.conversion import from_raw
from surveys.definition import Definition

# What Wagtail's `publish_scheduled` command passes as its log action.
SCHEDULED = "wagtail.publish.scheduled"
REFUSED = "surveys.publish.refused"


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
    reasons = [*faults(definition, survey.versions), *consultation_faults(survey.consultation)]
    if reasons:
        raise NotReady(reasons)
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


def unschedule(revision: Revision, reasons: list[str]) -> None:
    """Take a revision off the schedule and write into the survey's history why."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(instance=revision.content_object, action=REFUSED, revision=revision, data={"reasons": reasons})


def faults(definition: Definition, versions: "models.Manager[Any]") -> list[str]:
    """Every reason these questions cannot go live as the next version after those."""
    return [*soundness.faults(definition), *reused_keys(definition, versions)]


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
        if question.id in before and before[question.id][0] != question.kind
    ]
