"""Makes the virtual environment and installs the hash-pinned requirements. Needs only Python's standard library.

python3 -m tools.install run dev     # the named locks, in this order; installs nothing that is there already
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "requirements"
# Locks whose packages declare dependencies we leave out on purpose (torch).
WITHOUT_DEPENDENCIES = {"nodeps"}
QUIET = ["--quiet", "--disable-pip-version-check", "--no-input"]
NO_PIP = (
    "This Python cannot make a virtual environment with pip in it, and has no pip of its own to help.\n"
    "Install one package and run the same command again: on Debian and Ubuntu it is python3-venv."
)


class InstallFailed(Exception):
    """The environment could not be made; the message says what to do."""


def main(names: list[str]) -> int:
    """Install the locks with these names into the environment, making it first if need be."""
    if sys.version_info < (3, 11):
        print(f"Heard needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try `make PYTHON=python3.12 run`.")
        return 1
    folder = Path(os.environ.get("HEARD_VENV", ROOT / ".venv"))
    try:
        pip = make_environment(folder)
        for name in names:
            install(pip, folder, name)
    except (InstallFailed, subprocess.CalledProcessError) as problem:
        print(problem)
        return 1
    return 0


def python_of(folder: Path) -> Path:
    """The interpreter inside a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_environment(folder: Path) -> list[str]:
    """Make the environment unless it exists; returns the command that runs pip for it.

    Raises:
        InstallFailed: if neither the environment nor this Python has pip.
    """
    if not python_of(folder).exists():
        print(f"Making a virtual environment in {folder.name} ...", flush=True)
        has_ensurepip = importlib.util.find_spec("ensurepip") is not None
        venv.create(folder, with_pip=has_ensurepip, clear=True)
    inside = [str(python_of(folder)), "-m", "pip"]
    if works(inside):
        return inside
    # Debian's python3 without python3-venv has no ensurepip; its own pip can install into another environment.
    outside = [sys.executable, "-m", "pip", "--python", str(python_of(folder))]
    if works(outside):
        return outside
    raise InstallFailed(NO_PIP)


def works(command: list[str]) -> bool:
    """Whether this command answers `--version`."""
    return subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0


def install(pip: list[str], folder: Path, name: str) -> None:
    """Install one lock, checking every hash, unless this very lock was installed before."""
    lock = LOCKS / f"{name}.lock"
    stamp = folder / "installed" / name
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    print(f"Installing requirements/{name}.lock (hashes checked) ...", flush=True)
    options = ["--require-hashes", *(["--no-deps"] if name in WITHOUT_DEPENDENCIES else []), "-r", str(lock)]
    if not install_fast(pip, folder, options):
        subprocess.run([*pip, "install", *QUIET, *options], check=True)
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(digest)


def install_fast(pip: list[str], folder: Path, options: list[str]) -> bool:
    """Install with uv, from the same package index as pip; False where uv cannot, and nothing is said."""
    python = str(python_of(folder))
    uv = [python, "-m", "uv"]
    if not works(uv):
        fetch = [*pip, "install", *QUIET, "--require-hashes", "-r", str(LOCKS / "installer.lock")]
        if subprocess.run(fetch, capture_output=True, check=False).returncode != 0:
            return False
    asked = subprocess.run([*pip, "config", "get", "global.index-url"], capture_output=True, text=True, check=False)
    index = ["--default-index", asked.stdout.strip()] if asked.returncode == 0 else []
    command = [*uv, "pip", "install", "--quiet", "--python", python, *index, *options]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
