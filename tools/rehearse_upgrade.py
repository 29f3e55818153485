"""Rehearses an upgrade and the way back, on a backup, apart from the installation: nothing of it is touched.

Run from the new code, beside the old. The old code restores the newest backup into a temporary folder; the new code
brings that up to date; then the old code restores the same backup once more, which is the way back. After each step it
is asked whether everything fits: no migration is missing, no table has fewer rows than before, the process answers.
Every step's seconds are printed. Exit status 1 if anything does not fit.

python -m tools.rehearse_upgrade --old /opt/heard --data FOLDER --keys FOLDER [--key FILE]
    [--database postgres://.. --back postgres://..]   two empty databases, for a backup of PostgreSQL
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COUNT = """
import json
from django.db import connection
with connection.cursor() as cursor:
    rows = {}
    for name in connection.introspection.table_names(cursor):
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
        rows[name] = cursor.fetchone()[0]
print(json.dumps(rows))
"""
ANSWER = """
from django.test import Client
print(Client().get("/alive", secure=True, HTTP_HOST="localhost").status_code)
"""
# `prepare` clears sessions that have ended.
MAY_SHRINK = {"django_session"}


class Failed(Exception):
    """A step did not end well; the message says which, and what it had to say."""


@dataclass(frozen=True)
class Trial:
    """One code on one temporary installation."""

    code: Path
    var: Path
    database: str = ""

    def run(self, *arguments: str) -> str:
        """What a command of this code prints.

        Raises:
            Failed: if it does not end well.
        """
        own = self.code / ".venv" / "bin" / "python"
        python = str(own if own.exists() else sys.executable)
        known = {name: value for name, value in os.environ.items() if not name.startswith(("HEARD_", "PYTHONPATH"))}
        given = {
            "HEARD_VAR": str(self.var),
            "HEARD_DATABASE": self.database,
            "HEARD_HOSTS": "localhost",
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
        }
        done = subprocess.run(
            [python, *arguments], cwd=self.code, env={**known, **given}, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise Failed(f"{' '.join(arguments[:2])} with {self.code} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def restore(self, pair: list[str]) -> None:
        """Bring the newest backup back."""
        self.run("-m", "tools.make_secrets")
        self.run("manage.py", "restore", *pair)

    def fits(self) -> dict[str, int]:
        """How many rows each table holds, after seeing that no migration waits and the process answers."""
        self.run("manage.py", "migrate", "--check")
        if (status := self.last_line(ANSWER)) != "200":
            raise Failed(f"/alive with {self.code} answers {status}")
        return dict(json.loads(self.last_line(COUNT)))

    def last_line(self, lines: str) -> str:
        """The last line that these lines of Python print inside the installation."""
        return self.run("manage.py", "shell", "-v0", "-c", lines).strip().splitlines()[-1]


def main(argv: Sequence[str] | None = None) -> int:
    """Rehearse, print each step with its seconds; 1 if anything does not fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("old", "data", "keys"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--key", type=Path)
    for name in ("database", "back"):
        parser.add_argument(f"--{name}", default="")
    given = parser.parse_args(argv)
    pair = [f"--data={given.data.resolve()}", f"--keys={given.keys.resolve()}"]
    pair += [f"--key={given.key.resolve()}"] if given.key else []
    old = given.old.resolve()
    with tempfile.TemporaryDirectory(prefix="heard-upgrade-") as folder:
        there, back = Path(folder) / "there", Path(folder) / "back"
        try:
            rehearse(Trial(old, there, given.database), Trial(old, back, given.back), pair)
        except Failed as failure:
            print(failure)
            return 1
    print("The upgrade and the way back were rehearsed. What they unpacked is removed" + dropped(given.database))
    return 0


def dropped(database: str) -> str:
    """The end of the last sentence."""
    return "; drop both databases." if database else "."


def rehearse(before: Trial, back: Trial, pair: list[str]) -> None:
    """Forward with this code, and back from the same backup with the old.

    Raises:
        Failed: if a step does not end well or does not fit.
    """
    timed("the old code restores the backup", lambda: before.restore(pair))
    saved = before.fits()
    after = Trial(ROOT, before.var, before.database)
    waiting = [line for line in after.run("manage.py", "showmigrations", "--plan").splitlines() if "[ ]" in line]
    print(f"migrations to come: {', '.join(line.split()[-1] for line in waiting) or 'none'}", flush=True)
    timed("the new code brings it up to date", lambda: after.run("manage.py", "prepare"))
    now = after.fits()
    if lost := sorted(name for name, rows in saved.items() if now.get(name, 0) < rows and name not in MAY_SHRINK):
        raise Failed(f"Fewer rows than before, so read what this release says of them: {', '.join(lost)}.")
    print(f"rows before {sum(saved.values())}, after {sum(now.values())}; no table has fewer", flush=True)
    timed("the way back: the old code restores the backup again", lambda: back.restore(pair))
    if back.fits() != saved:
        raise Failed("The way back does not lead to what was saved.")


def timed(what: str, step: Callable[[], object]) -> None:
    """Do a step and print its seconds."""
    begun = time.monotonic()
    step()
    print(f"{what}: {time.monotonic() - begun:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
