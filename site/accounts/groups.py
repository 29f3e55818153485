"""The Wagtail groups that follow from roles: editors change content, the other staff only enter the admin."""

from collections.abc import Set as AbstractSet

from django.contrib.auth.models import Group, Permission

from accounts.models import Role
from accounts.roles import ADMIN_ROLES

EDITORS = "Heard editors"
STAFF = "Heard staff"
# Content an editor may add, change and publish in the admin, by model name.
EDITED_MODELS = ("survey", "consultation", "organisation", "supportservice", "listedoption", "equalityquestion")
# Files that surveys and pages show, which an editor may put in, change and choose.
FILED_MODELS = ("image", "document")


def groups_for(roles: AbstractSet[Role]) -> list[Group]:
    """The groups a person with these roles belongs to, made where they do not exist yet."""
    wanted = []
    if roles & ADMIN_ROLES:
        wanted.append(staff_group())
    if Role.EDITOR in roles:
        wanted.append(editors_group())
    return wanted


def staff_group() -> Group:
    """Everyone who may enter the admin at all."""
    group, _ = Group.objects.get_or_create(name=STAFF)
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    return group


def editors_group() -> Group:
    """Those who edit pages, surveys and the directory."""
    # Imported here, because they need the app registry.
    from wagtail.models import (  # noqa: PLC0415
        Collection,
        GroupCollectionPermission,
        GroupPagePermission,
        Page,
    )

    group, _ = Group.objects.get_or_create(name=EDITORS)
    group.permissions.set(Permission.objects.filter(content_type__model__in=EDITED_MODELS))
    root = Page.get_first_root_node()
    page_rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__endswith="_page")
    if root is not None:
        for right in page_rights:
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)
    shelf = Collection.get_first_root_node()
    if shelf is not None:
        for right in Permission.objects.filter(content_type__model__in=FILED_MODELS):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=shelf, permission=right)
    return group
