"""A whole installation moves from SQLite to PostgreSQL, or nothing does."""

import os
import sqlite3
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from config import moving
from config.moving import MoveRefused, Table
from tools.measure_restore import empty_database
from tools.test import POSTGRES, no_postgres

KINDS = (
    ("id", "uuid"),
    ("said", "character varying"),
    ("facts", "jsonb"),
    ("sealed", "bytea"),
    ("day", "date"),
    ("at", "timestamp with time zone"),
    ("yes", "boolean"),
)
ROW = (
    "0" * 31 + "1",
    "naïve \\ \t\n'",
    '{"n": 1.10, "x": null}',
    b"\x00\\\xff",
    "2026-11-22",
    "2026-11-22 10:00:00",
    1,
)
NEW_ROW = "from django.contrib.auth.models import Group; Group.objects.create(name='Fictional')"
needs_postgres = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL only")


def silent(table, number):
    """Tell nobody."""


@pytest.fixture
def file(tmp_path):
    """A SQLite file with one table, as a source, and a function that adds rows."""
    path = tmp_path / "source.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute(
            "CREATE TABLE thing (id char(32), said varchar, facts text, sealed blob, day date, at datetime, yes bool)"
        )

    def add(*rows):
        with sqlite3.connect(path) as open_:
            open_.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    return SimpleNamespace(settings_dict={"NAME": path}), add


@pytest.fixture
def thing(db):
    """The same table on PostgreSQL."""
    described = ", ".join(f"{name} {kind}" for name, kind in KINDS)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE thing ({described}) ON COMMIT DROP")
    return Table("thing", KINDS)


@needs_postgres
def test_every_kind_of_value_arrives_and_is_compared(file, thing):
    source, add = file
    add(ROW, (*ROW[:2], "null", b"", None, None, 0), (*ROW[:2], None, None, None, None, None))
    told = []
    copied = moving._copy(source, connection, thing, lambda *news: told.append(news))
    assert moving._compared(connection, thing, *copied).rows == 3
    assert told == [("thing", 3)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(facts), count(sealed) FROM thing")
        assert cursor.fetchone() == (3, 2, 2)
        cursor.execute("SELECT said, sealed FROM thing LIMIT 1")
        said, sealed = cursor.fetchone()
    assert (said, bytes(sealed)) == (ROW[1], ROW[3])


@needs_postgres
@pytest.mark.parametrize(
    "harm", ["DELETE FROM thing", "UPDATE thing SET said = 'other'", "UPDATE thing SET facts = '{}'"]
)
def test_a_difference_is_found(harm, file, thing):
    source, add = file
    add(ROW)
    copied = moving._copy(source, connection, thing, silent)
    with connection.cursor() as cursor:
        cursor.execute(harm)
    with pytest.raises(MoveRefused, match="thing differs"):
        moving._compared(connection, thing, *copied)


@needs_postgres
def test_a_value_that_does_not_fit_names_its_place_and_not_itself(file, thing):
    source, add = file
    add(ROW, (ROW[0], "marmalade\0", *ROW[2:]))
    with pytest.raises(MoveRefused, match=r"thing\.said, row 2 of the file") as refused:
        moving._copy(source, connection, thing, silent)
    assert "marmalade" not in str(refused.value)


@needs_postgres
def test_what_the_server_refuses_names_the_table_and_not_the_value(file, thing):
    source, add = file
    add((ROW[0], ROW[1], '"marmalade \\u0000"', *ROW[3:]))
    with pytest.raises(MoveRefused, match="thing does not fit") as refused:
        moving._copy(source, connection, thing, silent)
    assert "marmalade" not in str(refused.value)


@needs_postgres
@pytest.mark.django_db
def test_a_target_in_use_is_refused():
    from tests.accounts.factories import UserFactory

    moving.check_target(connection)
    UserFactory()
    with pytest.raises(MoveRefused, match="accounts_user has rows"):
        moving.check_target(connection)


@needs_postgres
@pytest.mark.django_db
def test_a_database_of_somebody_else_is_refused():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE ledger (id int)")
    with pytest.raises(MoveRefused, match="it holds ledger"):
        moving.check_target(connection)


@needs_postgres
@pytest.mark.django_db
def test_a_reference_that_leads_nowhere_is_refused():
    point = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_grant (id, user_id, role, granted_on) "
            "VALUES (gen_random_uuid(), gen_random_uuid(), 'editor', now())"
        )
    with pytest.raises(MoveRefused, match="accounts_grant"):
        moving._check_foreign_keys(connection)
    transaction.savepoint_rollback(point)


@pytest.mark.django_db
def test_a_move_starts_from_sqlite_and_ends_on_postgresql():
    if connection.vendor == "sqlite":
        with pytest.raises(MoveRefused, match="must be postgres"):
            moving.check_target(connection)
    else:
        with pytest.raises(MoveRefused, match="on PostgreSQL already"):
            moving.check_source(connection)


@pytest.mark.thorough
@pytest.mark.skipif(bool(no_postgres()), reason="no PostgreSQL answers")
def test_a_whole_installation_moves_and_goes_on_there(tmp_path):
    def run(database, *arguments):
        given = {**os.environ, "HEARD_VAR": str(tmp_path), "HEARD_DATABASE": database, "PYTHONPATH": "site:."}
        given["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
        return subprocess.run([sys.executable, *arguments], env=given, capture_output=True, text=True, check=False)

    assert run("", "-m", "tools.many_contributions", "30").returncode == 0
    with empty_database(POSTGRES.rpartition("/")[0] + "/postgres") as address:
        moved = run("", "manage.py", "move_to_postgres", address)
        assert moved.returncode == 0, moved.stderr
        assert "counts and checksums agree" in moved.stdout
        more = run(address, "manage.py", "shell", "-c", NEW_ROW)
        assert more.returncode == 0, more.stderr  # sequences stand behind what was moved
        again = run("", "manage.py", "move_to_postgres", address)
        assert again.returncode != 0
        assert "The target is not empty" in again.stderr
