"""The table of addresses is whole, and the page about it says what it says."""

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver

from accounts.guard import SIGNING_IN
from accounts.models import Role
from config.access import ADMIN_PREFIX, Level, Row, is_ours, opens, patterns
from config.addresses import TABLE
from config.roles_page import roles_page

EVERY_PATTERN = list(patterns())
# Open in the table because they say nothing: without a session they lead to our own sign-in page.
LEAD_TO_SIGNING_IN = {
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
    "_util/login/",
    "admin/login/",
    "staff/sign-out/",
}


def test_every_address_has_a_row():
    without = [address for address, pattern in EVERY_PATTERN if TABLE.row_for(address, pattern.callback) is None]
    assert without == [], "Say in site/config/addresses.py who may open these, then run manage.py write_roles."


def test_both_locks_open_the_same_addresses_to_anybody():
    """The guard of sessions goes by names of views, the guard of roles by this table: each alone would keep one shut."""
    rows = {address: TABLE.row_for(address, pattern.callback) for address, pattern in EVERY_PATTERN}
    in_the_table = {address for address, row in rows.items() if row.is_public}
    names = {*settings.HEARD_PUBLIC_VIEWS, *SIGNING_IN}
    by_name = {address for address, name in named().items() if name in names}
    assert in_the_table - by_name == LEAD_TO_SIGNING_IN
    assert by_name - in_the_table == set()


def named(resolver=None, before="", space=""):
    """Every address as the table writes it, with the name by which the guard of sessions knows it."""
    found = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        own = str(pattern.pattern)
        address = before + own.removeprefix("^") if before else own
        if isinstance(pattern, URLResolver):
            found |= named(pattern, address, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            found.setdefault(address, f"{space}{pattern.name}")
    return found


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
