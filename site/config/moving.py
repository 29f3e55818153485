"""Moves everything an installation holds from its SQLite file into an empty PostgreSQL database, and proves it.

All of it is one transaction there, while a lock keeps writers out here: it arrives whole or not at all, and what was
interrupted is simply begun again. Rows are taken as they lie in the file and given the type of the column that receives
them, so nothing depends on what a model makes of its values. Both sides are then counted and summed up alike.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import IntegrityError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from psycopg import errors

from config import columns

BATCH = 2000
# What `migrate` keeps for itself, and what search keeps in another form on each database and makes again of the rest.
NOT_MOVED = {"django_migrations", "wagtailsearch_indexentry", "modelsearch_indexentry"}
SEARCH_OF_SQLITE = "_fts"

Progress = Callable[[str, int], None]


class MoveRefused(Exception):
    """Nothing was moved; the message says why and what to do, and never quotes a value."""


@dataclass(frozen=True)
class Moved:
    """One table after the move: its rows and the sum of them, equal on both sides."""

    table: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Table:
    """A table to move, with the types its columns have in PostgreSQL."""

    name: str
    columns: tuple[tuple[str, str], ...]

    def listed(self) -> str:
        """The names of the columns, for a statement."""
        return ", ".join(f'"{name}"' for name, _ in self.columns)


def move(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper, *, progress: Progress) -> list[Moved]:
    """Move every row; `progress` is told the table and how many more of its rows are written.

    Raises:
        MoveRefused: if the target is not empty, the source is not up to date, or a value does not fit; the target then
            holds no row of ours.
    """
    check_source(source)
    check_target(target)
    with transaction.atomic(using=source.alias), transaction.atomic(using=target.alias):
        tables = tables_of(source, target)
        _empty(target, tables)
        sums = {table.name: _copy(source, target, table, progress) for table in tables}
        _set_sequences(target)
        _check_foreign_keys(target)
        return [_compared(target, table, *sums[table.name]) for table in tables]


def check_source(source: BaseDatabaseWrapper) -> None:
    """Refuse a source that is not SQLite or lacks a migration."""
    if source.vendor != "sqlite":
        raise MoveRefused("This installation is on PostgreSQL already. Leave HEARD_DATABASE out to move from SQLite.")
    executor = MigrationExecutor(source)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MoveRefused("The SQLite database is not up to date. Run `python manage.py migrate` first.")


def check_target(target: BaseDatabaseWrapper) -> None:
    """Refuse a target that holds anything but what `migrate` writes into an empty database."""
    if target.vendor != "postgresql":
        raise MoveRefused("The target must be postgres://...")
    with target.cursor() as cursor:
        there = set(target.introspection.table_names(cursor))
        if foreign := there - {model._meta.db_table for model in _models()} - NOT_MOVED:
            raise MoveRefused(f"The target is not empty: it holds {min(foreign)}. Create a new database and name that.")
        for table in sorted(there & {model._meta.db_table for model in _models() if _tells_of_use(model)}):
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')  # noqa: S608 - a name of our own
            if cursor.fetchone()[0]:
                raise MoveRefused(f"The target is not empty: {table} has rows. Create a new database and name that.")


def _models() -> list[Any]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _tells_of_use(model: Any) -> bool:
    # Migrations write a list of options, groups and a first page: these two say whether anybody ever used it.
    return model._meta.label in {"accounts.User", "feedback.Organisation", "feedback.Period", "sessions.Session"}


def tables_of(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> list[Table]:
    """Every table both sides have, in the target's columns.

    Raises:
        MoveRefused: if one side has a table or column that the other has not.
    """
    with target.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns "
            "WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"
        )
        found: dict[str, list[tuple[str, str]]] = {}
        for table, column, kind in cursor.fetchall():
            found.setdefault(table, []).append((column, kind))
    with source.cursor() as cursor:
        here = {name for name in source.introspection.table_names(cursor) if SEARCH_OF_SQLITE not in name}
        if strange := (here ^ set(found)) - NOT_MOVED:
            raise MoveRefused(f"Only one of the two databases has {min(strange)}. Nothing was moved.")
        tables = [Table(name, tuple(found[name])) for name in sorted(found) if name not in NOT_MOVED]
        for table in tables:
            described = {column.name for column in source.introspection.get_table_description(cursor, table.name)}
            if strange := described ^ {name for name, _ in table.columns}:
                raise MoveRefused(f"Only one of the two databases has {table.name}.{min(strange)}. Nothing was moved.")
    return tables


def counts(source: BaseDatabaseWrapper) -> dict[str, int]:
    """How many rows each table of the source holds, of those that are moved."""
    with source.cursor() as cursor:
        found = {}
        for name in source.introspection.table_names(cursor):
            if SEARCH_OF_SQLITE not in name and name not in NOT_MOVED:
                cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608
                found[name] = cursor.fetchone()[0]
        return found


def _empty(target: BaseDatabaseWrapper, tables: list[Table]) -> None:
    with target.cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(f'"{table.name}"' for table in tables) + " CASCADE")


def _copy(
    source: BaseDatabaseWrapper, target: BaseDatabaseWrapper, table: Table, progress: Progress
) -> tuple[int, str]:
    total = columns.Sum()
    with target.cursor() as writing:
        statement = f'COPY "{table.name}" ({table.listed()}) FROM STDIN'
        try:
            with writing.copy(statement) as copying:
                for batch in _batches(source, table):
                    for row in batch:
                        copying.write_row(row)
                        total.add(columns.canonical(row, table.columns))
                    progress(table.name, len(batch))
        except (errors.DataError, errors.IntegrityError) as problem:
            raise MoveRefused(f"{table.name} does not fit: {type(problem).__name__}. Nothing was moved.") from None
    return total.rows, total.hexdigest()


def _batches(source: BaseDatabaseWrapper, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    # A connection that reads the file as it is: Django's converts some types on the way.
    file = sqlite3.connect(f"file:{source.settings_dict['NAME']}?mode=ro", uri=True)
    reading = file.execute(f'SELECT {table.listed()} FROM "{table.name}"')  # noqa: S608
    number = 0
    while rows := reading.fetchmany(BATCH):
        batch = []
        for row in rows:
            number += 1
            batch.append(tuple(_converted(table, number, row)))
        yield batch
    file.close()


def _converted(table: Table, number: int, row: tuple[Any, ...]) -> Iterator[Any]:
    for value, (name, kind) in zip(row, table.columns, strict=True):
        try:
            yield columns.to_postgres(value, kind)
        except (ValueError, TypeError, ArithmeticError):
            raise MoveRefused(
                f"{table.name}.{name}, row {number} of the file, holds what PostgreSQL cannot keep as {kind}. "
                "Nothing was moved."
            ) from None


def _set_sequences(target: BaseDatabaseWrapper) -> None:
    with target.cursor() as cursor:
        for statement in target.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)


def _check_foreign_keys(target: BaseDatabaseWrapper) -> None:
    try:
        with target.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as problem:
        cause = problem.__cause__
        named = getattr(getattr(cause, "diag", None), "table_name", None) or "a table"
        raise MoveRefused(f"A row of {named} points at a row that is not there. Nothing was moved.") from None


def _compared(target: BaseDatabaseWrapper, table: Table, rows: int, sha256: str) -> Moved:
    total = columns.Sum()
    # A cursor on the server's side, so that a large table is read a batch at a time.
    with target.chunked_cursor() as reading:
        reading.execute(f'SELECT {table.listed()} FROM "{table.name}"')  # noqa: S608
        while batch := reading.fetchmany(BATCH):
            for row in batch:
                total.add(columns.canonical(row, table.columns))
    if (total.rows, total.hexdigest()) != (rows, sha256):
        raise MoveRefused(f"{table.name} differs: {rows} rows here, {total.rows} there. Nothing was moved.")
    return Moved(table.name, rows, sha256)


def connect(address: dict[str, Any]) -> BaseDatabaseWrapper:
    """A connection to the target, under a name of its own beside the settings' databases."""
    connections.databases["target"] = connections.configure_settings({"default": {}, "target": address})["target"]
    return connections["target"]
