"""A value keeps its meaning from SQLite to PostgreSQL, and the sum of rows notices every change and no order."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from config import columns


@pytest.mark.parametrize(
    ("kept", "kind", "meant"),
    [
        (None, "jsonb", None),
        ("null", "jsonb", "null"),
        (1, "boolean", True),
        ("6f9619ff8b86d011b42d00c04fc964ff", "uuid", UUID("6f9619ff-8b86-d011-b42d-00c04fc964ff")),
        ("2026-11-22 10:00:00.000001", "timestamp with time zone", datetime(2026, 11, 22, 10, 0, 0, 1, UTC)),
        (b"\x00\xff", "bytea", b"\x00\xff"),
        (90_000_000, "interval", timedelta(seconds=90)),
        (1.5, "numeric", Decimal("1.5")),
    ],
)
def test_a_value_keeps_its_meaning(kept, kind, meant):
    assert columns.to_postgres(kept, kind) == meant


@pytest.mark.parametrize(
    ("kept", "kind"),
    [
        ("a\0b", "text"),
        (b"bytes", "text"),
        (2, "boolean"),
        ("words", "bytea"),
        ("not json", "jsonb"),
        ("yesterday", "date"),
        ("12", "integer"),
        ("anything", "point"),
    ],
)
def test_what_does_not_fit_is_refused(kept, kind):
    with pytest.raises((ValueError, TypeError)):
        columns.to_postgres(kept, kind)


def total(*rows, kind="text"):
    added = columns.Sum()
    for row in rows:
        added.add(columns.canonical(row, [(str(n), kind) for n in range(len(row))]))
    return added.hexdigest()


def test_the_sum_does_not_depend_on_the_order_of_rows():
    assert total(("a", "b"), ("c", "d")) == total(("c", "d"), ("a", "b"))


@pytest.mark.parametrize(
    "changed",
    [
        [("a", "b")],
        [("a", "b"), ("a", "b")],
        [("a", "b"), ("c", "e")],
        [("ab", ""), ("c", "d")],
        [("a", "b"), ("c", None)],
    ],
)
def test_the_sum_notices_a_change(changed):
    assert total(*changed) != total(("a", "b"), ("c", "d"))


def test_two_equal_rows_do_not_cancel_each_other_out():
    assert total(("a",), ("a",)) != total()


@pytest.mark.parametrize(
    ("one", "other"),
    [('{"b": 1, "a": 2}', '{"a":2,"b":1}'), ("1e3", "1000"), ("1.50", "1.5"), ('"\\u00e9"', '"é"')],
)
def test_json_counts_as_what_it_says(one, other):
    assert total((one,), kind="jsonb") == total((other,), kind="jsonb")


@pytest.mark.parametrize(("one", "other"), [("1", '"1"'), ("null", None), ("[1,2]", "[2,1]"), ("true", '"true"')])
def test_json_that_says_something_else_counts_otherwise(one, other):
    assert total((one,), kind="jsonb") != total((other,), kind="jsonb")
