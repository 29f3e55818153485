"""The one table of who may do what, and the question every page asks of it."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.models import Grant, Role

P = ParamSpec("P")


class Capability(StrEnum):
    """One thing a person may do with what others entrusted to us."""

    EDIT_CONTENT = "edit consultation pages and surveys"
    REVIEW = "open a contribution, redact it and decide on it"
    KEY_REPLIES = "key in replies from paper, phone or in person"
    SAFEGUARD = "open a contribution that may need someone's help"
    READ_EVIDENCE = "read reviewed, redacted words"
    SEARCH = "search reviewed, redacted words for a reason that is kept"
    READ_SEARCHES = "read who searched for what, and why"
    CODE = "say which themes a reviewed statement has"
    READ_REPORTS = "read frozen theme reports"
    RELEASE = "freeze a theme report"
    EDIT_CODEBOOK = "write the next version of the codebook"
    PUBLISH_CODEBOOK = "publish a version of the codebook"
    TEACH = "have models learn from what people coded, and undo it"
    DECIDE_TOPICS = "decide about emerging topics"
    MANAGE_ACCOUNTS = "invite people and grant roles"
    WATCH_HEALTH = "see whether the installation is well"


MAY: dict[Role, frozenset[Capability]] = {
    Role.EDITOR: frozenset({Capability.EDIT_CONTENT}),
    Role.MODERATOR: frozenset({Capability.REVIEW, Capability.KEY_REPLIES}),
    Role.SAFEGUARDING_LEAD: frozenset({Capability.SAFEGUARD}),
    Role.ANALYST: frozenset(
        {
            Capability.READ_EVIDENCE,
            Capability.SEARCH,
            Capability.READ_REPORTS,
            Capability.EDIT_CODEBOOK,
            Capability.CODE,
            Capability.TEACH,
            Capability.DECIDE_TOPICS,
        }
    ),
    Role.PUBLISHER: frozenset(
        {Capability.READ_REPORTS, Capability.READ_EVIDENCE, Capability.RELEASE, Capability.PUBLISH_CODEBOOK}
    ),
    Role.COMMISSION_MEMBER: frozenset({Capability.READ_REPORTS, Capability.READ_EVIDENCE}),
    # Boards are not built yet: until then a member, police among them, reads released figures and no quote.
    Role.BOARD_MEMBER: frozenset({Capability.READ_REPORTS}),
    Role.ADMINISTRATOR: frozenset({Capability.MANAGE_ACCOUNTS, Capability.READ_SEARCHES, Capability.WATCH_HEALTH}),
}
# What shows somebody's words, reviewed or not; whoever may do one of these is signed out sooner.
OPENS_WORDS = frozenset(
    {Capability.REVIEW, Capability.KEY_REPLIES, Capability.SAFEGUARD, Capability.READ_EVIDENCE, Capability.CODE}
)
# Roles whose screens live in the Wagtail admin.
ADMIN_ROLES = frozenset({Role.EDITOR, Role.MODERATOR, Role.SAFEGUARDING_LEAD, Role.ANALYST, Role.PUBLISHER})


def capabilities(user: AbstractBaseUser | AnonymousUser) -> frozenset[Capability]:
    """Everything the roles of this person allow, asked of the database; being a superuser counts for nothing."""
    return frozenset().union(*(MAY[role] for role in roles_of(user)))


def roles_of(user: AbstractBaseUser | AnonymousUser) -> frozenset[Role]:
    """The roles granted to this person, asked of the database; none for who is signed out or has left."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    return frozenset(Role(role) for role in Grant.objects.filter(user_id=user.pk).values_list("role", flat=True))


def may(user: AbstractBaseUser | AnonymousUser, capability: Capability) -> bool:
    """Whether a role of this person allows it."""
    return capability in capabilities(user)


def require(user: AbstractBaseUser | AnonymousUser, capability: Capability) -> None:
    """Refuse whoever may not.

    Raises:
        PermissionDenied: if no role of this person allows it.
    """
    if not may(user, capability):
        raise PermissionDenied(f"Your account has no role that lets you {capability}. Ask an administrator.")


def requires(
    capability: Capability,
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Decorate a view: signed-out people are sent to sign in, people without the capability are refused."""

    def decorate(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            require(request.user, capability)
            return view(request, *args, **kwargs)

        return login_required(guarded)

    return decorate
