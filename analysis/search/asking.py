"""Writes down each search before it is made: who, on which day, for what and why; and forgets it after a year."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from accounts.roles import Capability, require
from analysis.models import Search, Why
from analysis.search.query import read
from feedback.models import Passage

# Long enough for a yearly look at who searched for what; what was looked for may be somebody's name.
KEPT = timedelta(days=365)


class CannotSearch(Exception):
    """The search cannot be made; the message says why and what to do."""


def ask(words: str, *, why: Why, why_words: str = "", by: User) -> Search:
    """Keep a search for words.

    Raises:
        PermissionDenied: without the right to search.
        NotAQuery: if there is nothing to look for.
        CannotSearch: if another reason is given and not told.
    """
    require(by, Capability.SEARCH)
    read(words)
    if why == Why.OTHER and not why_words.strip():
        raise CannotSearch("Say in a few words why you search.")
    return Search.objects.create(
        asked_by=by, asked_on=timezone.localdate(), words=words, why=why, why_words=why_words.strip()
    )


def ask_for_like(passage_id: UUID, *, after: Search, by: User) -> Search:
    """Keep a search for what is like a passage, for the reason of the search that showed it.

    Raises:
        PermissionDenied: without the right to search, or after somebody else's search.
        CannotSearch: if the passage may not be read any more.
    """
    require(by, Capability.SEARCH)
    if after.asked_by_id != by.pk:
        raise PermissionDenied("This is somebody else's search. Begin your own.")
    if not Passage.objects.for_reading().filter(pk=passage_id).exists():
        raise CannotSearch("This passage was taken back meanwhile, or may not be read any more.")
    return Search.objects.create(
        asked_by=by,
        asked_on=timezone.localdate(),
        like_passage_id=passage_id,
        why=after.why,
        why_words=after.why_words,
    )


def standing(search_id: UUID, *, by: User) -> Search | None:
    """A search of this person that still stands: it was asked for today. Tomorrow it is asked for anew."""
    return Search.objects.filter(pk=search_id, asked_by=by, asked_on=timezone.localdate()).first()


def forget_old() -> int:
    """Delete the searches of more than a year ago, and say how many; for the schedule."""
    return Search.objects.filter(asked_on__lt=timezone.localdate() - KEPT).delete()[0]
