"""The one place where the environment and the secret files of an installation are read."""

import os
import secrets
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]


class SettingMissing(Exception):
    """A setting the installation cannot run without is absent; the message says where to put it."""


class Part(StrEnum):
    """Which of Heard's processes this one is; `ALL` is one machine, where one process does what three would."""

    ALL = "all"
    PUBLIC = "public"
    STAFF = "staff"
    WORKER = "worker"


def secrets_of(one: Part) -> tuple[str, ...]:
    """The secrets a part cannot start without.

    Return words are proved where they are typed, and staff's second factors where staff sign in: nobody else needs
    the pepper or the key to those.
    """
    needed = {Part.ALL: ("pepper", "second-factor-key"), Part.PUBLIC: ("pepper",), Part.STAFF: ("second-factor-key",)}
    return ("django-secret-key", *needed.get(one, ()))


def part() -> Part:
    """What `HEARD_PART` says this process is; everything, if it says nothing.

    Raises:
        SettingMissing: if it names no part.
    """
    try:
        return Part(text("PART", Part.ALL))
    except ValueError:
        raise SettingMissing(f"HEARD_PART must be one of {', '.join(Part)}, or be left out.") from None


def text(name: str, default: str = "") -> str:
    """The environment variable `HEARD_<name>`, or the default."""
    return os.environ.get(f"HEARD_{name}", default)


def names(name: str, default: str = "") -> list[str]:
    """The comma-separated environment variable `HEARD_<name>` as a list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def seconds(name: str, default: int, *, least: int, most: int) -> int:
    """The environment variable `HEARD_<name>` as a time in seconds, or the default.

    Raises:
        SettingMissing: if it is no whole number of seconds from `least` to `most`.
    """
    given = text(name, str(default))
    if not given.isascii() or not given.isdigit() or not least <= int(given) <= most:
        raise SettingMissing(f"HEARD_{name} must be a whole number of seconds from {least} to {most}, or be left out.")
    return int(given)


def var_dir() -> Path:
    """The folder for everything an installation makes: database, keys, built assets."""
    return Path(text("VAR", str(ROOT / "var")))


def file(name: str, default: Path) -> Path:
    """The file or folder that `HEARD_<name>` names, or the default."""
    return Path(text(name, str(default)))


def secrets_dir() -> Path:
    """The folder of this process's secrets: `HEARD_SECRETS`, or `secrets` in `var/`."""
    return file("SECRETS", var_dir() / "secrets")


def secret_file(name: str, *, create: bool) -> str:
    """The secret kept in a file of this name in `secrets_dir`, made on first use (mode 0600) where `create` allows.

    Raises:
        SettingMissing: if the file is absent and may not be created.
    """
    path = secrets_dir() / name
    if not path.exists():
        if not create:
            raise SettingMissing(f"No secret at {path}. Make it with: python -m tools.make_secrets")
        write_private(path, secrets.token_urlsafe(48).encode())
    return path.read_text().strip()


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, or leave the one that is already there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)


def role_of(one: Part) -> str:
    """The PostgreSQL role that a part signs in as where its address names nobody."""
    return "" if one is Part.ALL else f"heard_{one}"


def database(address: str, var: Path, one: Part = Part.ALL) -> dict[str, Any]:
    """Django's database settings for `postgres://user:password@host:port/name`, or SQLite in `var/` if empty.

    An address without a user means the part's own role; one without a password, the secret `database-password` if
    there is one.

    Raises:
        SettingMissing: if the address is of another kind, or a part that stands alone has none.
    """
    if not address:
        if one is not Part.ALL:
            raise SettingMissing(f"HEARD_PART={one} needs HEARD_DATABASE=postgres://..: SQLite has no roles to divide.")
        return sqlite(var / "heard.sqlite3")
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingMissing("HEARD_DATABASE must start with postgres:// or be left out for SQLite.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or role_of(one)),
        "PASSWORD": unquote(parts.password or "") or optional_secret("database-password"),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def optional_secret(name: str) -> str:
    """The secret kept in a file of this name in `secrets_dir`, or "" where there is none."""
    path = secrets_dir() / name
    return path.read_text().strip() if path.exists() else ""


def sqlite(path: Path) -> dict[str, Any]:
    """Django's settings for a SQLite file that waits for other writers and overwrites what it deletes."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        },
    }


def tasks(redis: str) -> dict[str, Any]:
    """Django's settings for background tasks: in the database, or on the Redis server at this address."""
    if redis:
        return {"default": {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": ["default"]}}
    return {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": True}}


def redis_queues(redis: str) -> dict[str, Any]:
    """The one queue on that server, if there is one. Its jobs are JSON; a long sweep is not cut off before a day."""
    queue = {"URL": redis, "SERIALIZER": "rq.serializers.JSONSerializer", "DEFAULT_TIMEOUT": 24 * 60 * 60}
    return {"default": queue} if redis else {}
