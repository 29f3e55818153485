"""Makes what an installation in parts needs to know itself by: for each part its own secrets, for the owner the roles.

Each part gets a folder with its own signing secret, the password of its own PostgreSQL role, and what else it alone
needs: the public one the pepper, staff's the key to second factors. The owner's folder holds the same of these, and
`roles.sql`, which makes the roles. What is there already is kept, so it can be run again.

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
SIGNING, PASSWORD = "django-secret-key", "database-password"  # the two that no two parts share
PARTS = tuple(part for part in Part if part is not Part.ALL)


def main(argv: list[str] | None = None) -> int:
    """Make every folder that is missing; 2 if no folder was named."""
    given = sys.argv[1:] if argv is None else argv
    if len(given) != 1:
        print(__doc__)
        return 2
    folder = Path(given[0])
    for name in (OWNER, *PARTS):
        _secret(folder / name / SIGNING)
        _secret(folder / name / PASSWORD)
    for part in PARTS:
        for name in set(environment.secrets_of(part)) - {SIGNING}:
            environment.write_private(folder / part / name, _secret(folder / OWNER / name).encode())
    environment.write_private(folder / OWNER / "roles.sql", _roles(folder).encode())
    print(f"Made in {folder}. Give each part's folder to its own account. Back them up apart from the data.")
    return 0


def _secret(path: Path) -> str:
    environment.write_private(path, secrets.token_urlsafe(48).encode())
    return path.read_text().strip()


def _roles(folder: Path) -> str:
    made = [
        f"CREATE ROLE {environment.role_of(part)} LOGIN PASSWORD '{(folder / part / PASSWORD).read_text()}';"
        for part in PARTS
    ]
    return "\n".join([*made, ""])


if __name__ == "__main__":
    sys.exit(main())
