"""What set-up finishes while the site already answers: packages for discovery, the sentence encoder, themes learned.

python -m tools.finish_setup
"""

import os
import subprocess
import sys
from pathlib import Path

from tools import build_encoder, install, train_tagger

ROOT = Path(__file__).resolve().parents[1]
LATER = ("nodeps", "encoder")


def main() -> int:
    """Install what is missing, build the encoder, learn themes; says so if something cannot be, and harms nothing."""
    folder = Path(sys.prefix)
    try:
        pip = install.make_environment(folder)
        for name in LATER:
            install.install(pip, folder, name)
    except (install.InstallFailed, subprocess.CalledProcessError):
        print(
            "The packages for discovery could not be installed. Everything else works; they are tried again next time."
        )
        return 1
    models = Path(os.environ.get("HEARD_VAR", ROOT / "var")) / "models"
    return build_encoder.main(models) or train_tagger.main(models)


if __name__ == "__main__":
    sys.exit(main())
