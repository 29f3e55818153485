"""What one process of an installation in parts tries and should not be able to do, run as that process would be.

python -m tools.trial.attempts public|staff|worker FOLDER     (with that part's environment, in that part's account)
"""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import django

Attempt = tuple[str, bool]  # what was tried, and whether it went as it should


def main() -> int:
    """Try everything, print what surprised, and the counts; 1 after a surprise."""
    django.setup()
    part, folder = sys.argv[1], Path(sys.argv[2])
    tried = [*_tables(), *(_more(folder) if part != "worker" else _opens_what_was_sent())]
    surprises = [what for what, is_right in tried if not is_right]
    for what in surprises:
        print(f"  SURPRISE {part}: {what}")
    print(f"  {part}: {len(tried)} attempts, {len(surprises)} surprises")
    return 1 if surprises else 0


def _tables() -> Iterator[Attempt]:
    """Look at every column of every table, change every table and empty it: as the table of grants says."""
    from django.conf import settings  # noqa: PLC0415 - needs Django

    from config import grants  # noqa: PLC0415

    part = settings.HEARD_PART
    for label, model in grants.tables().items():
        table, given = model._meta.db_table, grants.grants_of(part, label)
        may_look = {column for grant in given if grant.privilege == "select" for column in grant.columns or ("*",)}
        key = model._meta.pk
        if key.column and key.get_internal_type().endswith("AutoField") and grants.Grant("insert") in given:
            may_look.add(key.column)
        for field in model._meta.local_concrete_fields:
            is_granted = bool({"*", field.column} & may_look)
            looked = _runs(f'SELECT "{field.column}" FROM "{table}"')  # noqa: S608 - our own tables
            yield f"SELECT {label}.{field.column}", looked == is_granted
        may_delete = grants.Grant("delete") in given
        yield f"DELETE {label}", _runs(f'DELETE FROM "{table}" WHERE false') == may_delete  # noqa: S608 - our own
        yield f"TRUNCATE {label}", not _runs(f'TRUNCATE "{table}"')


def _more(folder: Path) -> Iterator[Attempt]:
    """Ways round the grants: another role, the server's files, a table of one's own, keys, secrets, a socket."""
    for statement in (
        "SET ROLE heard_worker",
        "SET ROLE heard_owner",
        "SELECT rolpassword FROM pg_authid",
        "SELECT pg_read_file('postgresql.conf')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "CREATE TABLE public.mine (words text)",
        "ALTER TABLE feedback_envelope DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE feedback_envelope OWNER TO CURRENT_USER",
        "SELECT wrapped_key FROM feedback_envelope FOR UPDATE",
        "CREATE FUNCTION look() RETURNS bytea LANGUAGE sql SECURITY DEFINER AS 'SELECT 1::text::bytea'",
    ):
        yield statement, not _runs(statement)
    yield "the private key, by the code", _has_no_key()
    if os.geteuid() != 0 and _stands_apart(folder):
        yield "the private keys, by the file system", _fails(lambda: list((folder / "worker" / "keys").iterdir()))
        yield "the worker's secrets", _fails(lambda: list((folder / "worker" / "secrets").iterdir()))
        other = "opener" if os.environ["HEARD_PART"] == "public" else "desk"
        yield f"the socket of the {other}", _fails(lambda: _connect(folder / "run" / other / f"{other}.sock"))


def _opens_what_was_sent() -> Iterator[Attempt]:
    """The control: whoever may read does read, so that what the others were refused is really there."""
    from feedback.models import SealedText  # noqa: PLC0415
    from feedback.release import unseal  # noqa: PLC0415

    texts = list(SealedText.objects.select_related("period"))
    yield "there is something to read", bool(texts)
    for text in texts:
        yield f"open {text.pk}", bool(unseal(text))


def _runs(statement: str) -> bool:
    from django.db import DatabaseError, connection, transaction  # noqa: PLC0415

    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as problem:
        if "permission denied" in str(problem) or "must be " in str(problem):
            return False
        return "does not exist" not in str(problem) and _unforeseen(statement, problem)
    return True


def _unforeseen(statement: str, problem: Exception) -> bool:
    print(f"  {statement}: {type(problem).__name__} {problem}")
    return True


def _has_no_key() -> bool:
    from feedback import keys  # noqa: PLC0415
    from feedback.models import Period  # noqa: PLC0415

    try:
        keys.private_key(Period.objects.first() or Period(pk="2026-01"))
    except keys.NoKeysHere:
        return True
    return False


def _stands_apart(folder: Path) -> bool:
    return (folder / "worker").stat().st_uid != os.geteuid()


def _connect(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(path))


def _fails(act: Callable[[], object]) -> bool:
    try:
        act()
    except PermissionError:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
