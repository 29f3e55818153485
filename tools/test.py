"""Runs the tests in every setting this machine has, and says which ran.

    python -m tools.test              # SQLite, PostgreSQL where it answers, one browser journey where Chromium is
    python -m tools.test --browser    # the full browser matrix

With HEARD_REQUIRE_ALL=1, as in continuous integration, a setting that is missing is a failure.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
POSTGRES = os.environ.get("HEARD_TEST_POSTGRES", "postgres:///heard")
NO_TESTS_COLLECTED = 5
# A pure test says the same whichever database is underneath.
DATABASE_TESTS = "django_db and not browser and not slow"


@dataclass(frozen=True)
class Part:
    """One run of pytest in one setting."""

    name: str
    arguments: tuple[str, ...]
    environment: tuple[tuple[str, str], ...] = ()
    missing: str = ""  # why it cannot run here; empty if it can


def main(arguments: list[str]) -> int:
    """Run the parts that can run here and print one line for each; 1 if any failed."""
    parts = browser_parts() if "--browser" in arguments else test_parts()
    strict = os.environ.get("HEARD_REQUIRE_ALL") == "1"
    outcomes = [(part, outcome(part, strict=strict)) for part in parts]
    print()
    for part, said in outcomes:
        print(f"{part.name}: {said}")
    return 1 if any(said.startswith("FAILED") for _, said in outcomes) else 0


def test_parts() -> list[Part]:
    """What `make test` covers."""
    both_cores = ("-n", "2", "--dist", "loadfile")
    return [
        Part("pure tests and SQLite", both_cores),
        Part("PostgreSQL", (*both_cores, "-m", DATABASE_TESTS), (("HEARD_DATABASE", POSTGRES),), missing=no_postgres()),
        Part("one browser journey", ("-m", "journey"), missing=no_chromium()),
    ]


def browser_parts() -> list[Part]:
    """What `make test-browser` covers."""
    return [Part("browser matrix", ("-m", "browser"), missing=no_chromium())]


def no_chromium() -> str:
    """Why no browser can be driven, or nothing."""
    found = any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return "" if found else "no Chromium on this machine"


def no_postgres() -> str:
    """Why PostgreSQL cannot be used, or nothing."""
    code = "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3).close()"
    server = POSTGRES.rpartition("/")[0] + "/postgres"
    done = subprocess.run([sys.executable, "-c", code, server], capture_output=True, check=False)
    return "" if done.returncode == 0 else f"no PostgreSQL answers at {server} (set HEARD_TEST_POSTGRES)"


def outcome(part: Part, *, strict: bool) -> str:
    """Run one part, unless it cannot run here, and say how it went."""
    if part.missing:
        return f"FAILED, {part.missing}" if strict else f"not run, {part.missing}"
    print(f"\n== {part.name}", flush=True)
    environment = {**os.environ, **dict(part.environment)}
    command = [sys.executable, "-m", "pytest", "-q", *part.arguments]
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    if code == NO_TESTS_COLLECTED:
        return "FAILED, no test was collected"
    return "passed" if code == 0 else f"FAILED (pytest ended with {code})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
