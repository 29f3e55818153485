"""What staff decide about a topic: to make it a theme, to merge it into another, or to dismiss it."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import Capability, require
from analysis import editions
from analysis.codebook.documents import Entry, from_text
from analysis.codebook.editing import with_theme
from analysis.codebook.read import CodebookInvalid
from analysis.models import FEWEST_FOR_OTHERS, CodebookDraft, Topic, TopicStatus


class AlreadyDecided(Exception):
    """Somebody has decided about this topic already, or it went with a newer run."""


@transaction.atomic
def promote(topic: Topic, entry: Entry, *, by: User) -> CodebookDraft:
    """Add a theme to the draft of the codebook, beginning one if there is none; its cues are words of the topic.

    A codebook is read by more people than analysts: only words of ten contributions or more become cues.

    Raises:
        PermissionDenied: without the right to decide about topics and to edit the codebook.
        AlreadyDecided: if somebody was quicker.
        CodebookInvalid: if there is such a theme already, or the new one is wrong.
        ChangedMeanwhile: if somebody changes the draft at the same moment.
    """
    require(by, Capability.EDIT_CODEBOOK)
    _decide(topic, TopicStatus.PROMOTED, by, theme=entry["slug"])
    draft = CodebookDraft.objects.first() or editions.begin(by=by)
    documents = from_text(draft.documents)
    if any(theme.slug == entry["slug"] for theme in documents.read().themes):
        raise CodebookInvalid(f"There is a theme “{entry['slug']}” already. Give this one another short name.")
    cues = [word.word for word in topic.words.said_by(FEWEST_FOR_OTHERS)]
    written = with_theme(documents, {"patterns": {}, "cues": cues, **entry})
    editions.change(draft, editions.checked(written), by=by)
    return draft


@transaction.atomic
def merge(topic: Topic, into: Topic, *, by: User) -> None:
    """Move the statements and words of a topic to another of the same run.

    Raises:
        PermissionDenied: without the right to decide about topics.
        AlreadyDecided: if somebody has decided about either, or they are not two topics of one run.
    """
    other = Topic.objects.select_for_update().filter(pk=into.pk, run=topic.run_id, status=TopicStatus.NEW)
    if not other.exclude(pk=topic.pk).exists():
        raise AlreadyDecided
    _decide(topic, TopicStatus.MERGED, by, merged_into=into)
    topic.statements.update(topic=into)
    last = into.words.aggregate(last=Max("place"))["last"] or 0
    for number, word in enumerate(topic.words.order_by("place"), start=1):
        same = into.words.filter(word=word.word).first()
        if same:
            word.sayings.update(word=same)
            word.delete()
        else:
            topic.words.filter(pk=word.pk).update(topic=into, place=last + number)


@transaction.atomic
def dismiss(topic: Topic, *, by: User) -> None:
    """Say that a topic is none. Raises PermissionDenied without the right to decide, AlreadyDecided if too late."""
    _decide(topic, TopicStatus.DISMISSED, by)


def _decide(topic: Topic, status: TopicStatus, by: User, **more: object) -> None:
    require(by, Capability.DECIDE_TOPICS)
    undecided = Topic.objects.filter(pk=topic.pk, status=TopicStatus.NEW)
    if not undecided.update(status=status, decided_by=by, decided_on=timezone.localdate(), **more):
        raise AlreadyDecided
    log(instance=topic, action="wagtail.edit", user=by, title=str(topic))
