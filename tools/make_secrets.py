"""Makes the secrets a real installation cannot start without, in `HEARD_VAR/secrets`, readable by their owner only.

python -m tools.make_secrets
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "site"))

from config import environment  # noqa: E402 - needs the path above

NAMES = ("django-secret-key", "pepper")


def main() -> int:
    """Make each secret that is missing; one that exists is never touched."""
    for name in NAMES:
        environment.secret_file(name, create=True)
    print(f"The secrets are in {environment.var_dir() / 'secrets'}. Back them up apart from the data.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
