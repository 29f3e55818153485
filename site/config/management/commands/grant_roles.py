"""Gives each process's PostgreSQL role exactly what the table of grants says, and nothing it had besides."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from config import grants
from config.environment import role_of


class Command(BaseCommand):
    """`manage.py grant_roles`: run it as the owner of the tables, after every `migrate`."""

    help = "Give the roles heard_public, heard_staff and heard_worker what config/data/grants.yaml says (PostgreSQL)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Grant everything in one transaction."""
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles. Set HEARD_DATABASE=postgres://...")
        with transaction.atomic(), connection.cursor() as cursor:
            self._check_roles(cursor)
            for statement in grants.statements():
                cursor.execute(statement)
        self.stdout.write(f"Granted to {len(grants.PARTS)} roles on {len(grants.tables())} tables.")

    def _check_roles(self, cursor: Any) -> None:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'heard\\_%%'")
        there = {name for (name,) in cursor.fetchall()}
        missing = [role_of(part) for part in grants.PARTS if role_of(part) not in there]
        if missing:
            made = "; ".join(f"CREATE ROLE {role} LOGIN PASSWORD '...'" for role in missing)
            raise CommandError(f"Make these roles first: {made}")
