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
CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("secrets", [PYTHON, "-m", "tools.find_secrets"]),
    ("locks", [PYTHON, "-m", "tools.check_locks"]),
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
    """Run one check and say how it went; a check with nothing to complain of prints one line."""
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name} ({time.monotonic() - started:.0f} s)", flush=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
