"""Giving and taking roles: the one place where a grant and the admin groups that follow from it are written."""

from django.db import transaction

from accounts.groups import groups_for
from accounts.models import AccountEvent, Grant, Role, User


@transaction.atomic
def grant(user: User, role: Role, *, granted_by: User | None) -> Grant:
    """Give a person a role; giving it twice changes nothing."""
    held, is_new = Grant.objects.get_or_create(user=user, role=role, defaults={"granted_by": granted_by})
    if is_new:
        AccountEvent.objects.create(what=AccountEvent.What.GRANTED, about=user, by=granted_by, role=role)
    follow(user)
    return held


@transaction.atomic
def withdraw(user: User, role: Role, *, by: User | None) -> None:
    """Take a role away; it opens nothing from the next request on."""
    taken, _ = Grant.objects.filter(user=user, role=role).delete()
    if taken:
        AccountEvent.objects.create(what=AccountEvent.What.WITHDRAWN, about=user, by=by, role=role)
    follow(user)


def follow(user: User) -> None:
    """Let the groups of the admin follow from the roles."""
    user.groups.set(groups_for({Role(name) for name in user.grants.values_list("role", flat=True)}))
