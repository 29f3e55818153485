"""Giving roles: the one place where a grant and the admin groups that follow from it are written."""

from django.db import transaction

from accounts.groups import groups_for
from accounts.models import Grant, Role, User


@transaction.atomic
def grant(user: User, role: Role, *, granted_by: User | None) -> Grant:
    """Give a person a role; giving it twice changes nothing."""
    held, _ = Grant.objects.get_or_create(user=user, role=role, defaults={"granted_by": granted_by})
    roles = {Role(name) for name in user.grants.values_list("role", flat=True)}
    user.groups.set(groups_for(roles))
    return held
