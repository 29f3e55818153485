"""A database rule for tables whose rows are written once: the database itself refuses to change one."""

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table

SQLITE = """CREATE TRIGGER %(name)s BEFORE UPDATE ON %(table)s
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END"""
POSTGRESQL = """CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER %(name)s BEFORE UPDATE ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(name)s()"""


class NeverUpdated(models.BaseConstraint):
    """No row of this table can be updated, by whatever means. Deleting is left to the foreign keys.

    A constraint rather than a migration step, so that every way of making the tables makes the rule too.
    """

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NeverUpdated) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)

    def constraint_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> None:  # type: ignore[override]
        """Nothing inside CREATE TABLE: the trigger follows once the table is there."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:  # type: ignore[override]
        """The statement that makes the trigger."""
        template = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
        return self._statement(template, model, schema_editor)

    def remove_sql(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> Statement:  # type: ignore[override]
        """The statement that takes the trigger away."""
        on_table = " ON %(table)s" if schema_editor.connection.vendor == "postgresql" else ""
        return self._statement(f"DROP TRIGGER IF EXISTS %(name)s{on_table}", model, schema_editor)

    def validate(self, model: type[models.Model], instance: models.Model, exclude: Any = None, using: str = "") -> None:
        """Nothing to check on a row before it is written: only changing one is refused."""

    def _statement(
        self, template: str, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> Statement:
        name = schema_editor.quote_name(self.name)
        return Statement(template, name=name, table=Table(model._meta.db_table, schema_editor.quote_name))
