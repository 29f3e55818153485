"""Tar files of plain files and folders, sealed or not, readable by their owner only."""

import hashlib
import os
import shutil
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from nacl.public import PublicKey

from config.sealed_files import Sealing


class ArchiveRefused(Exception):
    """An archive holds what none of ours does; the message names it."""


def archive(path: Path, members: Mapping[str, Path], key: PublicKey | None = None) -> Path:
    """Pack files and folders under these names into a new tar file with mode 0600, sealed if there is a key.

    What does not exist is left out. A file that could not be finished is removed again.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            if key is None:
                _pack(handle, members)
            else:
                with Sealing(handle, key) as sealing:
                    _pack(sealing, members)
            handle.flush()
            os.fsync(handle.fileno())
    except BaseException:
        path.unlink()
        raise
    return path


def _pack(handle: BinaryIO | Sealing, members: Mapping[str, Path]) -> None:
    with tarfile.open(fileobj=handle, mode="w|") as tar:  # type: ignore[call-overload]  # a stream only needs `write`
        for name, member in members.items():
            if member.exists():
                tar.add(member, arcname=name)


def unpack(path: Path, folder: Path) -> None:
    """Unpack a tar file of plain files and folders; they are readable by their owner only.

    Raises:
        ArchiveRefused: if a member is of another kind or would land elsewhere; nothing is unpacked.
    """
    # Not tarfile's own filters: Python 3.11 has them only from its fourth patch on.
    with tarfile.open(path) as tar:
        members = [(member, (folder / member.name).resolve()) for member in tar.getmembers()]
        for member, target in members:
            if not (member.isfile() or member.isdir()) or not target.is_relative_to(folder.resolve()):
                raise ArchiveRefused(
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
