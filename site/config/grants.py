"""What each process's PostgreSQL role may do with each table, as `data/grants.yaml` says, written as SQL."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.apps import apps
from django.db import models

from config.environment import Part, role_of

FILE = Path(__file__).parent / "data" / "grants.yaml"
PARTS = (Part.PUBLIC, Part.STAFF, Part.WORKER)
EVERYTHING = "select, insert, update, delete"
NOTHING = "none"
# A privilege, and perhaps the columns it is for.
PRIVILEGE = re.compile(r"(select|insert|update|delete)(?:\(([a-z_, ]+)\))?")
# Search on PostgreSQL has no use for SQLite's own search table, which is not there.
ONLY_ON_SQLITE = {"wagtailsearch.SQLiteFTSIndexEntry"}


class GrantsBroken(Exception):
    """The table of grants says something that cannot be granted; the message says which line."""


@dataclass(frozen=True)
class Grant:
    """What one part may do with one table; `columns` is empty for all of them."""

    privilege: str
    columns: tuple[str, ...] = ()


def tables() -> dict[str, type[models.Model]]:
    """Every model with a table of its own on PostgreSQL, by label, those of many-to-many relations too."""
    found = {model._meta.label: model for model in apps.get_models(include_auto_created=True)}
    return {label: model for label, model in found.items() if model._meta.managed and label not in ONLY_ON_SQLITE}


def grants_of(part: Part, label: str) -> tuple[Grant, ...]:
    """What this part may do with the table of this model.

    Raises:
        GrantsBroken: if the public process has no line for it, or a line cannot be read.
    """
    listed = _listed()[part]
    if part is Part.PUBLIC and label not in listed:
        raise GrantsBroken(f"{label} has no line under `public` in {FILE.name}: say what it may do there, or `none`.")
    return tuple(_read(listed.get(label, EVERYTHING), f"{part}: {label}"))


def statements(schema: str = "public") -> Iterator[str]:
    """SQL that takes everything from each role and then gives it what the table of grants says."""
    for part in PARTS:
        role = role_of(part)
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}"
        yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {role}"
        yield f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {role}"
        yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
        for label, model in tables().items():
            yield from _granted(role, model, grants_of(part, label))


def _granted(role: str, model: type[models.Model], grants: tuple[Grant, ...]) -> Iterator[str]:
    table = model._meta.db_table
    for grant in grants:
        columns = f" ({', '.join(grant.columns)})" if grant.columns else ""
        yield f'GRANT {grant.privilege.upper()}{columns} ON "{table}" TO {role}'
    key = model._meta.pk
    if isinstance(key, models.AutoField) and Grant("insert") in grants:
        # A number that the database draws is asked back for, and that is a look at the key's column alone.
        yield f'GRANT SELECT ("{key.column}") ON "{table}" TO {role}'
        # A renamed table keeps its first sequence, so the server is asked for the name.
        sequence = f"""pg_get_serial_sequence('"{table}"', '{key.column}')"""
        yield f"DO $$ BEGIN EXECUTE format('GRANT USAGE ON SEQUENCE %s TO {role}', {sequence}); END $$"


def _read(line: str, where: str) -> Iterator[Grant]:
    if line == NOTHING:
        return
    rest = PRIVILEGE.sub("", line).replace(",", "").strip()
    if rest:
        raise GrantsBroken(f"{where}: {rest!r} is no privilege.")
    for privilege, columns in PRIVILEGE.findall(line):
        yield Grant(privilege, tuple(column.strip() for column in columns.split(",") if column.strip()))


@cache
def _listed() -> dict[Part, dict[str, str]]:
    said = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {part: said[part.value] for part in PARTS}
