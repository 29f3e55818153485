"""Everything that must hold before a commit, apart from the tests: secrets, lint, types, walls, settings, templates.

python -m tools.check
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
BIN = Path(sys.executable).parent
PATH = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
# So begins what a check says though it did not fail.
NOT_CHECKED = "not checked: "
CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("secrets", [PYTHON, "-m", "tools.find_secrets"]),
    ("locks", [PYTHON, "-m", "tools.check_locks"]),
    ("known faults", [PYTHON, "-m", "tools.check_advisories"]),
    ("lint", [PYTHON, "-m", "ruff", "check", "--quiet", "."]),
    ("format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."]),
    ("types", [PYTHON, "-m", "mypy", "--no-error-summary"]),
    ("import walls", [str(BIN / "lint-imports")]),
    ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("settings", [PYTHON, "manage.py", "check", "--fail-level", "WARNING"]),
    ("production settings", [PYTHON, "-m", "tools.check_deploy"]),
    ("templates", [str(BIN / "djlint"), "--lint", "--quiet", "templates"]),
)


def main() -> int:
    """Run every check, print what each that failed had to say, and return 1 if any did."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    failed = [name for name, command in CHECKS if not passes(name, command, environment)]
    print(f"Failed: {', '.join(failed)}." if failed else "Every check passed.")
    return 1 if failed else 0


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    """Run one check and say how it went; without a complaint it prints one line, and what it could not check."""
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({time.monotonic() - started:.0f} s)", flush=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr)
    else:
        print("".join(f"       {line}\n" for line in done.stdout.splitlines() if line.startswith(NOT_CHECKED)), end="")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
