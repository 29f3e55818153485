"""Compiles requirements/*.in into hash-pinned locks that name no package index. Needs uv on the path.

python3 -m tools.lock
"""

import subprocess
import sys
from pathlib import Path

LOCKS = Path(__file__).resolve().parents[1] / "requirements"
COMPILE = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
NO_ADDRESS = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]
LIKE_RUN = ["--constraint", "run.lock"]
# Source, lock, further options. Order matters: run.lock constrains later ones.
PLAN: tuple[tuple[str, str, list[str]], ...] = (
    ("installer.in", "installer.lock", []),
    ("run.in", "run.lock", []),
    ("encoder.in", "encoder.lock", LIKE_RUN),
    ("cluster.in", "cluster.lock", LIKE_RUN),
    ("redis.in", "redis.lock", LIKE_RUN),
    ("node.in", "node.lock", []),
    ("nodeps.in", "nodeps.lock", ["--no-deps"]),
    ("dev.in", "dev.lock", LIKE_RUN),
    # The same tests on the next Wagtail: nothing is released from this one.
    ("dev.in", "next.lock", ["--override", "next-override.in"]),
)


def main() -> int:
    """Compile every lock; stops at the first that cannot be resolved."""
    for source, lock, options in PLAN:
        subprocess.run([*COMPILE, *NO_ADDRESS, *options, source, "-o", lock], cwd=LOCKS, check=True)
        if "://" in (LOCKS / lock).read_text():
            print(f"requirements/{lock} names an address. Remove it before committing.")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
