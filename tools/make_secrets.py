"""Makes the secrets a real installation cannot start without, readable by their owner only.

They go into `HEARD_SECRETS`, or `secrets` in `HEARD_VAR`; `HEARD_PART` says which are needed.

python -m tools.make_secrets
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "site"))

from config import environment  # noqa: E402 - needs the path above


def main() -> int:
    """Make each secret that is missing; one that exists is never touched."""
    for name in environment.secrets_of(environment.part()):
        environment.secret_file(name, create=True)
    print(f"The secrets are in {environment.secrets_dir()}. Back them up apart from the data.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
