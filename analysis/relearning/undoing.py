"""Takes models out of use. Files follow at the worker's next look, so the web process needs none of them."""

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import Capability, require
from analysis.models import Learning, LearningState


class CannotGoBack(Exception):
    """There is nothing to go back from, or not now; the message says why."""


@transaction.atomic
def go_back(*, by: User) -> Learning | None:
    """Use the former models again, or those of set-up where there are none; those in use are deleted.

    Returns:
        What is in use now; None for the models of set-up.

    Raises:
        PermissionDenied: without the right to have models learn.
        CannotGoBack: if the models of set-up are in use, or models are learning now.
    """
    require(by, Capability.TEACH)
    if Learning.objects.filter(state=LearningState.LEARNING).exists():
        raise CannotGoBack("Models are learning now. Wait until that is done, then go back.")
    undone = Learning.objects.select_for_update().filter(state=LearningState.IN_USE).first()
    if undone is None:
        raise CannotGoBack("The models of set-up are in use. There is nothing to go back from.")
    let_go(undone, LearningState.UNDONE)
    former = Learning.objects.former()
    if former is not None and not former.is_stale:
        Learning.objects.filter(pk=former.pk).update(state=LearningState.IN_USE)
    log(instance=undone, action="wagtail.revert", user=by, title=str(undone))
    return Learning.objects.in_use()


def let_go(learning: Learning, state: LearningState) -> None:
    """Put it out of use for good; whom it learned from is forgotten with it."""
    Learning.objects.filter(pk=learning.pk).update(state=state)
    learning.learned_from.all().delete()
