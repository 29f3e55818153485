"""How somebody comes in, comes back after losing a device, and leaves. Each is one function that checks, changes, logs.

`by` is the administrator who does it, or nobody where it is done at the server's own terminal.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import sessions
from accounts.grants import grant, withdraw
from accounts.models import AccountEvent, Link, Role, User
from accounts.roles import Capability, require

# A link holds to the end of the second day after it was made.
DAYS = 2
What = AccountEvent.What


class NotPossible(Exception):
    """What was asked cannot be done; the message says why and what to do instead."""


@transaction.atomic
def invite(person: User, roles: Iterable[Role], *, by: User | None) -> str:
    """Keep a new person with their roles and return the secret part of their link, which is not kept.

    Raises:
        PermissionDenied: if whoever does it may not.
    """
    check(by)
    person.set_unusable_password()
    person.save()
    for role in roles:
        grant(person, role, granted_by=by)
    log(What.INVITED, person, by)
    return make_link(person, Link.Why.NEW, by)


@transaction.atomic
def invite_again(person: User, *, by: User | None) -> str:
    """A new link for somebody who has not used the first; the first stops working.

    Raises:
        NotPossible: if they already have a password, or have left.
        PermissionDenied: if whoever does it may not.
    """
    check(by)
    if person.has_usable_password() or not person.is_active:
        raise NotPossible("This person has set a password already. If a device is lost, report that.")
    log(What.INVITED, person, by)
    return make_link(person, Link.Why.NEW, by)


def find(secret: str) -> Link | None:
    """The link with this secret part, if it still works."""
    links = Link.objects.filter(mark=marked(secret), last_day__gte=timezone.localdate(), user__is_active=True)
    return links.select_related("user").first()


@transaction.atomic
def accept(secret: str, password: str) -> User:
    """Set the password of whoever this link is for; the link is used up.

    Raises:
        NotPossible: if it no longer works.
    """
    found = find(secret)
    link = Link.objects.select_for_update().filter(pk=found.pk).first() if found else None
    if link is None:
        raise NotPossible("This link no longer works. Ask an administrator for a new one.")
    person = link.user
    person.set_password(password)
    person.save(update_fields=["password"])
    link.delete()
    log(What.ACCEPTED, person, person)
    return person


@transaction.atomic
def report_lost(person: User, *, by: User) -> Link:
    """Say that somebody can no longer give a second factor; nothing changes until another administrator confirms.

    Raises:
        NotPossible: if it is one's own account, or the person has left.
        PermissionDenied: if whoever does it may not.
    """
    check(by)
    if person.pk == by.pk or not person.is_active:
        raise NotPossible("Somebody else must report this for you, and only for people who work here.")
    Link.objects.filter(user=person).delete()
    log(What.LOST_ASKED, person, by)
    return Link.objects.create(user=person, why=Link.Why.LOST, asked_by=by, last_day=last_day())


@transaction.atomic
def confirm_lost(person: User, *, by: User | None) -> str:
    """Remove the person's second factors and password, end their sessions, and return the secret part of a new link.

    Raises:
        NotPossible: if nobody has reported it, or the same person did, or it is one's own account.
        PermissionDenied: if whoever does it may not.
    """
    check(by)
    asked = Link.objects.filter(user=person, why=Link.Why.LOST, mark="", last_day__gte=timezone.localdate()).first()
    if by is not None and (asked is None or by.pk in {asked.asked_by_id, person.pk}):
        raise NotPossible("Two administrators are needed: one reports the lost device, another confirms.")
    close(person)
    log(What.LOST_CONFIRMED, person, by)
    return make_link(person, Link.Why.LOST, by)


@transaction.atomic
def leave(person: User, *, by: User | None) -> None:
    """End somebody's access: sessions, roles, second factors, password and links. What they did stays on record.

    Raises:
        NotPossible: if it is one's own account, or nobody could manage accounts any more.
        PermissionDenied: if whoever does it may not.
    """
    check(by)
    if by is not None and by.pk == person.pk:
        raise NotPossible("Nobody ends their own access. Ask another administrator.")
    others = User.objects.filter(is_active=True, grants__role=Role.ADMINISTRATOR).exclude(pk=person.pk)
    if not others.exists():
        raise NotPossible("This is the only administrator. Make somebody else one first.")
    for name in list(person.grants.values_list("role", flat=True)):
        withdraw(person, Role(name), by=by)
    Link.objects.filter(user=person).delete()
    person.is_active = False
    person.save(update_fields=["is_active"])
    close(person)
    log(What.LEFT, person, by)


def close(person: User) -> None:
    """Nothing that let this person in lets them in any longer."""
    Authenticator.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
    sessions.end_all(person)


def make_link(person: User, why: Link.Why, by: User | None) -> str:
    """Keep a link in place of any other this person had; only its secret part opens it, and only its hash is kept."""
    secret = secrets.token_urlsafe(32)
    Link.objects.filter(user=person).delete()
    Link.objects.create(user=person, why=why, mark=marked(secret), asked_by=by, last_day=last_day())
    return secret


def marked(secret: str) -> str:
    """The hash under which a link is found; 256 random bits need no slow one."""
    return hashlib.sha256(secret.encode()).hexdigest()


def path_of(secret: str) -> str:
    """The path of a link with this secret part."""
    return reverse("accounts:invitation", args=[secret])


def last_day() -> date:
    """The last day on which a link made today works."""
    return timezone.localdate() + timedelta(days=DAYS)


def check(by: User | None) -> None:
    """Refuse whoever may not manage accounts; the server's own terminal may."""
    if by is not None:
        require(by, Capability.MANAGE_ACCOUNTS)


def log(what: AccountEvent.What, about: User, by: User | None) -> None:
    """Write down what was done."""
    AccountEvent.objects.create(what=what, about=about, by=by)
