"""A database rule for copied values: what a row copies from another row is what that row says."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table

RULE = "FOREIGN KEY (%(here)s) REFERENCES %(other)s (%(there)s) DEFERRABLE INITIALLY DEFERRED"


class SameAs(models.BaseConstraint):
    """The `fields` of a row are the `to_fields` of one row of `to` (a label), which must be a key there.

    Django's foreign keys hold one column; this one holds several, so that a length or a span beside an id cannot be
    another's. SQLite takes it only inside CREATE TABLE, PostgreSQL once all tables are there.
    """

    def __init__(self, *, name: str, fields: tuple[str, ...], to: str, to_fields: tuple[str, ...]) -> None:
        """Keep the names."""
        super().__init__(name=name)
        self.fields, self.to, self.to_fields = tuple(fields), to, tuple(to_fields)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameAs) and other.deconstruct() == self.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)

    def deconstruct(self) -> Any:
        """As a migration writes it."""
        path, positional, named = super().deconstruct()
        return path, positional, {**named, "fields": self.fields, "to": self.to, "to_fields": self.to_fields}

    def constraint_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str | None:  # type: ignore[override]
        """The line inside CREATE TABLE, or nothing where it follows later."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
            return None
        return f"CONSTRAINT {schema_editor.quote_name(self.name)} {self._rule(model, schema_editor)}"

    def create_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:  # type: ignore[override]
        """The statement that adds it to a table. Raises NotImplementedError on SQLite, which cannot."""
        if schema_editor.connection.vendor != "postgresql":
            raise NotImplementedError("SQLite takes this rule only while it makes the table.")
        return self._statement("ALTER TABLE %(table)s ADD CONSTRAINT %(name)s %(rule)s", model, schema_editor)

    def remove_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:  # type: ignore[override]
        """The statement that takes it away."""
        return self._statement("ALTER TABLE %(table)s DROP CONSTRAINT %(name)s", model, schema_editor)

    def validate(self, model: type[models.Model], instance: models.Model, exclude: Any = None, using: str = "") -> None:
        """Nothing to check on a row before it is written: the database does, when the transaction ends."""

    def _rule(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> str:
        other, quote = apps.get_model(self.to), schema_editor.quote_name
        return RULE % {
            "here": _columns(model, self.fields, schema_editor),
            "other": quote(other._meta.db_table),
            "there": _columns(other, self.to_fields, schema_editor),
        }

    def _statement(
        self, template: str, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Statement:
        table = Table(model._meta.db_table, schema_editor.quote_name)
        rule = self._rule(model, schema_editor) if "%(rule)s" in template else ""
        return Statement(template, table=table, name=schema_editor.quote_name(self.name), rule=rule)


def _columns(model: type[models.Model], fields: tuple[str, ...], schema_editor: BaseDatabaseSchemaEditor) -> str:
    columns = [model._meta.get_field(name).get_attname_column()[1] for name in fields]  # type: ignore[union-attr]
    return ", ".join(schema_editor.quote_name(str(column)) for column in columns)
