"""Asks Django whether the production settings are safe, for every part, in an installation as set-up leaves it.

The installation is made in a temporary folder: secrets, and all that is learned, so that no warning has to be silenced.
Prints what each part was warned of; exit status 1 after a warning. No database is asked.

python -m tools.check_deploy
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from config import environment  # noqa: E402 - needs the path above
from config.environment import Part  # noqa: E402
from tools import train_languages, train_triage  # noqa: E402

COMMAND = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
PRODUCTION = "config.settings.production"
NO_WARNING = "System check identified no issues (0 silenced)."


def main() -> int:
    """Check every part and print what is wrong with it; 1 if anything is."""
    with tempfile.TemporaryDirectory(prefix="heard-deploy-") as folder:
        make_installation(Path(folder))
        said = {part: warnings(part, Path(folder)) for part in Part}
    for part, text in said.items():
        print(f"{part}: {text or 'no warning'}")
    return 1 if any(said.values()) else 0


def make_installation(folder: Path) -> None:
    """What set-up leaves behind, without a database: secrets of no worth, folders, what is learned."""
    for name in {name for part in Part for name in environment.secrets_of(part)}:
        environment.write_private(folder / "secrets" / name, os.urandom(48).hex().encode())
    (folder / "govuk").mkdir()
    train_triage.main(folder / "models")
    train_languages.main(folder / "models")


def warnings(part: Part, folder: Path, settings: str = PRODUCTION, path: Path | None = None) -> str:
    """What Django finds wrong with one part under these settings, which may lie in `path`; "" if nothing.

    A warning that the settings silence is one as well.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HEARD_", "DJANGO_"))}
    given = {
        "HEARD_PART": part.value,
        "HEARD_VAR": str(folder),
        "HEARD_HOSTS": "heard.example",
        "HEARD_DATABASE": "" if part is Part.ALL else "postgres://127.0.0.1/heard",
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": str(path or ""),
    }
    done = subprocess.run(COMMAND, cwd=ROOT, env={**clean, **given}, capture_output=True, text=True, check=False)
    is_clean = done.returncode == 0 and done.stdout.strip() == NO_WARNING
    return "" if is_clean else (done.stdout + done.stderr).strip()


if __name__ == "__main__":
    sys.exit(main())
