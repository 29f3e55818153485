"""Who may do what: only a role opens anything, and rank opens nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.grants import grant
from accounts.models import Grant, Role, User
from accounts.roles import MAY, Capability, may, require

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user("someone", password="x")


@pytest.mark.parametrize("role", Role)
def test_each_role_allows_exactly_its_row_of_the_table(person: User, role: Role):
    grant(person, role, granted_by=None)
    assert {capability for capability in Capability if may(person, capability)} == MAY[role]


@pytest.mark.parametrize("capability", Capability)
def test_a_superuser_without_a_role_may_do_nothing(capability: Capability):
    root = User.objects.create_superuser("root", password="x")
    assert not may(root, capability)


@pytest.mark.parametrize("capability", Capability)
def test_a_signed_out_person_may_do_nothing(capability: Capability):
    assert not may(AnonymousUser(), capability)


def test_a_leaver_may_do_nothing(person: User):
    grant(person, Role.MODERATOR, granted_by=None)
    person.is_active = False
    assert not may(person, Capability.REVIEW)


def test_every_role_has_a_row():
    assert set(MAY) == set(Role)


def test_no_single_role_both_opens_words_and_releases_reports():
    assert not [role for role, allowed in MAY.items() if {Capability.REVIEW, Capability.RELEASE} <= allowed]


def test_refusal_says_what_to_do(person: User):
    with pytest.raises(PermissionDenied, match="Ask an administrator"):
        require(person, Capability.REVIEW)


def test_granting_twice_changes_nothing(person: User):
    first = grant(person, Role.EDITOR, granted_by=None)
    assert grant(person, Role.EDITOR, granted_by=None) == first
    assert Grant.objects.count() == 1


def test_an_editor_may_change_content_and_a_moderator_only_enter(person: User):
    grant(person, Role.MODERATOR, granted_by=None)
    person = User.objects.get(pk=person.pk)
    assert person.has_perm("wagtailadmin.access_admin")
    assert not person.has_perm("surveys.change_survey")
    grant(person, Role.EDITOR, granted_by=None)
    assert User.objects.get(pk=person.pk).has_perm("surveys.change_survey")


def test_a_commission_member_cannot_enter_the_admin(person: User):
    grant(person, Role.COMMISSION_MEMBER, granted_by=None)
    assert not User.objects.get(pk=person.pk).has_perm("wagtailadmin.access_admin")


def test_a_board_member_reads_released_figures_and_no_words():
    assert MAY[Role.BOARD_MEMBER] == {Capability.READ_REPORTS}
