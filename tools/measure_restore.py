"""Times an operator's worst day: a sealed backup, its restore, and the move from SQLite to PostgreSQL.

Everything happens by the commands an operator types, in a temporary folder and in databases of its own, which are
removed at the end. Each command compares counts itself and fails if one differs.

python -m tools.measure_restore [--contributions 5000] [--server postgres:///postgres]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tools.test import POSTGRES, no_postgres

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "site"))

from config import sealed_files  # noqa: E402 - needs the path above

MOST_SECONDS = 30 * 60  # of a restore at 100,000 contributions


class Trial:
    """One installation in a folder of its own, and the commands its operator types."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        public, private = sealed_files.new_pair()
        (folder / "offline.key").write_text(private)
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
            "HEARD_BACKUP_KEY": public,
        }

    def run(self, var: str, database: str, *arguments: str) -> float:
        """Seconds that a command takes from being typed to its end."""
        given = {**self.environment, "HEARD_VAR": str(self.folder / var), "HEARD_DATABASE": database}
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=given, check=False, capture_output=True, text=True
        )
        taken = time.perf_counter() - begun
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(arguments[:2])} failed, so nothing was measured:\n{done.stdout}{done.stderr}")
        return taken

    def manage(self, var: str, database: str, command: str, kind: str = "") -> float:
        """Seconds that a command of `manage.py` takes; `kind` names its pair of folders."""
        pair = ["--data", str(self.folder / f"data{kind}"), "--keys", str(self.folder / f"keys{kind}")]
        key = ["--key", str(self.folder / "offline.key")] if command == "restore" else []
        return self.run(var, database, "manage.py", command, *pair, *key)


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The address of a new database, dropped at the end."""
    name = f"heard_trial_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def main(argv: Sequence[str] | None = None) -> int:
    """Print each time; 1 if a restore takes longer than is allowed for 100,000."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contributions", type=int, default=5000)
    parser.add_argument("--server", default=POSTGRES.rpartition("/")[0] + "/postgres")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="heard-restore-") as folder:
        trial = Trial(Path(folder))
        filled = trial.run("var", "", "-m", "tools.many_contributions", str(given.contributions))
        print(
            f"{given.contributions} fictional contributions, each with a sealed text; made in {filled:.0f} s",
            flush=True,
        )
        restores = [measure_sqlite(trial)]
        if missing := no_postgres():
            print(f"The move to PostgreSQL was NOT measured: {missing}")
        else:
            restores.append(measure_postgres(trial, given.server))
    print(f"A restore may take {MOST_SECONDS} s at 100,000 contributions.")
    return 0 if max(restores) <= MOST_SECONDS and len(restores) == 2 else 1


def measure_sqlite(trial: Trial) -> float:
    """Print backup and restore on SQLite; seconds of the restore."""
    saved = trial.manage("var", "", "backup")
    weight = sum(path.stat().st_size for path in (trial.folder / "data").iterdir())
    restored = trial.manage("restored", "", "restore")
    print(f"SQLite: sealed backup {saved:.1f} s ({weight / 1e6:.0f} MB), restore {restored:.1f} s", flush=True)
    return restored


def measure_postgres(trial: Trial, server: str) -> float:
    """Print the move, and backup and restore on PostgreSQL; seconds of the restore."""
    with empty_database(server) as moved_to, empty_database(server) as restored_to:
        moved = trial.run("var", "", "manage.py", "move_to_postgres", moved_to)
        print(f"Move from SQLite to PostgreSQL, counts and checksums compared: {moved:.1f} s", flush=True)
        saved = trial.manage("var", moved_to, "backup", "-of-postgres")
        restored = trial.manage("restored-from-postgres", restored_to, "restore", "-of-postgres")
        print(f"PostgreSQL: sealed backup {saved:.1f} s, restore {restored:.1f} s", flush=True)
    return restored


if __name__ == "__main__":
    sys.exit(main())
