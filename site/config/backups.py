"""Backups: the data in one archive, the keys in another, so that neither alone can be read.

A lost key is lost testimony: the data archive cannot be opened without the key archive.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone

KEY_FOLDERS = ("keys", "secrets")
DATA_FOLDERS = ("media",)
SQLITE_NAME = "heard.sqlite3"
POSTGRES_NAME = "heard.dump"


class BackupRefused(Exception):
    """The backup or restore was not started; the message says what to do."""


@dataclass(frozen=True)
class Backup:
    """The two archives of one backup, and how many rows each table held."""

    data: Path
    keys: Path
    rows: dict[str, int]


def back_up(*, data: Path, keys: Path) -> Backup:
    """Write both archives, readable by their owner only.

    Raises:
        BackupRefused: if both would lie in one folder.
    """
    if data.resolve() == keys.resolve():
        raise BackupRefused("Keep data and keys apart: name two different folders.")
    stamp = timezone.now().strftime("%Y%m%dT%H%M%SZ")
    rows = row_counts()
    with tempfile.TemporaryDirectory(dir=private_folder(data)) as scratch:
        dump = dump_database(Path(scratch))
        manifest = {"made": stamp, "rows": rows, "sha256": {dump.name: file_sha256(dump)}}
        note = Path(scratch) / "manifest.json"
        note.write_text(json.dumps(manifest, indent=1))
        folders = [settings.VAR / name for name in DATA_FOLDERS]
        data_archive = archive(data / f"heard-data-{stamp}.tar", [dump, note, *folders])
    key_folders = [settings.VAR / name for name in KEY_FOLDERS]
    key_archive = archive(private_folder(keys) / f"heard-keys-{stamp}.tar", key_folders)
    return Backup(data_archive, key_archive, rows)


def restore(*, data: Path, keys: Path, var: Path) -> dict[str, Any]:
    """Unpack the newest pair of archives into an empty `var`; returns the manifest of what was saved.

    Raises:
        BackupRefused: if there is no pair, `var` already holds an installation, or the archive is damaged.
    """
    if (var / SQLITE_NAME).exists() or (var / "keys").exists():
        raise BackupRefused(f"{var} already holds an installation. Move it away first; nothing was changed.")
    data_archive, key_archive = newest_pair(data, keys)
    var.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=var) as scratch:
        unpack(data_archive, Path(scratch))
        manifest: dict[str, Any] = json.loads((Path(scratch) / "manifest.json").read_text())
        for name, digest in manifest["sha256"].items():
            if file_sha256(Path(scratch) / name) != digest:
                raise BackupRefused(f"{data_archive.name} is damaged: {name} is not what was saved. Use an older one.")
        load_database(Path(scratch), var)
        for name in DATA_FOLDERS:
            if (Path(scratch) / name).exists():
                (Path(scratch) / name).rename(var / name)
    unpack(key_archive, var)
    return manifest


def newest_pair(data: Path, keys: Path) -> tuple[Path, Path]:
    """The newest data archive that has its key archive, and that one."""
    for archive_path in sorted(data.glob("heard-data-*.tar"), reverse=True):
        partner = keys / archive_path.name.replace("heard-data-", "heard-keys-")
        if partner.exists():
            return archive_path, partner
    raise BackupRefused(f"No backup in {data} has its keys in {keys}. Name the folders: make restore DATA=... KEYS=...")


def row_counts() -> dict[str, int]:
    """How many rows each of Heard's own tables holds."""
    own = {"accounts", "feedback", "surveys", "analysis", "pages"}
    return {m._meta.label: m._default_manager.count() for m in apps.get_models() if m._meta.app_label in own}


def dump_database(folder: Path) -> Path:
    """A consistent copy of the database, taken while the site runs."""
    if connection.vendor == "sqlite":
        target = folder / SQLITE_NAME
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
        copy.close()
        return target
    target = folder / POSTGRES_NAME
    options = ["--format=custom", "--no-owner", f"--file={target}"]
    subprocess.run(["pg_dump", *options, *postgres_options()], check=True, env=postgres_environment())  # noqa: S603, S607
    return target


def load_database(folder: Path, var: Path) -> None:
    """Put the saved database where the settings expect it."""
    if (folder / SQLITE_NAME).exists():
        (folder / SQLITE_NAME).replace(var / SQLITE_NAME)
        return
    if connection.introspection.table_names():
        raise BackupRefused("The PostgreSQL database is not empty. Create an empty one and name it in HEARD_DATABASE.")
    connection.close()
    options = ["--no-owner", "--exit-on-error", *postgres_options(), str(folder / POSTGRES_NAME)]
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


def archive(path: Path, members: list[Path]) -> Path:
    """Pack files and folders into a new tar file with mode 0600."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle, tarfile.open(fileobj=handle, mode="w") as tar:
        for member in members:
            if member.exists():
                tar.add(member, arcname=member.name)
    return path


def unpack(path: Path, folder: Path) -> None:
    """Unpack a tar file of plain files and folders; they are readable by their owner only.

    Raises:
        BackupRefused: if a member is of another kind or would land elsewhere; nothing is unpacked.
    """
    # Not tarfile's own filters: Python 3.11 has them only from its fourth patch on.
    with tarfile.open(path) as tar:
        members = [(member, (folder / member.name).resolve()) for member in tar.getmembers()]
        for member, target in members:
            if not (member.isfile() or member.isdir()) or not target.is_relative_to(folder.resolve()):
                raise BackupRefused(
                    f"{path.name} holds {member.name}, which no backup of ours does. Use another backup."
                )
        for member, target in members:
            (target if member.isdir() else target.parent).mkdir(parents=True, exist_ok=True)
            content = tar.extractfile(member)
            if content is not None:
                with content, target.open("wb") as handle:
                    shutil.copyfileobj(content, handle)
    for file in folder.rglob("*"):
        file.chmod(0o700 if file.is_dir() else 0o600)


def private_folder(path: Path) -> Path:
    """The folder, made with mode 0700 if it is new."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def file_sha256(path: Path) -> str:
    """The file's hash."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
