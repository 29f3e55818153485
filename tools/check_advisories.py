"""Asks a public advisory service whether a fault is known in any package that the locks pin; installs nothing.

A service is believed only after it has named the known fault of an old release: behind an office's wall a mirror of the
package index may answer and know of no fault at all. Where none can be believed that is said in one line, and nothing
fails. Exit status 1 after a find.

python -m tools.check_advisories
"""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.locks import LOCKS, Pin, read

SERVICES = ("pypi", "osv")
# PyYAML 5.3 could be made to run anybody's code; whoever knows faults knows this one.
KNOWN = Pin("pyyaml", "5.3", (f"sha256:{'0' * 64}",))
AUDIT = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json"]
QUIET = ["--progress-spinner", "off", "--timeout", "10", "--desc", "off", "--aliases", "on"]
LONGEST_SECONDS = 600
# Faults that cannot be mended yet and do not concern us, by their number, each with why.
ACCEPTED: dict[str, str] = {}


def main() -> int:
    """Ask the first service that can be believed; 1 if it knows a fault that nobody accepted."""
    service = next((one for one in SERVICES if knows_faults(one)), None)
    if service is None:
        print("not checked: no advisory service could be reached, so nobody was asked for known faults")
        return 0
    answered = ask(service, every_pin())
    if answered is None:
        print(f"not checked: the advisory service ({service}) stopped answering")
        return 0
    found = [line for one in answered for line in faults(one)]
    unknown = [one["name"] for one in answered if "skip_reason" in one]
    if unknown:
        print(f"not checked: the advisory service ({service}) does not know {', '.join(sorted(unknown))}")
    print("\n".join(found) or f"{len(answered) - len(unknown)} packages: no known fault.")
    return 1 if found else 0


def knows_faults(service: str) -> bool:
    """Whether a service answers and names a fault that has been public for years."""
    return any(one.get("vulns") for one in ask(service, [KNOWN]) or ())


def every_pin() -> list[Pin]:
    """Each version of each package in any lock, once, for every kind of machine."""
    pins = (pin for lock in sorted(LOCKS.glob("*.lock")) for pin in read(lock))
    return list({(pin.name, pin.version): pin for pin in pins}.values())


def ask(service: str, pins: Iterable[Pin]) -> list[dict[str, Any]] | None:
    """What a service says of each of these packages, as pip-audit reports it; nothing if it could not be asked."""
    answers: list[dict[str, Any]] = []
    for some in once_each(pins):
        answered = audit(service, some)
        if answered is None:
            return None
        answers += answered
    return answers


def once_each(pins: Iterable[Pin]) -> list[list[Pin]]:
    """The pins in as many lists as one package has versions: pip-audit takes a package once."""
    versions: dict[str, list[Pin]] = defaultdict(list)
    for pin in pins:
        versions[pin.name].append(pin)
    most = max(map(len, versions.values()))
    return [[some[number] for some in versions.values() if len(some) > number] for number in range(most)]


def audit(service: str, pins: list[Pin]) -> list[dict[str, Any]] | None:
    """One run of pip-audit over packages named once each; nothing if it printed no report."""
    ignored = [option for number in ACCEPTED for option in ("--ignore-vuln", number)]
    with tempfile.TemporaryDirectory(prefix="heard-audit-") as folder:
        path = Path(folder) / "pins.txt"
        path.write_text("\n".join(map(line, pins)), encoding="utf-8")
        command = [*AUDIT, *QUIET, "--vulnerability-service", service, *ignored, "--requirement", str(path)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_SECONDS)
            return list(json.loads(done.stdout)["dependencies"])
        except (subprocess.TimeoutExpired, ValueError, KeyError):
            return None


def line(pin: Pin) -> str:
    """A pin as a requirement for every kind of machine."""
    return " ".join([f"{pin.name}=={pin.version}", *(f"--hash={one}" for one in pin.hashes)])


def faults(one: dict[str, Any]) -> list[str]:
    """Each known fault of a package, with its other numbers and the versions that mend it."""
    return [
        f"{one['name']} {one['version']}: {', '.join([fault['id'], *sorted(fault.get('aliases', ()))])}: "
        + (f"mended in {', '.join(fault['fix_versions'])}" if fault["fix_versions"] else "no version mends it yet")
        for fault in one.get("vulns", ())
    ]


if __name__ == "__main__":
    sys.exit(main())
