"""Holds the locks to what they promise, without a network: every package pinned and hashed, none that nobody needs.

Also the other way round: whatever the code imports is named in a source (`requirements/*.in`), not merely brought along
by something else that may drop it.

python -m tools.check_locks
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.utils import canonicalize_name

from tools.locks import LOCKS, ROOT, NotALock, asked_for, needs, node_packages, reachable, read

PACKAGES = ("site", "feedback", "surveys", "analysis")
# What a running installation may have: the rest is for development.
RUNNING = ("run", "nodeps", "encoder", "cluster", "redis")
OURS = {"config", "accounts", "pages", "feedback", "surveys", "analysis", "tools", "tests"}
UNSEEN = {
    "gunicorn": "started by its command",
    "psycopg": "Django's engine for PostgreSQL",
    "argon2-cffi": "Django's hasher of passwords",
    "spacy-lookups-data": "spaCy's lemmas, found by spaCy",
}
# Functions that import, or read from, the package they are given.
IMPORTING = {"import_module", "files"}
# Imported though not named, with the package that it belongs to.
ANOTHERS = {"modelsearch": "Wagtail's own search, written into a migration by Wagtail"}


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    wrong = [*unpinned(), *unhashed_node()] or [*unneeded(), *unused(), *unnamed()]
    print("\n".join(wrong) or "Every lock is pinned and hashed, and holds what is needed.")
    return 1 if wrong else 0


def unpinned() -> list[str]:
    """What each lock has to be ashamed of."""
    found = []
    for path in sorted(LOCKS.glob("*.lock")):
        try:
            read(path)
        except NotALock as problem:
            found.append(str(problem))
    return found


def unhashed_node() -> list[str]:
    """Npm packages without a hash, or with the address they came from."""
    return [
        f"package-lock.json: {name}: without a hash, or with an address"
        for name, about in node_packages().items()
        if not about.get("integrity") or about.get("resolved")
    ]


def unneeded() -> list[str]:
    """What `run.lock` installs here though neither a source nor anything installed asks for it."""
    reached = reachable(asked_for(LOCKS / "run.in"))
    pins = [pin.name for pin in read(LOCKS / "run.lock") if pin.is_for_here]
    return [f"run.lock: {name}: nobody needs it; run `make lock`" for name in pins if name not in reached]


def unused() -> list[str]:
    """What `run.in` names though no line of ours imports it, no setting names it, and nothing of nodeps needs it."""
    taken = distributions({module for _, module in imports((*PACKAGES, "tools"))} | named_in_settings())
    for one in asked_for(LOCKS / "nodeps.in"):
        taken |= {canonicalize_name(need.name) for need in needs(one.name)}
    names = [canonicalize_name(one.name) for one in asked_for(LOCKS / "run.in")]
    return [f"run.in: {name}: nobody imports it" for name in names if name not in taken | set(UNSEEN)]


def unnamed() -> list[str]:
    """What the code of a running installation imports though no source names it."""
    named = {canonicalize_name(one.name) for source in RUNNING for one in asked_for(LOCKS / f"{source}.in")}
    found = []
    for path, module in imports(PACKAGES):
        brings = distributions({module} - set(ANOTHERS))
        if brings and not brings & named:
            found.append(f"{path.relative_to(ROOT)}: imports {module}, which no requirements/*.in names")
    return sorted(set(found))


def imports(folders: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Each file with the first part of each name it imports, the standard library's and ours left out."""
    for path in (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in imported(node):
                if (first := name.partition(".")[0]) not in OURS | sys.stdlib_module_names:
                    yield path, first


def imported(node: ast.AST) -> list[str]:
    """The dotted names that one statement imports from elsewhere."""
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in IMPORTING:
        return [one.value for one in node.args[:1] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def named_in_settings() -> set[str]:
    """The first part of each dotted name that the settings hold as a string."""
    tree = ast.parse((ROOT / "site" / "config" / "settings" / "base.py").read_text(encoding="utf-8"))
    strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {value.partition(".")[0] for value in strings if isinstance(value, str)}


@cache
def brought() -> dict[str, list[str]]:
    """Each module with the installed packages that bring it."""
    return dict(metadata.packages_distributions())


def distributions(modules: set[str]) -> set[str]:
    """The packages that bring these modules, as a lock spells their names."""
    return {canonicalize_name(name) for module in modules for name in brought().get(module, ())}


if __name__ == "__main__":
    sys.exit(main())
