"""What the lock files hold: names, versions and hashes, read without a package index."""

import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "requirements"
HASH = re.compile(r"--hash=(\S+)")
SHA256 = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True)
class Pin:
    """One line of a lock: exactly this version, and only a file with one of these hashes (`sha256:...`)."""

    name: str
    version: str
    hashes: tuple[str, ...]
    marker: Marker | None = None

    @property
    def is_for_here(self) -> bool:
        """Whether this machine and this Python install it."""
        return self.marker is None or self.marker.evaluate()


class NotALock(Exception):
    """A lock has lines that would install something else another day; the message names each."""


def read(path: Path) -> list[Pin]:
    """Every pin of a lock.

    Raises:
        NotALock: if a line is not pinned to one version, has no hash, or names an address.
    """
    lines = [line.strip() for line in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()]
    wrong = {line.split(" --hash")[0]: why for line in lines if line and (why := fault(line))}
    if wrong:
        raise NotALock("\n".join(f"{path.name}: {line}: {why}" for line, why in wrong.items()))
    return [pin(line) for line in lines if line]


def fault(line: str) -> str:
    """Why a line would not install the same thing every day; "" if it would."""
    if "://" in line or line.startswith("-"):
        return "an address or an option"
    try:
        asked = Requirement(line.split(" --hash")[0])
    except InvalidRequirement:
        return "not a requirement"
    if [one.operator for one in asked.specifier] != ["=="] or "*" in str(asked.specifier):
        return "not pinned to one version"
    hashes = HASH.findall(line)
    return "" if hashes and all(SHA256.fullmatch(one) for one in hashes) else "without a SHA-256"


def pin(line: str) -> Pin:
    """What a line without fault says."""
    asked = Requirement(line.split(" --hash")[0])
    (version,) = (one.version for one in asked.specifier)
    return Pin(canonicalize_name(asked.name), version, tuple(HASH.findall(line)), asked.marker)


def asked_for(path: Path) -> list[Requirement]:
    """What a source (`*.in`) names itself."""
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def needs(name: str, extras: Collection[str] = ()) -> list[Requirement]:
    """What an installed package says it needs on this machine, with these of its extras; nothing if it is absent."""
    try:
        needed = [Requirement(line) for line in metadata.requires(name) or []]
    except metadata.PackageNotFoundError:
        return []
    wanted = [{"extra": extra} for extra in {"", *extras}]
    return [one for one in needed if one.marker is None or any(one.marker.evaluate(extra) for extra in wanted)]


def reachable(asked: Iterable[Requirement]) -> dict[str, set[str]]:
    """The names of these packages and of all they need, by way of what is installed, with the extras asked for."""
    found: dict[str, set[str]] = {}
    waiting = list(asked)
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if name not in found or one.extras - found[name]:
            found.setdefault(name, set()).update(one.extras)
            waiting += needs(name, found[name])
    return found


def node_packages(path: Path = ROOT / "package-lock.json") -> dict[str, dict[str, str]]:
    """Each npm package by name, as the lock of npm describes it: version, integrity, licence."""
    packages = json.loads(path.read_text(encoding="utf-8"))["packages"]
    return {name.rpartition("node_modules/")[2]: about for name, about in packages.items() if name}
