"""Makes what an installation in parts needs to know itself by: for each part its own secrets, for the owner the roles.

Each part gets a folder with its own signing secret and the password of its own PostgreSQL role; only the public one
gets the pepper. The owner's folder holds the same pepper and `roles.sql`, which makes the roles. What is there already
is kept, so it can be run again.

python -m tools.make_parts /etc/heard
"""

import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "site"))

from config import environment  # noqa: E402 - needs the path above
from config.environment import Part  # noqa: E402

OWNER = "owner"


def main(argv: list[str] | None = None) -> int:
    """Make every folder that is missing; 2 if no folder was named."""
    given = sys.argv[1:] if argv is None else argv
    if len(given) != 1:
        print(__doc__)
        return 2
    folder = Path(given[0])
    for name in (OWNER, *(part.value for part in Part if part is not Part.ALL)):
        _secret(folder / name / "django-secret-key")
        _secret(folder / name / "database-password")
    pepper = _secret(folder / OWNER / "pepper")
    environment.write_private(folder / Part.PUBLIC / "pepper", pepper.encode())
    environment.write_private(folder / OWNER / "roles.sql", _roles(folder).encode())
    print(f"Made in {folder}. Give each part's folder to its own account. Back them up apart from the data.")
    return 0


def _secret(path: Path) -> str:
    environment.write_private(path, secrets.token_urlsafe(48).encode())
    return path.read_text().strip()


def _roles(folder: Path) -> str:
    made = [
        f"CREATE ROLE {environment.role_of(part)} LOGIN PASSWORD '{(folder / part / 'database-password').read_text()}';"
        for part in Part
        if part is not Part.ALL
    ]
    return "\n".join([*made, ""])


if __name__ == "__main__":
    sys.exit(main())
