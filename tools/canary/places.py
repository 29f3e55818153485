"""The twelve places that are searched, and how a leak into each of them would look."""

import logging
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry, Revision

from config.backups import back_up
from feedback.retention import forget_deleted

Pieces = Iterable[bytes]
LEAK = "leak"
TASKS = ("django_tasks_database_",)
SESSIONS = ("django_session",)
REVISIONS = ("wagtailcore_revision", "wagtailsearch_", "wagtailadmin_formstate", "analysis_search")
LOGS = ("wagtailcore_modellogentry", "wagtailcore_pagelogentry", "accounts_accountevent", "django_admin_log")


@dataclass(frozen=True)
class Place:
    """Somewhere words could have been kept: what to read there, and how to leak pieces into it, of text only or any."""

    name: str
    read: Callable[[], Pieces]
    leak: Callable[[Sequence[bytes]], None]
    is_text: bool = False


@dataclass(frozen=True)
class Run:
    """What belongs to one run beside the installation: its folder, the pages that failed, and an early look."""

    folder: Path
    failures: list[bytes] = field(default_factory=list, repr=False)
    early: list[bytes] = field(default_factory=list, repr=False)

    @property
    def output(self) -> Path:
        """The file that both outputs go to."""
        return self.folder / "output"

    @property
    def temporary(self) -> Path:
        """The folder that temporary files go to."""
        return self.folder / "temporary"

    def look_early(self) -> None:
        """Keep the write-ahead log as it is now, to be searched with what it is later."""
        self.early.extend(_files(_beside(_database())))

    def places(self) -> list[Place]:
        """All twelve, the backup last, because it is made when it is read."""
        database = _database()
        return [
            Place("database file", lambda: _files([database]), _into_the_database),
            Place("its write-ahead log", lambda: [*self.early, *_files(_beside(database))], _into_the_log_of_writes),
            Place("sessions", lambda: _tables(SESSIONS), _into_sessions, is_text=True),
            Place("tasks and their results", lambda: _tables(TASKS), _into_tasks, is_text=True),
            Place("log lines and both outputs", lambda: _files([self.output]), self._into_output, is_text=True),
            Place("error reports", self._reports, self._into_reports, is_text=True),
            Place("caches", _caches, _into_caches),
            Place("temporary files", lambda: _files(_under(self.temporary)), self._into_temporary),
            Place("revisions and search index", lambda: _tables(REVISIONS), _into_revisions, is_text=True),
            Place("admin's log", lambda: _tables(LOGS), _into_admin_log, is_text=True),
            Place("everything else in var", lambda: _files(_var_without(database)), _into_var),
            Place("a backup made after", self._backup, _into_the_database),
        ]

    def _into_output(self, pieces: Sequence[bytes]) -> None:
        for piece in pieces:
            logging.getLogger("heard.canary").error("leaked %s", piece.decode())
        sys.stdout.flush()
        sys.stderr.flush()

    def _reports(self) -> Iterator[bytes]:
        yield from self.failures
        for message in getattr(mail, "outbox", []):
            yield message.message().as_bytes()
            yield from (str(part).encode() for part in (message.subject, message.body))
            yield from (str(content).encode() for content, _ in getattr(message, "alternatives", []))

    def _into_reports(self, pieces: Sequence[bytes]) -> None:
        for piece in pieces:
            mail.mail_admins("A fictional failure", piece.decode())

    def _into_temporary(self, pieces: Sequence[bytes]) -> None:
        with tempfile.NamedTemporaryFile(delete=False) as handle:
            handle.writelines(pieces)

    def _backup(self) -> Iterator[bytes]:
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            made = back_up(data=Path(folder) / "data", keys=Path(folder) / "keys", unsealed=True)
            yield from _files([made.data, made.keys])


def _database() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _files(paths: Iterable[Path]) -> Iterator[bytes]:
    """The bytes of each file, and their names, which may tell as well."""
    for path in paths:
        yield path.name.encode()
        yield path.read_bytes()


def _under(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def _beside(database: Path) -> list[Path]:
    return [path for path in sorted(database.parent.glob(f"{database.name}-*")) if path.is_file()]


def _var_without(database: Path) -> list[Path]:
    apart = {database, *_beside(database)}
    return [path for path in _under(Path(settings.VAR)) if path not in apart]


def _tables(beginnings: tuple[str, ...]) -> Iterator[bytes]:
    """Every cell of the tables whose names begin so."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name.startswith(beginnings)]
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 - the database's own names
            for row in cursor:
                yield b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in row)


def _caches() -> Iterator[bytes]:
    """What the caches of this process hold, as they hold it."""
    for alias in caches:
        for key, value in getattr(caches[alias], "_cache", {}).items():
            yield str(key).encode()
            yield value if isinstance(value, bytes) else repr(value).encode()


def _into_the_database(pieces: Sequence[bytes]) -> None:
    _into_the_log_of_writes(pieces)
    forget_deleted()


def _into_the_log_of_writes(pieces: Sequence[bytes]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {LEAK} (kept BLOB)")
        cursor.executemany(f"INSERT INTO {LEAK} VALUES (%s)", [[piece] for piece in pieces])  # noqa: S608 - our own name


def _into_sessions(pieces: Sequence[bytes]) -> None:
    Session.objects.bulk_create(
        Session(session_key=f"{LEAK}-{number}", session_data=piece.decode(), expire_date=timezone.now())
        for number, piece in enumerate(pieces)
    )


def _into_tasks(pieces: Sequence[bytes]) -> None:
    DBTaskResult.objects.bulk_create(
        DBTaskResult(
            args_kwargs={"args": [], "kwargs": {}},
            task_path=LEAK,
            queue_name=LEAK,
            backend_name="default",
            run_after=timezone.now(),
            exception_class_path="",
            traceback=piece.decode(),
        )
        for piece in pieces
    )


def _into_caches(pieces: Sequence[bytes]) -> None:
    # The cache of a process forgets the oldest beyond a few hundred entries, so the leak is one entry.
    caches["default"].set(LEAK, b"\n".join(pieces))


def _into_revisions(pieces: Sequence[bytes]) -> None:
    kind = ContentType.objects.get_for_model(Session)
    Revision.objects.bulk_create(
        Revision(
            content_type=kind,
            base_content_type=kind,
            object_id=f"{LEAK}-{number}",
            object_str=piece.decode(),
            content={},
            created_at=timezone.now(),
        )
        for number, piece in enumerate(pieces)
    )


def _into_admin_log(pieces: Sequence[bytes]) -> None:
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(label=piece.decode(), action=LEAK, timestamp=timezone.now(), object_id=LEAK) for piece in pieces
    )


def _into_var(pieces: Sequence[bytes]) -> None:
    folder = Path(settings.VAR) / "media"
    folder.mkdir(exist_ok=True)
    (folder / LEAK).write_bytes(b"\n".join(pieces))
