"""A consistent copy of the database with the count of each of its tables, taken while the site runs, and back again."""

import os
import sqlite3
import subprocess
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE_NAME = "heard.sqlite3"
POSTGRES_NAME = "heard.dump"
OWN = {"accounts", "feedback", "surveys", "analysis", "pages", "config"}


class NotEmpty(Exception):
    """The database to fill holds something already; the message says what to do."""


def dump(folder: Path) -> tuple[Path, dict[str, int]]:
    """Write the copy into `folder`; returns its file and how many rows each of Heard's own tables has in it."""
    return (
        _dump_sqlite(folder / SQLITE_NAME) if connection.vendor == "sqlite" else _dump_postgres(folder / POSTGRES_NAME)
    )


def _dump_sqlite(target: Path) -> tuple[Path, dict[str, int]]:
    connection.ensure_connection()
    copy = sqlite3.connect(target)
    connection.connection.backup(copy)
    rows = {label: copy.execute(_counting(table)).fetchone()[0] for label, table in own_tables().items()}
    copy.close()
    return target, rows


def _dump_postgres(target: Path) -> tuple[Path, dict[str, int]]:
    # A connection of its own, because the snapshot must outlive the dump and no transaction of ours may be around it.
    apart = connection.copy()
    try:
        apart.set_autocommit(False)
        rows = _dump_snapshot(apart, target)
    finally:
        apart.close()
    return target, rows


def _dump_snapshot(apart: BaseDatabaseWrapper, target: Path) -> dict[str, int]:
    with apart.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        options = ["--format=custom", "--no-owner", f"--snapshot={cursor.fetchone()[0]}", f"--file={target}"]
        subprocess.run(["pg_dump", *options, *postgres_options()], check=True, env=postgres_environment())  # noqa: S603, S607
        return _counted(cursor)


def row_counts() -> dict[str, int]:
    """How many rows each of Heard's own tables holds now."""
    with connection.cursor() as cursor:
        return _counted(cursor)


def _counted(cursor: object) -> dict[str, int]:
    rows = {}
    for label, table in own_tables().items():
        cursor.execute(_counting(table))  # type: ignore[attr-defined]
        rows[label] = cursor.fetchone()[0]  # type: ignore[attr-defined]
    return rows


def own_tables() -> dict[str, str]:
    """The tables of Heard's own models, by label."""
    return {model._meta.label: model._meta.db_table for model in apps.get_models() if model._meta.app_label in OWN}


def _counting(table: str) -> str:
    return f'SELECT count(*) FROM "{table}"'  # noqa: S608 - a name of our own


def load(folder: Path, var: Path) -> None:
    """Put the copy in `folder` where the settings expect the database.

    Raises:
        NotEmpty: if a database is there already.
    """
    if (folder / SQLITE_NAME).exists():
        (folder / SQLITE_NAME).replace(var / SQLITE_NAME)
        return
    if connection.vendor != "postgresql":
        raise NotEmpty("This backup is of PostgreSQL. Create an empty database and name it in HEARD_DATABASE.")
    if connection.introspection.table_names():
        raise NotEmpty("The PostgreSQL database is not empty. Create an empty one and name it in HEARD_DATABASE.")
    connection.close()
    options = ["--no-owner", "--no-privileges", "--exit-on-error", *postgres_options(), str(folder / POSTGRES_NAME)]
    subprocess.run(["pg_restore", *options], check=True, env=postgres_environment())  # noqa: S603, S607


def postgres_options() -> list[str]:
    """The connection of the settings as options of PostgreSQL's own tools."""
    given = settings.DATABASES["default"]
    named = {"--host": given["HOST"], "--port": given["PORT"], "--username": given["USER"]}
    return [f"{option}={value}" for option, value in named.items() if value] + [f"--dbname={given['NAME']}"]


def postgres_environment() -> dict[str, str]:
    """The environment with the password where those tools look for it, never on their command line."""
    password = settings.DATABASES["default"]["PASSWORD"]
    return {**os.environ, **({"PGPASSWORD": password} if password else {})}
