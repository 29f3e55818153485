"""An installation in a temporary folder: its environment, its site and its workers, each known by process id."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tools import run

ROOT = run.ROOT


def environment(folder: Path, database: str = "", **more: str) -> dict[str, str]:
    """What a process of this installation is started with."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")}
    own = {
        "HEARD_VAR": str(folder),
        "HEARD_DATABASE": database,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
    }
    return {**clean, **own, **more}


def set_up(given: Mapping[str, str]) -> None:
    """Make tables, keys and the short survey."""
    subprocess.run([sys.executable, "-m", "tools.trial.set_up"], cwd=ROOT, env=given, check=True)


def start_site(given: Mapping[str, str], port: int, **options: int) -> subprocess.Popen[bytes]:
    """Gunicorn as `make run` starts it."""
    bound = [sys.executable, "-m", "gunicorn", "--bind", f"{run.HOST}:{port}", *run.GUNICORN, "config.wsgi"]
    return subprocess.Popen(bound, cwd=ROOT, env=given, **options)  # type: ignore[call-overload]


def start_worker(given: Mapping[str, str], *arguments: str, **options: int) -> subprocess.Popen[bytes]:
    """The worker as `make run` starts it."""
    command = [sys.executable, "manage.py", "worker", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=given, **options)  # type: ignore[call-overload]


def children(pid: int) -> list[int]:
    """The ids of the processes this process has started and not outlived."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []
