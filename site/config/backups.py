"""Backups: the data in one archive, the keys in another, so that neither alone can be read.

Both are sealed to a key whose private half is not on the server. A lost key is lost testimony: the data archive cannot
be opened without the key archive.
"""

import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from nacl.public import PublicKey

from config import dumps, environment, sealed_files
from config.archives import archive, file_sha256, private_folder, unpack
from config.models import LastTime, remember
from feedback.keys import KeyProblem, private_key
from feedback.models import Period, SealedText
from feedback.release import NotReleased, unseal

DATA_FOLDERS = ("media",)
STAMP = "%Y%m%dT%H%M%SZ"


class BackupRefused(Exception):
    """The backup or restore was not started; the message says what to do."""


@dataclass(frozen=True)
class Backup:
    """The two archives of one backup, and what an operator must know about it."""

    data: Path
    keys: Path
    rows: dict[str, int]
    seconds: float
    since_last: timedelta | None  # how far back the one before it lies
    lost_keys: tuple[str, ...]  # one sentence for each
    removed: tuple[Path, ...]


@dataclass(frozen=True)
class Places:
    """Where an installation keeps what a restore brings back."""

    var: Path
    keys: Path
    secrets: Path

    @classmethod
    def in_settings(cls) -> "Places":
        """Those of this installation."""
        return cls(settings.VAR, Path(settings.HEARD_KEYS_DIR or settings.VAR / "keys"), environment.secrets_dir())

    @classmethod
    def under(cls, var: Path) -> "Places":
        """Those of an installation that keeps everything in one folder."""
        return cls(var, var / "keys", var / "secrets")


def back_up(*, data: Path, keys: Path, also: Sequence[Path] = (), unsealed: bool = False) -> Backup:
    """Write both archives, readable by their owner only, and delete those that are too old.

    `also` are folders saved with the keys, such as the secrets of a process apart.

    Raises:
        BackupRefused: if both would lie in one folder, or nothing says what to seal them with.
    """
    if data.resolve() == keys.resolve():
        raise BackupRefused("Keep data and keys apart: name two different folders.")
    if settings.HEARD_KEYS_DIR is None:
        raise BackupRefused("This process holds no keys to save. Run it with HEARD_PART=all or HEARD_PART=worker.")
    seal = None if unsealed else _seal()
    begun, stamp = time.monotonic(), timezone.now().astimezone(UTC).strftime(STAMP)
    ending = f"{stamp}.tar" + ("" if seal is None else sealed_files.SUFFIX)
    # Never in `data`, which may be another computer's disk: what is packed here is not sealed yet.
    with tempfile.TemporaryDirectory(dir=settings.VAR) as scratch:
        dump, rows = dumps.dump(Path(scratch))
        note = Path(scratch) / "manifest.json"
        note.write_text(json.dumps({"made": stamp, "rows": rows, "sha256": {dump.name: file_sha256(dump)}}, indent=1))
        members = {path.name: path for path in (dump, note, *(settings.VAR / name for name in DATA_FOLDERS))}
        data_archive = archive(private_folder(data) / f"heard-data-{ending}", members, seal)
    key_archive = archive(private_folder(keys) / f"heard-keys-{ending}", _key_folders(also), seal)
    before = LastTime.objects.filter(deed=LastTime.Deed.BACKUP).first()
    seconds = time.monotonic() - begun
    remember(LastTime.Deed.BACKUP, seconds=round(seconds, 1), bytes=data_archive.stat().st_size)
    return Backup(
        data_archive,
        key_archive,
        rows,
        seconds,
        timezone.now() - before.at if before else None,
        lost_keys(),
        remove_old(data, keys, days=settings.HEARD_BACKUP_DAYS),
    )


def _seal() -> PublicKey:
    if not settings.HEARD_BACKUP_KEY:
        raise BackupRefused(
            "HEARD_BACKUP_KEY is not set, so the backup could be read by whoever finds it. Make a key on another "
            "computer with `make backup-key FILE=...`, or pass --unsealed where nothing in it is real."
        )
    try:
        return sealed_files.public_key(settings.HEARD_BACKUP_KEY)
    except sealed_files.NotOpened as problem:
        raise BackupRefused(str(problem)) from problem


def _key_folders(also: Sequence[Path]) -> dict[str, Path]:
    missing = [str(folder) for folder in also if not folder.is_dir()]
    if missing:
        raise BackupRefused(f"There is no folder {', '.join(missing)} to save with the keys.")
    further = {f"also/{folder.resolve().as_posix().strip('/').replace('/', '-')}": folder for folder in also}
    return {"keys": Places.in_settings().keys, "secrets": environment.secrets_dir(), **further}


def lost_keys() -> tuple[str, ...]:
    """A sentence for each month whose private key is not here although nobody destroyed it on purpose."""
    found = []
    for period in Period.objects.filter(key_destroyed_on__isnull=True).order_by("pk"):
        try:
            private_key(period)
        except KeyProblem as problem:
            found.append(str(problem))
    return tuple(found)


def remove_old(data: Path, keys: Path, *, days: int) -> tuple[Path, ...]:
    """Delete archives older than so many days, save the newest that is whole: withdrawn words must not live on there.

    Returns:
        What was deleted.
    """
    try:
        kept = set(newest_pair(data, keys))
    except BackupRefused:
        return ()
    oldest = (timezone.now().astimezone(UTC) - timedelta(days=days)).strftime(STAMP)
    archives = [*data.glob("heard-data-*.tar*"), *keys.glob("heard-keys-*.tar*")]
    old = [path for path in sorted(archives) if _stamp(path) < oldest and path not in kept]
    for path in old:
        path.unlink()
    return tuple(old)


def newest_pair(data: Path, keys: Path) -> tuple[Path, Path]:
    """The newest data archive that has its key archive, and that one."""
    for archive_path in sorted(data.glob("heard-data-*.tar*"), reverse=True):
        partner = keys / archive_path.name.replace("heard-data-", "heard-keys-")
        if partner.exists():
            return archive_path, partner
    raise BackupRefused(f"No backup in {data} has its keys in {keys}. Name the folders: make restore DATA=... KEYS=...")


def age(made: str) -> timedelta:
    """How long ago a backup with this stamp was made."""
    return timezone.now() - datetime.strptime(made, STAMP).replace(tzinfo=UTC)


def _stamp(path: Path) -> str:
    return path.name.split("-", 2)[2].partition(".")[0]


def restore(*, data: Path, keys: Path, places: Places, key: Path | None = None) -> dict[str, Any]:
    """Unpack the newest pair of archives into empty `places`; returns the manifest of what was saved.

    `key` is the file of the private key they were sealed to. Nothing is put in place before both archives were found
    whole.

    Raises:
        BackupRefused: if there is no pair, the installation is there already, or an archive does not open.
        ArchiveRefused: if an archive holds what none of ours does.
    """
    if (places.var / dumps.SQLITE_NAME).exists() or places.keys.exists():
        raise BackupRefused(f"{places.var} already holds an installation. Move it away first; nothing was changed.")
    pair = newest_pair(data, keys)
    private_folder(places.var)
    with tempfile.TemporaryDirectory(dir=places.var) as scratch:
        held = [Path(scratch) / kind for kind in ("data", "keys")]
        for sealed, folder in zip(pair, held, strict=True):
            unpack(_opened(sealed, key, folder.with_suffix(".tar")), private_folder(folder))
        manifest = _sound(held[0], pair[0].name)
        try:
            dumps.load(held[0], places.var)
        except dumps.NotEmpty as refusal:
            raise BackupRefused(str(refusal)) from refusal
        _put(held, places)
    return manifest


def _opened(path: Path, key: Path | None, target: Path) -> Path:
    if path.suffix != sealed_files.SUFFIX:
        return path
    if key is None:
        raise BackupRefused(f"{path.name} is sealed. Name the file of your backup key: --key FILE")
    try:
        sealed_files.open_file(path, target, sealed_files.offline_key(key))
    except sealed_files.NotOpened as problem:
        raise BackupRefused(str(problem)) from problem
    return target


def _sound(folder: Path, name: str) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    for file, digest in manifest["sha256"].items():
        if file_sha256(folder / file) != digest:
            raise BackupRefused(f"{name} is damaged: {file} is not what was saved. Use an older one.")
    return manifest


def _put(held: list[Path], places: Places) -> None:
    data, keys = held
    moves = {data / name: places.var / name for name in DATA_FOLDERS}
    moves |= {keys / "keys": places.keys, keys / "also": places.var / "also"}
    for path in (keys / "secrets").glob("*"):
        moves[path] = private_folder(places.secrets) / path.name
    for source, target in moves.items():
        if source.exists():
            private_folder(target.parent)
            shutil.move(source, target)


def unreadable() -> list[str]:
    """A sentence for each month of this installation whose texts, tried on one of them, cannot be opened here."""
    found = list(lost_keys())
    for period in Period.objects.filter(key_destroyed_on__isnull=True).order_by("pk"):
        text = SealedText.objects.filter(period=period, envelope__isnull=False).first()
        try:
            if text is not None:
                unseal(text)
        except NotReleased as refusal:
            found.append(f"A text of {period.pk} does not open: {refusal}.")
    return found
