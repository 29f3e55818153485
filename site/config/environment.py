"""The one place where the environment and the secret files of an installation are read."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]


class SettingMissing(Exception):
    """A setting the installation cannot run without is absent; the message says where to put it."""


def text(name: str, default: str = "") -> str:
    """The environment variable `HEARD_<name>`, or the default."""
    return os.environ.get(f"HEARD_{name}", default)


def names(name: str, default: str = "") -> list[str]:
    """The comma-separated environment variable `HEARD_<name>` as a list without empty parts."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def var_dir() -> Path:
    """The folder for everything an installation makes: database, keys, built assets."""
    return Path(text("VAR", str(ROOT / "var")))


def secret_file(name: str, *, create: bool) -> str:
    """The secret kept in `var/secrets/<name>`, made on first use (mode 0600) where `create` allows.

    Raises:
        SettingMissing: if the file is absent and may not be created.
    """
    path = var_dir() / "secrets" / name
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


def database(address: str, var: Path) -> dict[str, Any]:
    """Django's database settings for `postgres://user:password@host:port/name`, or SQLite in `var/` if empty.

    Raises:
        SettingMissing: if the address is of another kind.
    """
    if not address:
        return sqlite(var / "heard.sqlite3")
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingMissing("HEARD_DATABASE must start with postgres:// or be left out for SQLite.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


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
