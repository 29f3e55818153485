"""Every address is asked by everybody, through the real client, and answers as the table says."""

import pytest
from django.core.management import call_command
from django.test import override_settings

from accounts.models import Role
from config.access import Level, Row
from tests.config.factories import SAID, make_world, ready
from tests.surveys.returning.factories import come_back
from tools import attack_access
from tools.attack_access import COLUMNS, GUARD, may_open, one_for_each_row, targets

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """One installation for every test of this module, committed, and gone with the module."""
    with django_db_blocker.unblock(), override_settings(HEARD_KEYS_DIR=tmp_path_factory.mktemp("keys")):
        ready()
        yield make_world()
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def wanted(world):
    return targets(world.given)


@pytest.mark.parametrize("who", COLUMNS)
def test_every_address_answers_this_kind_of_person_as_the_table_says(who, world, wanted):
    client = world.client(who)
    assert [str(one) for one in attack_access.ask(client, who, wanted, ["get"])] == []
    refused = [one for one in one_for_each_row(wanted) if not may_open(who, one)]
    assert [str(one) for one in attack_access.ask(client, who, refused, ["post"])] == []


@pytest.mark.parametrize("who", ["Signed out", "Superuser, no role", "Moderator", "Analyst"])
def test_our_views_refuse_without_the_guard_too(who, world, wanted, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != GUARD]
    assert [str(one) for one in attack_access.without_the_guard(world.client(who), who, wanted)] == []


def test_nobody_reaches_what_is_somebody_elses(world):
    assert [str(one) for one in attack_access.others_things(world)] == []


def test_an_old_session_of_a_leaver_opens_nothing(world):
    assert [str(one) for one in attack_access.leavers(world)] == []


def test_return_words_show_what_became_of_an_answer_and_none_of_its_words(world):
    walker = come_back(world.words)
    assert "withdraw" in walker.text.lower() or "take" in walker.text.lower()
    assert SAID not in walker.text


def test_a_door_left_open_is_found(world, wanted):
    """The search for surprises would find one: a row that is closed to somebody who gets in."""
    target = next(one for one in wanted if one.pattern == "admin/review/")
    closed = attack_access.Target(target.pattern, target.path, Row(target.pattern, Level.NOBODY), is_ours=True)
    role = Role.MODERATOR.label
    assert list(attack_access.ask(world.client(role), role, [closed], ["get"]))


def test_a_door_kept_shut_is_found(world, wanted):
    target = next(one for one in wanted if one.pattern == "admin/review/")
    opened = attack_access.Target(target.pattern, target.path, Row(target.pattern, Level.SIGNED_IN), is_ours=True)
    role = Role.EDITOR.label
    assert list(attack_access.ask(world.client(role), role, [opened], ["get"]))
