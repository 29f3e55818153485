"""The table of addresses is whole, and the page about it says what it says."""

import pytest
from django.conf import settings

from accounts.models import Role
from config.access import ADMIN_PREFIX, Level, Row, is_ours, opens, patterns
from config.addresses import TABLE
from config.roles_page import roles_page

EVERY_PATTERN = list(patterns())


def test_every_address_has_a_row():
    without = [address for address, pattern in EVERY_PATTERN if TABLE.row_for(address, pattern.callback) is None]
    assert without == [], "Say in site/config/addresses.py who may open these, then run manage.py write_roles."


def test_every_row_has_an_address():
    used = {TABLE.row_for(address, pattern.callback) for address, pattern in EVERY_PATTERN}
    assert [row.address for row in TABLE.rows() if row not in used] == []


def test_no_address_has_two_rows():
    addresses = [row.address for row in TABLE.rows()]
    assert len(addresses) == len(set(addresses))


def test_a_row_for_many_covers_no_view_of_ours():
    ours = next(pattern.callback for _, pattern in EVERY_PATTERN if is_ours(pattern.callback))
    theirs = next(pattern.callback for _, pattern in EVERY_PATTERN if not is_ours(pattern.callback))
    assert TABLE.row_for("admin/pages/new-one/", theirs).address == "admin/pages/*"
    assert TABLE.row_for("admin/pages/new-one/", ours) is None
    assert TABLE.row_for("admin/new-one/", theirs) is None


def test_the_page_about_roles_is_what_the_tables_say():
    written = (settings.ROOT / "docs" / "roles.md").read_text(encoding="utf-8")
    assert written == roles_page(TABLE), "Run manage.py write_roles."


@pytest.mark.parametrize("role", Role)
def test_nobody_opens_what_is_closed(role):
    assert not opens(Row("closed/", Level.NOBODY), frozenset({role}), is_signed_in=True)


def test_every_address_of_the_admin_asks_for_a_role_that_works_there():
    open_doors = {"admin/login/"}
    rows = [row for row in TABLE.rows() if row.address.startswith(ADMIN_PREFIX) and row.address not in open_doors]
    assert not [row.address for row in rows if opens(row, frozenset(), is_signed_in=True)]
    assert not [row.address for row in rows if opens(row, frozenset({Role.COMMISSION_MEMBER}), is_signed_in=True)]
